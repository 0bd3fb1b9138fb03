"""A school's templates of course starts: each has a name of its own (issue R11)."""

from kursvis.core.reasons import Reason


def against_name(name: str, *, taken: bool) -> list[Reason]:
    """Return what is wrong with a template's name: there is none, or the school has another with it."""
    if not name.strip():
        return [Reason("catalogue.template_name_missing")]
    return [Reason("catalogue.template_name_taken", {"name": name.strip()})] if taken else []
