"""Kursplacering: the applicants that the municipality has given to a school, and what can be done with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import queries as admissions
from kursvis.admissions import rules as admission_rules
from kursvis.admissions.models import Choice
from kursvis.admissions.queries.mandate import against_placing_at, mandate_to_place, with_grounds
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Outcome, ReturnReason, mandate
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core.reasons import Reason
from kursvis.letters.models import Letter
from kursvis.letters.rules import address_for
from kursvis.people import queries as people
from kursvis.studies import rules
from kursvis.studies.models import Group


@dataclass(frozen=True)
class PlacingFilter:
    """What the list of applicants to place is narrowed to; empty narrows nothing."""

    state: str = ChoiceStatus.DISTRIBUTED.value
    starts_on: date | None = None
    starts_from: date | None = None
    course: UUID | None = None
    course_start: UUID | None = None
    condition: str = ""
    called: str = ""
    text: str = ""


def choices_to_place(actor: Actor) -> QuerySet[Choice]:
    """Return what the municipality has given to the schools where the actor places."""
    permission = Permission.PLACE
    at_these = Q(authority_id__in=actor.authorities(permission)) | Q(
        course_start__school_id__in=actor.schools(permission)
    )
    return admissions.with_facts(admissions.readable_by(actor).filter(at_these, status__in=admissions.AT_SCHOOL))


def choice_to_place(actor: Actor, uuid: UUID) -> Choice:
    """Return one of them, or raise Http404."""
    return get_object_or_404(with_grounds(choices_to_place(actor)), uuid=uuid)


def chosen_choices(actor: Actor, uuids: Iterable[UUID]) -> list[Choice]:
    """Return the chosen rows that the actor reaches, by name; others are left out."""
    return list(choices_to_place(actor).filter(uuid__in=list(uuids)).order_by("student__name_key", "pk"))


def narrowed(choices: QuerySet[Choice], to: PlacingFilter) -> QuerySet[Choice]:
    """Keep the applicants that the filter asks for; a protected person is found by her alias."""
    wanted = {
        "status": to.state,
        "course_start__starts_on": to.starts_on,
        "course_start__starts_on__gte": to.starts_from,
        "course_start__course__uuid": to.course,
        "course_start__uuid": to.course_start,
    }
    choices = choices.filter(_CONDITION.get(to.condition, Q()), _CALLED.get(to.called, Q()))
    choices = choices.filter(people.found_by(to.text, student="student__"))
    return choices.filter(**{field: value for field, value in wanted.items() if value})


_ON_CONDITION = Q(outcome=Outcome.ON_CONDITION.value)
_CONDITION = {
    "open": _ON_CONDITION & Q(condition__status=ConditionStatus.OPEN.value),
    "met": _ON_CONDITION & Q(condition__status=ConditionStatus.MET.value),
    "none": ~_ON_CONDITION,
    "clear": ~(_ON_CONDITION & Q(condition__status=ConditionStatus.OPEN.value)),
}
_CALLED = {"yes": Q(called_at__isnull=False), "no": Q(called_at__isnull=True)}


def start_days_of(choices: QuerySet[Choice], *, today: date, shows_inactive: bool) -> list[date]:
    """Return the days on which the applicants' courses start; of those that are over only to who shows inactive."""
    rows = choices if shows_inactive else choices.filter(course_start__ends_on__gte=today)
    days = rows.order_by("course_start__starts_on").values_list("course_start__starts_on", flat=True)
    return list(days.distinct())


def courses_of(choices: QuerySet[Choice]) -> QuerySet[NationalCourse]:
    """Return the courses among the applicants, by name."""
    return NationalCourse.objects.filter(pk__in=choices.order_by().values("course_start__course_id")).order_by(
        "name_key"
    )


def groups_for_placing(course_start: CourseStart, *, today: date) -> QuerySet[Group]:
    """Return the groups that an applicant to the course start can be placed in: its own and open ones, not ended.

    Those that have not begun come first.
    """
    own_or_open = Q(course_start=course_start) | Q(course_start__isnull=True)
    rows = Group.objects.filter(
        own_or_open, school_id=course_start.school_id, course_id=course_start.course_id, ends_on__gte=today
    )
    begun = ExpressionWrapper(Q(starts_on__lt=today), output_field=BooleanField())
    return rows.annotate(begun=begun).order_by("begun", "starts_on", "name_key")


def have_begun(groups: Iterable[Group], *, today: date) -> list[bool]:
    """Say of each group whether it has begun, so that who is placed in it begins today."""
    return [rules.has_begun(starts_on=group.starts_on, today=today) for group in groups]


def start_narrowed_to(actor: Actor, course_start: UUID | None) -> CourseStart | None:
    """Return the one course start that the list is narrowed to, if someone at it is reached."""
    if course_start is None:
        return None
    one = choices_to_place(actor).filter(course_start__uuid=course_start).first()
    return one.course_start if one else None


def groups_of_start(course_start: CourseStart | None, *, today: date) -> list[Group]:
    """Return the groups to place in when the list is narrowed to one course start, else none."""
    return list(groups_for_placing(course_start, today=today)) if course_start else []


def waits_at(actor: Actor, choice: UUID | None, course_start: CourseStart) -> bool:
    """Say whether the choice is one that the actor places at the course start."""
    return choice is not None and choices_to_place(actor).filter(uuid=choice, course_start=course_start).exists()


def group_to_place_in(choices: list[Choice], group: UUID | None, *, today: date) -> Group:
    """Return the chosen group, if one of the chosen applicants can be placed in it, or raise Http404."""
    starts = [choice.course_start for choice in choices[:1]]
    fitting = groups_for_placing(starts[0], today=today) if starts else Group.objects.none()
    return get_object_or_404(fitting, uuid=group)


def group_of(choice: Choice) -> Group | None:
    """Return the group that the applicant was placed in."""
    return Group.objects.filter(enrolments__choice=choice).first() if choice.status == ChoiceStatus.PLACED else None


def address_of(choice: Choice) -> str:
    """Return where a call goes by e-mail; empty means that it is printed."""
    return address_for(choice.application.email or choice.student.email, is_protected=choice.student.is_protected)


def says_no_place(choice: Choice) -> bool:
    """Say whether the call has no place of its own to name: it then gives the school's address."""
    start = choice.course_start
    return not start.place.strip() and start.study_form != StudyForm.DISTANCE


def letters_about(choice: Choice) -> QuerySet[Letter]:
    """Return the letters that the choice's school has sent the student, newest first, without their PDF."""
    rows = Letter.objects.filter(student_id=choice.student_id, school_id=choice.course_start.school_id)
    return rows.defer("pdf").order_by("-id")


@dataclass(frozen=True)
class PlacingRow:
    """An applicant in the list: her condition, and whether her call is late (R23)."""

    choice: Choice
    condition: ConditionStatus | None
    call_by: date
    is_late: bool
    has_begun: bool


def placing_row(choice: Choice, *, today: date) -> PlacingRow:
    """Return what the list shows of one applicant. Reads what `admissions.queries.with_facts` joins."""
    call_by = choice.course_start.round.call_by
    return PlacingRow(
        choice=choice,
        condition=choice.facts().condition,
        call_by=call_by,
        is_late=rules.call_is_late(called=choice.called_at is not None, call_by=call_by, today=today),
        has_begun=rules.has_begun(starts_on=choice.course_start.starts_on, today=today),
    )


def placing_rows(choices: Iterable[Choice], *, today: date) -> list[PlacingRow]:
    """Return the rows of the list."""
    return [placing_row(choice, today=today) for choice in choices]


@dataclass(frozen=True)
class PlacingSteps:
    """What stands against each step with an applicant now; empty: it can be done."""

    call: list[Reason]
    place: list[Reason]
    give_back: list[Reason]
    taking_in: list[Reason]


def placing_steps(choice: Choice, *, has_group: bool, today: date, by: Actor) -> PlacingSteps:
    """Return what stands against calling, placing and returning an applicant; at most three queries."""
    facts = choice.facts()
    who = by.user_id
    held = mandate_to_place(choice.course_start.school, by, today=today)
    ended = mandate.against_taking_in(facts, held.agreements, today=today)
    place = rules.against_placing(
        facts, choice.course_start.facts(), has_group=has_group, today=today, actor_user_id=who
    )
    return PlacingSteps(
        call=ended or rules.against_calling(facts, called_on=None, again=True, today=today, actor_user_id=who),
        place=ended or place + against_placing_at(choice, held, today=today),
        taking_in=ended,
        give_back=admission_rules.against_returning(facts, reason=ReturnReason.NO_SEAT, actor_user_id=who),
    )
