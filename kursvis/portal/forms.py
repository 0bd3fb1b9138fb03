"""What is asked before a protected person's card is opened."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why the card must be opened: kept in the log."""

    reason = forms.CharField(
        label=_("Varför behöver du öppna uppgifterna?"),
        help_text=_("Skälet sparas i loggen tillsammans med ditt namn."),
        max_length=300,
    )
