"""Why an offer comes in after the period's last day."""

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
