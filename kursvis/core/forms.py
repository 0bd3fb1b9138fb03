"""What forms share: a refusal becomes an error in the form, and what was typed stays."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms

from kursvis.core.reasons import Refused
from kursvis.core.wording import sentence

Result = TypeVar("Result")


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


def attempt(form: forms.BaseForm, step: Callable[[], Result]) -> Result | None:
    """Do the step; when it is refused, put its reasons on the form and return None."""
    try:
        return step()
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, sentence(reason))
        return None
