"""Parsing what is copied: whose offer, from which period, to which, and which round becomes which."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.models import Period, Round
from kursvis.core.forms import is_uuid
from kursvis.organisation.models import School

_NOWHERE = "ingen"


class CopyForm(forms.Form):
    """Whose offer is copied, from where and to where. What may be chosen is read once, as lists."""

    skola = forms.MultipleChoiceField(
        label=_("Skolor"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en skola.")},
    )
    fran = forms.ChoiceField(label=_("Kopiera från"))
    till = forms.ChoiceField(label=_("Till"))

    def __init__(self, data: Any, *, schools: Sequence[School], periods: Sequence[Period]) -> None:
        super().__init__(data, auto_id="val_%s")
        self._schools = {str(school.uuid): school for school in schools}
        self._periods = {str(period.uuid): period for period in periods}
        self.fields["skola"].choices = [(key, one.name) for key, one in self._schools.items()]  # type: ignore[attr-defined]
        for name in ("fran", "till"):
            self.fields[name].choices = [(key, one.name) for key, one in self._periods.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Copy within a municipality, to another period."""
        given = super().clean() or {}
        old, new = (self._periods.get(given.get(name, "")) for name in ("fran", "till"))
        if old and new and old == new:
            self.add_error("till", _("Välj en annan period än den du kopierar från."))
        elif old and new and old.authority_id != new.authority_id:
            self.add_error("till", _("Perioderna hör till olika kommuner. Välj två i samma kommun."))
        return given

    def periods(self) -> tuple[Period, Period]:
        """Return the period that is copied from, and the one that is copied to."""
        return self._periods[self.cleaned_data["fran"]], self._periods[self.cleaned_data["till"]]

    def schools(self) -> "QuerySet[School]":
        """Return the chosen schools of the municipality that the periods belong to."""
        keys = [self._schools[key].pk for key in self.cleaned_data["skola"]]
        return School.objects.filter(pk__in=keys, authority_id=self.periods()[0].authority_id)


class RoundsForm(forms.Form):
    """Which new round each old one becomes; what is not said is as proposed."""

    def __init__(self, data: Any, *, proposed: Mapping[Round, Round | None], rounds: Sequence[Round]) -> None:
        self._fields_of = {f"omgang-{old.uuid}": old for old in proposed}
        self._rounds = {str(round_.uuid): round_ for round_ in rounds}
        self._proposed = proposed
        super().__init__(data if any(name in data for name in self._fields_of) else None, auto_id="val_%s")
        choices = [(_NOWHERE, _("Kopiera inte")), *((key, _named(round_)) for key, round_ in self._rounds.items())]
        for name, old in self._fields_of.items():
            new = proposed[old]
            label = gettext("Start {day}").format(day=old.starts_on)
            initial = str(new.uuid) if new else _NOWHERE
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, initial=initial)

    def rounds(self) -> dict[int, Round | None]:
        """Return what each old round becomes, by its key; a choice that cannot be read copies nothing."""
        if not self.is_bound:
            return {old.pk: new for old, new in self._proposed.items()}
        self.is_valid()
        given = {old.pk: self.cleaned_data.get(name) for name, old in self._fields_of.items()}
        return {key: self._rounds.get(text or "") for key, text in given.items()}


def _named(round_: Round) -> str:
    week = round_.starts_on.isocalendar().week
    return gettext("Start {day} (v. {week})").format(day=round_.starts_on, week=week)


def chosen_in(data: Any) -> set[UUID]:
    """Return the course starts that were ticked."""
    return {UUID(text) for text in data.getlist("kursstart") if is_uuid(text)}
