"""The number that the test e-ID vouches for, and the name where Kursvis does not know her yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.accounts import queries
from kursvis.core import personnummer, time
from kursvis.core.official_test_numbers import is_official
from kursvis.core.wording import sentence


class NumberForm(forms.Form):
    """A test person: somebody who has an account here, or any of the Tax Agency's official test numbers."""

    personnummer = forms.CharField(
        label=_("Personnummer"),
        max_length=20,
        help_text=_("Tolv siffror, eller tio. Ett av Skatteverkets testnummer, eller någon som redan finns här."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_personnummer(self) -> str:
        """Return the digits of a right number that belongs to nobody real."""
        number = personnummer.normalised(self.cleaned_data["personnummer"], today=time.today())
        reasons = personnummer.against(number)
        if reasons:
            raise forms.ValidationError([sentence(reason) for reason in reasons])
        self.is_new = not queries.has_account(number)
        if self.is_new and not is_official(number):
            raise forms.ValidationError(
                _("Det är inget av Skatteverkets testnummer. Riktiga personer hör inte hemma i en demo.")
            )
        return number


class NewPersonForm(NumberForm):
    """A number that Kursvis meets for the first time: the e-ID tells the name too."""

    first_name = forms.CharField(label=_("Förnamn"), max_length=80, widget=forms.TextInput(attrs={"autofocus": True}))
    last_name = forms.CharField(label=_("Efternamn"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["personnummer"].widget.attrs["readonly"] = True
