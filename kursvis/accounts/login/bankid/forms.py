"""Who wants in, where somebody is named, and how the app is opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.login.bankid import queries
from kursvis.accounts.login.bankid.rules import Way
from kursvis.core import personnummer, time


class WayForm(forms.Form):
    """Which button was pressed: the app on this device, or a QR code."""

    way = forms.TypedChoiceField(
        coerce=Way, choices=[(way.value, way.value) for way in Way], required=False, empty_value=Way.QR
    )


class BankIdForm(forms.Form):
    """A user name or a number, which need not be given, and the way, which is the button that is pressed."""

    name = forms.CharField(
        label=_("Användarnamn eller personnummer"),
        required=False,
        max_length=40,
        help_text=_("Behövs inte. Skriver du något kan bara den personen logga in."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    way = forms.ChoiceField(choices=[(way.value, way.value) for way in Way], widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Return the way, and the number of the person who is named: nobody's number where nobody has the name."""
        given = super().clean() or {}
        typed = given.get("name", "").strip()
        number = personnummer.normalised(typed, today=time.today())
        is_number = bool(typed) and not personnummer.against(number)
        expected = number if is_number else queries.number_of(typed)
        named = number if is_number else typed.lower()
        return {"way": Way(given.get("way") or Way.QR), "named": named, "expected": expected}
