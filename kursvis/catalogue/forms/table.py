"""The rows of the table in which many course starts are edited at once: what each shows, and what was typed in it."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kursvis.catalogue.forms.weekly_pattern import WeeklyPatternTextField
from kursvis.catalogue.models import CourseStart, Round
from kursvis.catalogue.queries.courses import course_by_code
from kursvis.catalogue.rules.editing import CHANGEABLE
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.rounds import proposed_end
from kursvis.catalogue.rules.table import COLUMNS, as_text, changed
from kursvis.catalogue.services.table import RowAdded, RowEdit
from kursvis.core.forms import DateInput, labelled
from kursvis.organisation.models import School

Choices = list[tuple[str, str]]


class RowForm(forms.Form):
    """What can be changed in a row; `named` is what the row is called for who hears it read."""

    seats = forms.IntegerField(
        label=_("Platser"),
        min_value=1,
        max_value=2000,
        error_messages={"min_value": _("Minst en plats."), "max_value": _("Högst 2 000 platser.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "class": "cell--number"}),
    )
    ends_on = forms.DateField(label=_("Slut"), widget=DateInput())
    study_form = forms.ChoiceField(label=_("Studieform"))
    place = forms.CharField(label=_("Lokal eller adress"), max_length=120, required=False)
    weekly_pattern = WeeklyPatternTextField(help_text="")
    schedule_note = forms.CharField(label=_("Mer om tiderna"), max_length=300, required=False)
    description = forms.CharField(
        label=_("Beskrivning"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 1, "cols": 30})
    )

    def __init__(self, *args: Any, named: str, study_forms: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["study_form"].choices = study_forms  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {named}"


class EditedRowForm(RowForm):
    """A course start that is there. `seen` holds what its fields were when they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: CourseStart, study_forms: Choices, **kwargs: Any) -> None:
        self.row = row
        known = [kind for kind, _name in study_forms]
        own = [] if row.study_form in known else labelled("study_form", [StudyForm(row.study_form)])
        named = f"{row.course.name} {row.starts_on.isoformat()}"
        initial = {name: getattr(row, name) for name in COLUMNS} | {"seen": seen_in(row)}
        super().__init__(*args, named=named, study_forms=[*study_forms, *own], initial=initial, **kwargs)
        may = {field.value for field in CHANGEABLE[CourseStartStatus(row.status)]}
        shown = {name for name in COLUMNS if (self.add_prefix(name) in self.data if self.is_bound else name in may)}
        for name in set(COLUMNS) - shown:
            del self.fields[name]

    def edit(self) -> RowEdit | None:
        """Return what was changed in the row, or None when nothing was."""
        seen = _read(self.cleaned_data.get("seen", ""))
        typed = {name: value for name, value in self.cleaned_data.items() if name in COLUMNS}
        changes = changed(typed, seen)
        return RowEdit(self.row, changes, seen) if changes else None


class AddedRowForm(RowForm):
    """A course start that is to be entered: course code and start too. One that is left empty is none.

    It starts with a round, or on an own day up to `last_own_day` where the municipality has continuous admission.
    """

    school = forms.ChoiceField(label=_("Skola"))
    code = forms.CharField(
        label=_("Kurskod"), max_length=20, widget=forms.TextInput(attrs={"list": "courses", "size": 12})
    )
    round = forms.ChoiceField(label=_("Start"))
    starts_on = forms.DateField(label=_("Eller egen startdag"), widget=DateInput(), required=False)
    points = forms.IntegerField(
        label=_("Poäng, om registret inte har några"),
        min_value=1,
        max_value=2000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4, "class": "cell--number"}),
    )
    copy_of = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        schools: Mapping[str, School],
        rounds: Mapping[str, Round],
        sources: Mapping[str, CourseStart],
        study_forms: Choices,
        last_own_day: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, study_forms=study_forms, **kwargs)
        if last_own_day is None:
            del self.fields["starts_on"]
        else:
            self.fields["round"].required = False
            self.fields["starts_on"].widget.attrs["max"] = last_own_day.isoformat()
        self._schools, self._rounds, self._sources = schools, rounds, sources
        empty = [("", "")]
        only = len(schools) == 1
        named_schools = [(key, school.name) for key, school in schools.items()]
        starts = [(key, row.starts_on.isoformat()) for key, row in rounds.items()]
        self.fields["school"].choices = named_schools if only else [*empty, *named_schools]  # type: ignore[attr-defined]
        self.fields["school"].required = not only
        self.fields["round"].choices = [*empty, *starts]  # type: ignore[attr-defined]
        self.fields["study_form"].choices = [*empty, *study_forms]  # type: ignore[attr-defined]
        self.fields["ends_on"].required = False

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was typed in the row."""
        names = [name for name in self.fields if name not in ("school", "copy_of")]
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)

    def clean(self) -> dict[str, Any]:
        """Find the course by its code, a national one or the municipality's own; ask for a round or a day, not both."""
        given = self.cleaned_data
        is_read = "starts_on" in self.fields and not {"round", "starts_on"} & set(self.errors)
        if is_read and bool(given.get("round")) == bool(given.get("starts_on")):
            self.add_error("starts_on", _("Välj antingen en omgång eller en egen startdag."))
        key = given.get("school") or next(iter(self._schools), "")
        school = given["school"] = self._schools.get(key)
        if school is None:
            self.add_error(None, _("Ni kan inte lägga upp nya kursstarter: inget av era avtal gäller."))
        elif given.get("code"):
            given["course"] = course_by_code(given["code"], authority_id=school.authority_id)
            if given["course"] is None:
                self.add_error("code", _("Ingen kurs i registret har koden. Kontrollera stavningen."))
        return given

    def added(self) -> RowAdded:
        """Return the new course start. What a copied row has that the table does not show comes with it."""
        given = self.cleaned_data
        own_day, course = given.get("starts_on"), given["course"]
        start = {"starts_on": own_day} if own_day else {"round": self._rounds[given["round"]]}
        source = self._sources.get(str(given.get("copy_of")))
        industry = source.industry if source and source.course_id == course.pk else None
        points = course.points or given.get("points") or (source.points if source else 0)
        begins = own_day or start["round"].starts_on
        offer = {name: given[name] for name in COLUMNS} | {
            "course": course,
            **start,
            "points": points,
            "industry": industry,
            "study_form": StudyForm(given["study_form"]),
            "ends_on": given["ends_on"] or proposed_end(begins),
        }
        return RowAdded(given["school"], offer)


def seen_in(row: CourseStart) -> str:
    """Return what a row shows, as its form carries it."""
    return json.dumps({name: as_text(getattr(row, name)) for name in COLUMNS}, ensure_ascii=False)


def _read(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
