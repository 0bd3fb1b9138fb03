"""Which ways in a municipality's staff may use, and from when."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.rules.login_ways import LoginWay
from kursvis.core.forms import DateInput, labelled
from kursvis.core.reasons import Reason
from kursvis.core.wording import sentence


class WaysForm(forms.Form):
    """The ways, and the day from which they count."""

    ways = forms.MultipleChoiceField(label=_("Så här får personalen logga in"), widget=forms.CheckboxSelectMultiple)
    starts_on = forms.DateField(label=_("Gäller från"), widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(way, capfirst(text)) for way, text in labelled("login_way", LoginWay)]
        self.fields["ways"].choices = shown  # type: ignore[attr-defined]
        self.fields["ways"].error_messages["required"] = sentence(Reason("accounts.login_way_missing"))
        self.fields["starts_on"].initial = today

    def clean_ways(self) -> frozenset[LoginWay]:
        """Return the ways."""
        return frozenset(map(LoginWay, self.cleaned_data["ways"]))
