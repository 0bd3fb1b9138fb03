"""A field for when in the week a course meets, written as people write it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.rules.weekly_pattern import Pattern, read, written
from kursvis.core.wording import sentence


class WeeklyPatternTextField(forms.CharField):
    """Text that becomes lessons: *måndag och onsdag 17.30–20.30, fredag 9–12*. What cannot be read is said."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {
            "label": _("Tider i veckan"),
            "max_length": 300,
            "required": False,
            "help_text": _("Till exempel måndag och onsdag 17.30–20.30, fredag 9–12."),
        }
        super().__init__(**(defaults | options))

    def prepare_value(self, value: Any) -> Any:
        """Return lessons in words, and what was typed as it was typed."""
        return written(value).capitalize() if isinstance(value, tuple) else value

    def clean(self, value: Any) -> Pattern:
        """Return the lessons. Raises ValidationError with the sentence of each reason."""
        pattern, reasons = read(super().clean(value))
        if reasons:
            raise forms.ValidationError([str(sentence(reason)) for reason in reasons])
        return pattern
