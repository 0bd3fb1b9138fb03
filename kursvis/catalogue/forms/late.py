"""Why an offer comes in after the period's last day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LateForm(forms.Form):
    """The reason that the municipality reads before it takes a late offer."""

    late_reason = forms.CharField(
        label=_("Varför kommer kursstarten sent?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("Kommunen läser skälet. Det sparas i historiken."),
    )


class ManyLateForm(LateForm):
    """One reason for many at once. It is asked for before anything has been typed."""

    def __init__(self, data: Any) -> None:
        super().__init__(data if "late_reason" in data else None)
        self.fields["late_reason"].label = _("Varför kommer de sent?")
        self.fields["late_reason"].help_text = _("Skälet sparas på varje kursstart som är sen. Kommunen läser det.")
