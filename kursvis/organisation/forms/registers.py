"""What is typed about an entry of a register."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import DateInput, labelled
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import MEANINGS, TOLD, Register

_TEXT_HELP = {
    True: _("Den studerande läser texten, till exempel i sitt besked."),
    False: _("En kort förklaring för er som använder registret."),
}


class RegisterForm(MunicipalityForm):
    """Which register, of which municipality, an address asks for. What cannot be read gives the first."""

    register = forms.CharField(required=False)

    def wanted(self, readable: list[Register]) -> Register:
        """Return the register that is asked for, among those that the actor reads."""
        self.is_valid()
        named = self.cleaned_data.get("register")
        return next((register for register in readable if register.value == named), readable[0])


class EntryForm(forms.Form):
    """A new entry."""

    code = forms.CharField(label=_("Kod"), max_length=20, help_text=_("Kort och unik i registret. Ändras inte sedan."))
    name = forms.CharField(label=_("Namn"), max_length=120)
    meaning = forms.ChoiceField(label=_("Står för"), help_text=_("Avgör hur systemet använder posten."))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)
    starts_on = forms.DateField(label=_("Gäller från"), widget=DateInput())

    def __init__(self, register: Register, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": today})
        _fit_text(self, register)
        if register in MEANINGS:
            named = labelled("meaning", MEANINGS[register])
            self.fields["meaning"].choices = [("", _("Välj …")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["meaning"]


class EditEntryForm(forms.Form):
    """What may be changed about an entry."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False)

    def __init__(self, entry: RegisterEntry, data: Any = None) -> None:
        super().__init__(data, initial={"name": entry.name, "text": entry.text})
        _fit_text(self, Register(entry.register))


class EndForm(forms.Form):
    """The last day of something that has none yet."""

    ends_on = forms.DateField(label=_("Sista dag"), widget=DateInput(), help_text=_("Gäller till och med den dagen."))


def _fit_text(form: forms.Form, register: Register) -> None:
    form.fields["text"].required = register in TOLD
    form.fields["text"].help_text = _TEXT_HELP[register in TOLD]
