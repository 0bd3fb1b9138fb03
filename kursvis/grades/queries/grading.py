"""A group's enrolments with their grades and the facts that the rules need: the teacher's grade table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from kursvis.accounts.models import User
from kursvis.catalogue.rules.scales import Scale, scale_for
from kursvis.core.reasons import Reason
from kursvis.grades.models import CatalogueEntry, Grade
from kursvis.grades.rules import KINDS_WITH_A_TITLE, GradeFacts, against_creating_catalogue
from kursvis.grades.rules import GradeStatus as G
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.queries import registers
from kursvis.organisation.rules.registers import Register
from kursvis.studies.models import Enrolment, Group, GroupTeacher
from kursvis.studies.rules import EnrolmentOutcome, GroupKind

LEFT_OUT = (EnrolmentOutcome.REPLACED.value, EnrolmentOutcome.REGISTERED_IN_ERROR.value)
"""Enrolments that are no studies in this group."""


@dataclass(frozen=True)
class GradingRow:
    """One line of the grade table: an enrolment, its grade if there is one, its scale, and the facts for the rules."""

    enrolment: Enrolment
    grade: Grade | None
    scale: Scale
    facts: GradeFacts
    entry: CatalogueEntry | None = None

    @property
    def value(self) -> str:
        """Return the grade's value; empty when none is set."""
        return self.grade.value if self.grade else ""

    @property
    def is_locked(self) -> bool:
        """Say whether the grade is locked, approved or further on."""
        return self.facts.status not in (None, G.SET)

    @property
    def information(self) -> str:
        """Return the other information; empty when none is given."""
        return self.grade.other_information if self.grade else ""

    @property
    def no_grade_reason(self) -> str:
        """Return why there is a dash; empty when nobody has said it."""
        return self.grade.no_grade_reason if self.grade else ""


def no_grade_reasons_of(group: Group, *, today: date) -> list[RegisterEntry]:
    """Return why a dash may be set, as the municipality's register says today."""
    return list(registers.in_force(group.authority_id, Register.NO_GRADE_REASON, on=today))


def rows_of(group: Group, *, uuids: Iterable[UUID] | None = None) -> list[GradingRow]:
    """Return the group's lines by name (those with the given uuids), for four queries. Reads the group's course."""
    enrolments = Enrolment.objects.filter(group=group).exclude(outcome__in=LEFT_OUT)
    if uuids is not None:
        enrolments = enrolments.filter(uuid__in=list(uuids))
    return _rows(group, enrolments.order_by("student__name_key", "pk"))


def row_of(grade: Grade) -> GradingRow:
    """Return the line of one grade. Reads its enrolment's group and course."""
    return _rows(grade.enrolment.group, Enrolment.objects.filter(pk=grade.enrolment_id))[0]


def printable(group: Group, decider_id: int) -> list[Grade]:
    """Return the decider's locked grades of a group that stand in no valid catalogue, by name."""
    return printable_in(rows_of(group), decider_id)


def printable_in(rows: Iterable[GradingRow], decider_id: int) -> list[Grade]:
    """Return the decider's locked grades of these lines that stand in no valid catalogue."""
    return [
        row.grade
        for row in rows
        if row.grade and row.grade.decider_id == decider_id and row.is_locked and not row.facts.in_valid_catalogue
    ]


def against_creating_for(rows: Iterable[GradingRow], decider: User) -> list[Reason]:
    """Return every reason why the decider has no catalogue to create of a group with these lines."""
    rows = list(rows)
    grades = printable_in(rows, decider.pk)
    unlocked = [row for row in rows if row.grade and row.grade.decider_id == decider.pk and row.facts.status is G.SET]
    return against_creating_catalogue(
        locked_and_free=len(grades),
        unlocked=len(unlocked),
        title=decider.title,
        student_user_ids=frozenset(grade.enrolment.student.user_id for grade in grades),
        actor_user_id=decider.pk,
    )


def _rows(group: Group, enrolments: QuerySet[Enrolment]) -> list[GradingRow]:
    teachers = frozenset(GroupTeacher.objects.filter(group=group).values_list("user_id", flat=True))
    found = list(enrolments.select_related("student", "group__course", "group__school", "group__authority"))
    grades = {grade.enrolment_id: grade for grade in Grade.objects.filter(enrolment__in=[e.pk for e in found])}
    valid = CatalogueEntry.objects.filter(valid=True, grade__in=[grade.pk for grade in grades.values()])
    entries = {entry.grade_id: entry for entry in valid.select_related("catalogue").defer("catalogue__pdf")}
    return [_row(enrolment, grades.get(enrolment.pk), teachers, entries) for enrolment in found]


def _row(
    enrolment: Enrolment, grade: Grade | None, teachers: frozenset[int], entries: dict[int, CatalogueEntry]
) -> GradingRow:
    course = enrolment.group.course
    scale = scale_for(course.facts(), enrolment.starts_on)
    if enrolment.group.kind == GroupKind.PROVNING:
        scale = scale.without_dash()
    if grade is not None:
        grade.enrolment = enrolment
    entry = entries.get(grade.pk) if grade else None
    facts = GradeFacts(
        status=G(grade.status) if grade and grade.value else None,
        value=grade.value if grade else "",
        scale_values=scale.values,
        starts_on=enrolment.starts_on,
        ends_on=enrolment.ends_on,
        enrolment_ended=enrolment.outcome != EnrolmentOutcome.NONE,
        teacher_user_ids=teachers,
        student_user_id=enrolment.student.user_id,
        in_valid_catalogue=entry is not None,
        title_missing=course.kind in KINDS_WITH_A_TITLE and not (grade and grade.other_information.strip()),
    )
    return GradingRow(enrolment=enrolment, grade=grade, scale=scale, facts=facts, entry=entry)
