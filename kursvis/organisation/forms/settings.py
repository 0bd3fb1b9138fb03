"""What is typed about a deadline or a limit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.core.forms import DateInput
from kursvis.core.wording import label, sentence
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.rules.settings import KINDS, Setting, Unit, against_value, read_day_of_year, written


class SettingForm(MunicipalityForm):
    """Which setting, of which municipality, an address asks for. What cannot be read gives the first."""

    vad = forms.CharField(required=False)

    def wanted(self) -> Setting:
        """Return the setting that is asked for."""
        self.is_valid()
        named = self.cleaned_data.get("vad")
        return next((setting for setting in Setting if setting.value == named), next(iter(Setting)))


class ValueForm(forms.Form):
    """A new value and the day from which it counts."""

    value = forms.CharField(label=_("Nytt värde"), max_length=10)
    starts_on = forms.DateField(label=_("Gäller från"), widget=DateInput())

    def __init__(self, setting: Setting, *, today: date, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": today})
        self._setting, kind = setting, KINDS[setting]
        if kind.unit is Unit.DAY_OF_YEAR:
            self.fields["value"].help_text = _("Skriv MM-DD, till exempel {example}.").format(
                example=written(setting, kind.default)
            )
        else:
            self.fields["value"].widget.attrs["inputmode"] = "numeric"
            self.fields["value"].help_text = _("Antal {unit}, {least}–{most}.").format(
                unit=label("setting_unit", kind.unit).text, least=kind.least, most=kind.most
            )

    def clean_value(self) -> int:
        """Return the number, or the day as MMDD."""
        typed = self.cleaned_data["value"].strip()
        if KINDS[self._setting].unit is Unit.DAY_OF_YEAR:
            value = read_day_of_year(typed)
        elif typed.isdecimal():
            value = int(typed)
        else:
            raise forms.ValidationError(_("Skriv ett heltal."))
        wrong = against_value(self._setting, value)
        if wrong:
            raise forms.ValidationError([sentence(reason) for reason in wrong])
        return value
