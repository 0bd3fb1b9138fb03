"""Which ways in a municipality's staff may use, and from when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.rules.login_ways import LoginWay
from kursvis.core.forms import DateInput, labelled


class WaysForm(forms.Form):
    """The ways, and the day from which they count."""

    ways = forms.MultipleChoiceField(
        label=_("Så här får personalen logga in"), widget=forms.CheckboxSelectMultiple, required=False
    )
    starts_on = forms.DateField(label=_("Gäller från"), widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ways"].choices = labelled("login_way", LoginWay)  # type: ignore[attr-defined]
        self.fields["ways"].optional_note = ""  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today

    def clean_ways(self) -> frozenset[LoginWay]:
        """Return the ways."""
        return frozenset(map(LoginWay, self.cleaned_data["ways"]))
