"""The seven steps of grades, with dates: for the student, the person card, and the grade's page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from kursvis.core.time import swedish_date
from kursvis.core.wording import label
from kursvis.grades.models import CatalogueEntry, Grade, GradeStep
from kursvis.grades.rules import GradeStatus, Step, Verb, tracker

_AS_A_STEP: dict[str, str] = {Verb.CHANGED: Verb.SET, Verb.SIGNED: Verb.SENT}
"""Verbs that are another one's step in the tracker: signed electronically, a catalogue is on its way at once."""


@dataclass(frozen=True)
class GradeView:
    """A grade with the catalogue entry that counts, and its tracker: dicts of label, date and state."""

    grade: Grade
    entry: CatalogueEntry | None
    steps: list[dict[str, Any]]

    @property
    def student_value(self) -> str:
        """Return the value as the student sees it: from the lock on."""
        return "" if self.grade.status == GradeStatus.SET else self.grade.value


def trackers_for_student(student_ids: Iterable[int]) -> dict[int, list[GradeView]]:
    """Return the grades of students' records, newest course first, by student; two queries whatever the number.

    The records must have been reached through their own queryset. Shows the value to staff: to the student only
    `student_value`.
    """
    found: dict[int, list[GradeView]] = defaultdict(list)
    for view in _views(Grade.objects.filter(enrolment__student_id__in=list(student_ids))):
        found[view.grade.enrolment.student_id].append(view)
    return dict(found)


def own_grades(user_id: int | None) -> list[GradeView]:
    """Return the grades of a person's own records, at every authority, newest course first, in words to her."""
    if not user_id:
        return []
    return _views(Grade.objects.filter(enrolment__student__user_id=user_id), words="own_grade_step")


def view_of(grade: Grade) -> GradeView:
    """Return one grade with its tracker. Reads nothing but its catalogue entries."""
    return _with_entries([grade])[0]


def path_of(grade: Grade) -> QuerySet[GradeStep]:
    """Return what happened to the grade, newest first, with who did it."""
    return GradeStep.objects.filter(grade=grade).select_related("by").order_by("-id")


def who_and_when(view: GradeView, path: Iterable[GradeStep]) -> list[dict[str, Any]]:
    """Return the tracker's steps with who did each. `path` is newest first, as `path_of` gives it."""
    names: dict[tuple[str, date], str] = {}
    for row in path:
        verb = _AS_A_STEP.get(row.verb, row.verb)
        names.setdefault((str(verb), swedish_date(row.at)), row.by.full_name if row.by else "")
    return [
        {**shown, "who": names.get((step.value, shown["date"]), "") if shown["date"] else ""}
        for step, shown in zip(Step, view.steps, strict=True)
    ]


def _views(grades: QuerySet[Grade], *, words: str = "grade_step") -> list[GradeView]:
    rows = grades.exclude(value="").select_related(
        "enrolment__student", "enrolment__group__course", "enrolment__group__school"
    )
    return _with_entries(list(rows.order_by("-enrolment__starts_on", "-pk")), words=words)


def _with_entries(grades: list[Grade], *, words: str = "grade_step") -> list[GradeView]:
    entries: dict[int, list[CatalogueEntry]] = defaultdict(list)
    rows = CatalogueEntry.objects.filter(grade__in=[grade.pk for grade in grades])
    for entry in rows.select_related("catalogue").defer("catalogue__pdf").order_by("id"):
        entries[entry.grade_id].append(entry)
    return [_view(grade, _entry_that_counts(grade, entries[grade.pk]), words) for grade in grades]


def _entry_that_counts(grade: Grade, entries: list[CatalogueEntry]) -> CatalogueEntry | None:
    """Return the valid entry; for an approved grade the one it was approved in, though it is carried over since."""
    if grade.status in (GradeStatus.APPROVED, GradeStatus.EXPORTED):
        return next((entry for entry in reversed(entries) if not entry.carried_over), None)
    return next((entry for entry in entries if entry.valid), None)


def _view(grade: Grade, entry: CatalogueEntry | None, words: str) -> GradeView:
    dates: dict[Step, date | None] = {
        Step.SET: swedish_date(grade.decided_at),
        Step.LOCKED: _day(grade.locked_at),
        Step.IN_CATALOGUE: _day(entry.catalogue.created_at if entry else None),
        Step.SENT: _day(entry.catalogue.sent_at if entry else None),
        Step.APPROVED: _day(grade.approved_at),
    }
    steps = [{"label": label(words, step.step).text, "date": step.on, "state": step.state} for step in tracker(dates)]
    return GradeView(grade=grade, entry=entry, steps=steps)


def _day(moment: datetime | None) -> date | None:
    return swedish_date(moment) if moment else None
