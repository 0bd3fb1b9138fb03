"""What is kept of a form when its writer's session has timed out: never a secret, never much, and not for long."""

import re
from collections.abc import Iterable
from datetime import timedelta

Field = tuple[str, str]

KEPT = timedelta(hours=24)
MOST_CHARACTERS = 100_000
MOST_FIELDS = 2_000
MOST_FORMS = 20
_UUID = re.compile(r"[-_]?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
_MACHINE = frozenset({"do", "step", "seen", "authority", "row"})
_SECRET = re.compile(r"password|losenord|lösenord|secret|csrf|token|^next$", re.IGNORECASE)


def kept_fields(typed: Iterable[Field]) -> list[Field]:
    """Return what may be kept of what was typed: no passwords, no tokens; nothing at all where it is too much.

    What PostgreSQL cannot hold (NUL, halves of letters) is left out.
    """
    fields = [(_storable(name), _storable(value)) for name, value in typed if not _SECRET.search(name)]
    return fields if _fits(fields) else []


def is_kept_whole(typed: Iterable[Field], fields: list[Field]) -> bool:
    """Say whether nothing but secrets is missing of what was typed: too much is not kept at all."""
    return bool(fields) or all(_SECRET.search(name) for name, _value in typed)


def told(fields: Iterable[Field]) -> list[Field]:
    """Return what to show of a form to the one who wrote it: what she wrote, and the field's name without its row."""
    named = [(_UUID.sub("", name), value) for name, value in fields if value.strip() and not _UUID.fullmatch(value)]
    return [(name, value) for name, value in named if name not in _MACHINE]


def kept_forms(typed: object) -> list[list[Field]]:
    """Return the forms of a page as a browser sent them, each a list of [name, value]; nothing where it is no such."""
    if not isinstance(typed, list) or len(typed) > MOST_FORMS or not all(_is_form(form) for form in typed):
        return []
    forms = [kept_fields((name, value) for name, value in form) for form in typed]
    everything = [field for form in forms for field in form]
    return forms if everything and _fits(everything) else []


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _is_form(form: object) -> bool:
    return isinstance(form, list) and all(
        isinstance(field, list) and len(field) == 2 and all(isinstance(part, str) for part in field) for field in form
    )


def _fits(fields: list[Field]) -> bool:
    return len(fields) <= MOST_FIELDS and sum(len(name) + len(value) for name, value in fields) <= MOST_CHARACTERS
