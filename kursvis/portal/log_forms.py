"""What the log is searched for, and the day that somebody wants to see a row as it was on."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.access.actors import Actor
from kursvis.core.forms import DateInput, labelled
from kursvis.core.wording import labels, sentence
from kursvis.portal.queries.log import search as log
from kursvis.portal.rules import LogProcess, LogSort, against_log_period

LATEST_DAYS = 30
"""What of the log is shown before somebody chooses days."""


class PeriodForm(forms.Form):
    """From a day to a day of the log; without an address of its own the latest month."""

    fran = forms.DateField(label=_("Från och med"), widget=DateInput, error_messages={"required": _("Välj en dag.")})
    till = forms.DateField(label=_("Till och med"), widget=DateInput, error_messages={"required": _("Välj en dag.")})
    fore = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, given: Any, *, today: date) -> None:
        latest = {"fran": (today - timedelta(days=LATEST_DAYS)).isoformat(), "till": today.isoformat()}
        super().__init__(latest | {name: value.strip() for name, value in given.items()})

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and more days than are searched at once."""
        given = self.cleaned_data
        if given.get("fran") and given.get("till"):
            for reason in against_log_period(given["fran"], given["till"]):
                self.add_error("fran", sentence(reason))
        return given


class LogForm(PeriodForm):
    """What the log is searched for."""

    vem = forms.CharField(label=_("Gjort av"), required=False, max_length=100)
    studerande = forms.CharField(label=_("Om studerande"), required=False, max_length=100)
    gjorde = forms.ChoiceField(label=_("Vad"), required=False)
    omrade = forms.ChoiceField(label=_("Process"), required=False)
    galler = forms.ChoiceField(label=_("Gäller"), required=False)

    field_order = ("fran", "till", "vem", "studerande", "gjorde", "omrade", "galler")

    def __init__(self, given: Any, *, actor: Actor, today: date) -> None:
        super().__init__(given, today=today)
        self.actor = actor
        for name, kind, values in (
            ("gjorde", "log_sort", LogSort),
            ("omrade", "log_process", LogProcess),
            ("galler", "log_subject", sorted(labels()["log_subject"])),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Allt")), *labelled(kind, values)]
        self.fields["vem"].widget.attrs["placeholder"] = _("Namn eller användarnamn")
        self.fields["studerande"].widget.attrs["placeholder"] = _("Namn, personnummer eller alias")

    def clean_vem(self) -> list[int] | None:
        """Return who is meant among the staff; None for everybody."""
        return self._meant("vem", log.staff_found, _("Ingen i personalen heter så."))

    def clean_studerande(self) -> list[int] | None:
        """Return which students are meant; None for everybody."""
        missing = _("Ingen studerande heter så. Skyddade personer hittas på sitt alias.")
        return self._meant("studerande", log.students_found, missing)

    def _meant(self, name: str, find: Any, missing: Any) -> list[int] | None:
        text = self.cleaned_data[name]
        if not text:
            return None
        found: list[int] = find(self.actor, text)
        if not found:
            raise forms.ValidationError(missing)
        if len(found) > log.MOST_PEOPLE:
            raise forms.ValidationError(_("Många heter så. Skriv mer av namnet."))
        return found

    def used(self) -> list[str]:
        """Return which filters were used."""
        return [name for name, value in self.cleaned_data.items() if value and name != "fore"]

    def wanted(self) -> log.LogFilter:
        """Return what the log is narrowed to."""
        given = self.cleaned_data
        return log.LogFilter(
            starts_on=given["fran"],
            ends_on=given["till"],
            sort=given["gjorde"],
            process=given["omrade"],
            table=given["galler"],
            actors=given["vem"],
            students=given["studerande"],
            before=log.place_of(given["fore"]),
        )


class DayForm(forms.Form):
    """The day that somebody wants to see a row as it was on."""

    dag = forms.DateField(label=_("Som det var den"), widget=DateInput, error_messages={"required": _("Välj en dag.")})

    def __init__(self, given: Any, *, today: date) -> None:
        super().__init__(given)
        self.today = today

    def clean_dag(self) -> date:
        """Refuse a day that has not been."""
        day: date = self.cleaned_data["dag"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har inte varit än. Välj i dag eller en tidigare dag."))
        return day


class DayWithReasonForm(DayForm):
    """The same for a protected person's own record."""

    reason = forms.CharField(
        label=_("Varför behöver du öppna uppgifterna?"),
        help_text=_("Skälet sparas i loggen tillsammans med ditt namn."),
        max_length=300,
    )
