"""Groups: the list, the class list, and what a new group starts from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.core.models import as_sort_key
from kursvis.core.reasons import Reason
from kursvis.merits.models import Result
from kursvis.merits.rules import ResultSource
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import School
from kursvis.organisation.rules import against_new_placements
from kursvis.studies import rules
from kursvis.studies.models import Enrolment, Group
from kursvis.studies.queries.reach import NOT_IN_CLASS, WITH_TEACHERS
from kursvis.studies.rules import EnrolmentOutcome, Phase

_WITH_GROUPS = [CourseStartStatus.PUBLISHED.value, CourseStartStatus.HIDDEN.value]
"""States of the course starts that groups are made for."""


@dataclass(frozen=True)
class GroupFilter:
    """What the list of groups is narrowed to; empty narrows nothing."""

    phase: str = ""
    school: UUID | None = None
    course_start: UUID | None = None
    without_teacher: bool = False
    text: str = ""


def listed(groups: QuerySet[Group], to: GroupFilter, *, today: date) -> QuerySet[Group]:
    """Return the groups that the filter asks for, with course, school, teachers and number of students."""
    for word in to.text.split():
        key = as_sort_key(word)
        groups = groups.filter(Q(name_key__contains=key) | Q(course__search_key__contains=key))
    wanted = {"school__uuid": to.school, "course_start__uuid": to.course_start}
    groups = groups.filter(_in_phase(to.phase, today), **{field: value for field, value in wanted.items() if value})
    if to.without_teacher:
        groups = groups.filter(teachers__isnull=True)
    in_class = ~Q(enrolments__outcome__in=[*NOT_IN_CLASS, EnrolmentOutcome.NOT_STARTED.value])
    return (
        groups.select_related("course", "school")
        .prefetch_related(WITH_TEACHERS)
        .annotate(students=Count("enrolments", filter=in_class))
    )


def _in_phase(phase: str, today: date) -> Q:
    phases = {
        Phase.PLANNED.value: Q(starts_on__gt=today),
        Phase.ONGOING.value: Q(starts_on__lte=today, ends_on__gte=today),
        Phase.ENDED.value: Q(ends_on__lt=today),
    }
    return phases.get(phase, Q())


def class_list(group: Group) -> QuerySet[Enrolment]:
    """Return the enrolments of a group by name; the rows that another row has replaced are left out."""
    rows = Enrolment.objects.filter(group=group).exclude(outcome__in=NOT_IN_CLASS)
    return rows.select_related("student").order_by("student__name_key", "pk")


@dataclass(frozen=True)
class ClassRow:
    """A student in a class list: where she is by dates, and what stands against *did not start* and its undoing."""

    enrolment: Enrolment
    phase: Phase
    against_not_started: list[Reason]
    may_undo: bool
    against_undoing: list[Reason]
    grade: str


def class_rows(enrolments: Iterable[Enrolment], *, course_id: int, today: date, by: Actor) -> list[ClassRow]:
    """Return the rows of a class list in a course, with the locked grades."""
    rows = list(enrolments)
    grades = _locked_grades(rows, course_id)
    return [_class_row(row, grades.get((row.student_id, row.ends_on), ""), today, by.user_id) for row in rows]


def _locked_grades(rows: list[Enrolment], course_id: int) -> dict[tuple[int, date], str]:
    """Return the value of each locked grade by student and date: the date of a locked grade is the end date (R51)."""
    graded = [row.student_id for row in rows if row.has_locked_grade]
    if not graded:
        return {}
    own = Result.objects.filter(student_id__in=graded, course_id=course_id, source=ResultSource.OWN_GRADE.value)
    found = own.filter(withdrawn_at__isnull=True).order_by("pk").values_list("student_id", "dated", "value")
    return {(student_id, dated): value for student_id, dated, value in found}


def _class_row(enrolment: Enrolment, grade: str, today: date, user_id: int | None) -> ClassRow:
    facts = enrolment.facts()
    return ClassRow(
        enrolment=enrolment,
        phase=rules.phase(facts, today=today),
        against_not_started=rules.against_not_started(facts, today=today, actor_user_id=user_id),
        may_undo=facts.outcome is EnrolmentOutcome.NOT_STARTED,
        against_undoing=rules.against_undoing_not_started(facts, actor_user_id=user_id),
        grade=grade if facts.has_locked_grade else "",
    )


def own_rows(enrolments: Iterable[Enrolment], *, today: date) -> list[tuple[Enrolment, Phase]]:
    """Return a student's own enrolments, each with where it is by dates and outcome."""
    return [(enrolment, rules.phase(enrolment.facts(), today=today)) for enrolment in enrolments]


def phase_of(group: Group, *, today: date) -> Phase:
    """Return where a group is by its dates; it is over on its last day when everybody's studies have ended."""
    all_ended = group.ends_on == today and not _some_study_in(group)
    return rules.group_phase(starts_on=group.starts_on, ends_on=group.ends_on, today=today, all_ended=all_ended)


def _some_study_in(group: Group) -> bool:
    """Say whether somebody's studies in the group go on, or nobody has been placed in it."""
    outcomes = set(class_list(group).order_by().values_list("outcome", flat=True).distinct())
    return not outcomes or EnrolmentOutcome.NONE.value in outcomes


def with_phase(groups: Iterable[Group], *, today: date) -> list[tuple[Group, Phase]]:
    """Return each group with where it is by its dates."""
    return [
        (group, rules.group_phase(starts_on=group.starts_on, ends_on=group.ends_on, today=today)) for group in groups
    ]


def waiting_for(group: Group) -> int:
    """Return how many distributed applicants to the group's course start are not placed yet."""
    if group.course_start_id is None:
        return 0
    waiting = Choice.objects.filter(course_start_id=group.course_start_id, status=ChoiceStatus.DISTRIBUTED.value)
    return waiting.count()


def schools_of(groups: QuerySet[Group], actor: Actor, *, today: date) -> QuerySet[School]:
    """Return the schools that have something among the groups, by name; inactive ones to who shows them (R09)."""
    shown = organisation.schools_for_picker(actor, Permission.SEE_GROUPS, today=today)
    return shown.filter(pk__in=groups.order_by().values("school_id"))


def starts_to_group(actor: Actor, *, today: date) -> QuerySet[CourseStart]:
    """Return the course starts that the actor may make groups for now, those without a group first."""
    rows = starts_of(actor).filter(ends_on__gte=today)
    grouped = Exists(Group.objects.filter(course_start=OuterRef("pk")))
    return rows.annotate(grouped=grouped).order_by("grouped", "starts_on", "course__name_key", "pk")


def starts_of(actor: Actor) -> QuerySet[CourseStart]:
    """Return the published course starts of the schools where the actor makes groups, also those that are over."""
    permission = Permission.EDIT_GROUPS
    rows = CourseStart.objects.filter(
        Q(authority_id__in=actor.authorities(permission)) | Q(school_id__in=actor.schools(permission)),
        status__in=_WITH_GROUPS,
    )
    return rows.select_related("course", "school__authority")


def may_group(actor: Actor, start: CourseStart, *, today: date) -> bool:
    """Say whether a group for the course start is the actor's to make; `against_grouping` says what stands against."""
    unit = {"authority_id": start.authority_id, "school_id": start.school_id}
    is_over = rules.against_grouping(ends_on=start.ends_on, today=today)
    return start.status in _WITH_GROUPS and not is_over and actor.holds(Permission.EDIT_GROUPS, **unit)


def against_grouping(start: CourseStart, *, today: date) -> list[Reason]:
    """Return what stands against a new group for the course start now: it is over, or the school's agreement is."""
    over = rules.against_grouping(ends_on=start.ends_on, today=today)
    return over or against_new_placements(organisation.agreements_of(start.school), today=today)


@dataclass(frozen=True)
class StartRow:
    """A course start that a group can be made for, and what stands against it now."""

    start: CourseStart
    against: list[Reason]


def start_rows(starts: Iterable[CourseStart], *, today: date) -> list[StartRow]:
    """Return the rows of the list of course starts; one query for the schools' agreements."""
    rows = list(starts)
    agreements = organisation.agreements_by_school({row.school_id for row in rows})
    return [StartRow(row, against_new_placements(agreements[row.school_id], today=today)) for row in rows]


def names_taken(school_id: int) -> frozenset[str]:
    """Return the names that the school's groups have."""
    return frozenset(Group.objects.filter(school_id=school_id).values_list("name", flat=True))
