"""Parsing what people type in studies; the rules decide in the services."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kursvis.accounts.models import User
from kursvis.admissions.rules import ChoiceStatus, ReturnReason
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.register import hours_for
from kursvis.core.forms import DateInput, is_uuid, labelled
from kursvis.core.wording import label, sentence
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.queries import registers
from kursvis.organisation.rules.registers import Register
from kursvis.studies import rules
from kursvis.studies.models import Group
from kursvis.studies.queries.groups import GroupFilter, names_taken
from kursvis.studies.queries.placing import PlacingFilter
from kursvis.studies.queries.returning import ReturnReasons
from kursvis.studies.rules import GroupKind, Phase

MOST_AT_ONCE = 200
_STATES = {"distributed": ChoiceStatus.DISTRIBUTED, "placed": ChoiceStatus.PLACED, "returned": ChoiceStatus.RETURNED}


class PlacingFilterForm(forms.Form):
    """The filters in the address of Kursplacering. What cannot be read narrows nothing."""

    lage = forms.CharField(required=False)
    start = forms.DateField(required=False)
    fran = forms.DateField(required=False)
    kurs = forms.UUIDField(required=False)
    kursstart = forms.UUIDField(required=False)
    villkor = forms.CharField(required=False)
    kallad = forms.CharField(required=False)
    q = forms.CharField(required=False, max_length=100)

    def wanted(self) -> PlacingFilter:
        """Return what the list is narrowed to: those who wait to be placed, unless told otherwise."""
        self.is_valid()
        given = self.cleaned_data
        return PlacingFilter(
            state=_STATES.get(given.get("lage") or "", ChoiceStatus.DISTRIBUTED).value,
            starts_on=given.get("start"),
            starts_from=given.get("fran"),
            course=given.get("kurs"),
            course_start=given.get("kursstart"),
            condition=given.get("villkor") or "",
            called=given.get("kallad") or "",
            text=(given.get("q") or "").replace("\0", ""),
        )


class GroupFilterForm(forms.Form):
    """The filters in the address of the list of groups."""

    tid = forms.ChoiceField(required=False, choices=[(phase.value, phase.value) for phase in Phase])
    skola = forms.UUIDField(required=False)
    kursstart = forms.UUIDField(required=False)
    larare = forms.CharField(required=False)
    q = forms.CharField(required=False, max_length=100)

    def wanted(self) -> GroupFilter:
        """Return what the list is narrowed to."""
        self.is_valid()
        given = self.cleaned_data
        return GroupFilter(
            phase=given.get("tid") or "",
            school=given.get("skola"),
            course_start=given.get("kursstart"),
            without_teacher=given.get("larare") == "saknas",
            text=(given.get("q") or "").replace("\0", ""),
        )


class ChosenForm(forms.Form):
    """The chosen rows of Kursplacering, and what is done with them."""

    do = forms.ChoiceField(choices=[("call", "call"), ("place", "place")])
    group = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Return the rows' ids; refuse none, and more than a transaction each can be made for while somebody waits."""
        chosen = cast(QueryDict, self.data).getlist("row")
        for reason in rules.against_choosing(len(chosen), most=MOST_AT_ONCE):
            self.add_error(None, sentence(reason))
        return {**self.cleaned_data, "row": [UUID(value) for value in chosen if is_uuid(value)]}


class PlaceForm(forms.Form):
    """Which group an applicant is placed in; each says when it starts: in one that has begun, studies start today."""

    group = forms.ChoiceField(label=_("Grupp"))

    def __init__(self, groups: Iterable[Group], *, today: date, data: Any = None) -> None:
        super().__init__(data)
        self._groups = {str(group.uuid): group for group in groups}
        self.fields["group"].choices = [(key, _said(group, today)) for key, group in self._groups.items()]  # type: ignore[attr-defined]

    def clean_group(self) -> Group:
        """Return the chosen group."""
        return self._groups[self.cleaned_data["group"]]


def _said(group: Group, today: date) -> str:
    begun = rules.has_begun(starts_on=group.starts_on, today=today)
    text = _("{name}, började {day}") if begun else _("{name}, börjar {day}")
    return str(text).format(name=group.name, day=group.starts_on)


class ReturnForm(forms.Form):
    """Why an applicant is given back to the municipality, of its register; she and the counsellors read it (R25)."""

    reason = forms.ChoiceField(label=_("Skäl"), error_messages={"required": _("Välj ett skäl.")})
    text = forms.CharField(
        label=_("Förklaring"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Den sökande och studievägledarna får läsa den."),
    )

    def __init__(self, offered: ReturnReasons, data: Any = None) -> None:
        super().__init__(data, initial={"reason": offered.ready_code, "text": offered.ready_text})
        self._offered = offered
        if offered.needing_text:
            needed = _("Den sökande och studievägledarna får läsa den. Behövs för: {names}.")
            self.fields["text"].help_text = str(needed).format(names=", ".join(offered.needing_text))
        self.fields["reason"].choices = [("", _("Välj skäl …")), *offered.choices]  # type: ignore[attr-defined]

    def returned(self) -> dict[str, Any]:
        """Return the keywords of the service: what the reason means, the entry that tells it, and the explanation."""
        entry = self._offered.entries[self.cleaned_data["reason"]]
        return {"entry": entry, "reason": ReturnReason(entry.meaning), "text": self.cleaned_data["text"]}


class ReasonForm(forms.Form):
    """Why a protected person's letter is opened."""

    reason = forms.CharField(
        label=_("Varför behöver du läsa brevet?"),
        max_length=500,
        help_text=_("Skälet loggas tillsammans med ditt namn."),
    )


class GroupStartForm(forms.Form):
    """Which course start a new group is for, and the applicant who waits for it."""

    kursstart = forms.UUIDField(required=False)
    sokande = forms.UUIDField(required=False)

    def wanted(self) -> UUID | None:
        """Return the course start in the address, if it is one."""
        self.is_valid()
        return self.cleaned_data.get("kursstart")

    def applicant(self) -> UUID | None:
        """Return the applicant from whose page the group is made, if there is one."""
        self.is_valid()
        return self.cleaned_data.get("sokande")


class EntryOfRegister(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An entry in force of one of the municipality's registers, or none."""

    def __init__(self, **kwargs: Any) -> None:
        none = RegisterEntry.objects.none()
        super().__init__(queryset=none, to_field_name="uuid", required=False, empty_label=_("Ingen vald"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Return the entry's name; that of an economy mark after which mark it is."""
        return f"{label('meaning', obj.meaning).text}: {obj.name}" if obj.meaning else str(obj)


class GroupForm(forms.Form):
    """A new group for a course start; all but the teachers and the economy mark is suggested, the industry if told."""

    name = forms.CharField(label=_("Gruppens namn"), max_length=80)
    kind = forms.ChoiceField(label=_("Typ"), help_text=_("En prövning har samma dag som start, slut och betygsdatum."))
    starts_on = forms.DateField(label=_("Startdatum"), widget=DateInput())
    ends_on = forms.DateField(label=_("Slutdatum"), widget=DateInput())
    hours = forms.DecimalField(label=_("Timmar"), max_digits=6, decimal_places=1, min_value=0, required=False)
    industry = EntryOfRegister(label=_("Bransch"), help_text=_("Avgör vad en poäng kostar."))
    economy_mark = EntryOfRegister(label=_("Ekonomimärke"))
    teachers = forms.MultipleChoiceField(label=_("Lärare"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, start: CourseStart, teachers: Sequence[User], data: Any = None, *, today: date) -> None:
        code = start.course.code
        taken = names_taken(start.school_id)
        suggested = rules.suggested_name(code, starts_on=start.starts_on, taken=taken, school=start.school.name)
        hours = hours_for(start.points)
        initial = {
            "name": suggested,
            "kind": rules.suggested_kind(code).value,
            "starts_on": start.starts_on,
            "ends_on": start.ends_on,
            "hours": hours,
            "industry": start.industry,
        }
        super().__init__(data, initial=initial)
        self._start = start
        self._teachers = {str(user.uuid): user for user in teachers}
        self.fields["kind"].choices = labelled("group_kind", GroupKind)  # type: ignore[attr-defined]
        self.fields["hours"].help_text = _(
            "{points} poäng ger {hours} timmar (0,7 per poäng). Ändra om gruppen har fler eller färre."
        ).format(points=start.points, hours=f"{hours:g}".replace(".", ","))
        for name in (Register.INDUSTRY, Register.ECONOMY_MARK):
            entries = registers.in_force(start.school.authority_id, name, on=today)
            self.fields[name.value].queryset = entries  # type: ignore[attr-defined]
        self.fields["teachers"].choices = [(key, user.full_name) for key, user in self._teachers.items()]  # type: ignore[attr-defined]

    def clean_teachers(self) -> list[User]:
        """Return the chosen teachers."""
        return [self._teachers[key] for key in self.cleaned_data["teachers"]]

    def values(self) -> dict[str, Any]:
        """Return what the service is told."""
        start = self._start
        of_start = {"school": start.school, "course": start.course, "course_start": start, "points": start.points}
        return {**self.cleaned_data, **of_start, "kind": GroupKind(self.cleaned_data["kind"])}
