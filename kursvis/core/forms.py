"""What forms share: a refusal becomes an error in the form, and what was typed stays."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django import forms

from kursvis.core.reasons import Refused
from kursvis.core.wording import labels, sentence

Result = TypeVar("Result")


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def labelled(kind: str, values: Iterable[Any]) -> list[tuple[str, Any]]:
    """Return values as choices of a field, with what people see; a value that nobody has named is shown as it is."""
    known = labels()[kind]
    return [(str(value), known[str(value)].text if str(value) in known else str(value)) for value in values]


def is_uuid(text: str) -> bool:
    """Say whether a text that came with a form can be the key of a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def attempt(
    form: forms.BaseForm, step: Callable[[], Result], *, fields: Mapping[str, str] | None = None
) -> Result | None:
    """Do the step; when it is refused, put its reasons on the form and return None.

    `fields` names, by code, the field that a reason is about; the others are about the whole form.
    """
    try:
        return step()
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error((fields or {}).get(reason.code), sentence(reason))
        return None
