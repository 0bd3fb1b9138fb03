"""How much there is to do, and by when: one query a process, asked only for who can do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery

from kursvis.access.actors import Actor, Person
from kursvis.access.rules import Permission
from kursvis.accounts.models import User
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Outcome
from kursvis.catalogue.models import CourseStart
from kursvis.core.time import swedish_date
from kursvis.grades.models import Catalogue, CatalogueEntry, Grade
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.organisation.rules.settings import Setting, Values
from kursvis.people import queries as people
from kursvis.portal.queries import outbox, protected, protected_post, waiting
from kursvis.portal.queries.navigation import counted_inside
from kursvis.portal.queries.waiting import Waiting
from kursvis.post.models import Message
from kursvis.post.rules import Channel, MessageStatus
from kursvis.studies.models import Enrolment, Group, GroupTeacher
from kursvis.studies.rules import EnrolmentOutcome

ON_PAPER = [Channel.PRINT.value, Channel.PROTECTED.value]
Counts = dict[str, Any]
"""By name: how many (`x`), and the first day on which something of it is due (`x_due`)."""


@dataclass(frozen=True)
class GroupWork:
    """How much there is to do with the grades of one group, and the day that it counts from."""

    code: str
    group: UUID
    authority_id: int
    name: str
    count: int
    due: date


def _counted(rows: Any, **parts: tuple[Q, Any]) -> Counts:
    wanted: dict[str, Any] = {}
    for name, (condition, due) in parts.items():
        wanted[name] = Count("pk", filter=condition, distinct=True)
        wanted[f"{name}_due"] = Min(due, filter=condition)
    return dict(rows.order_by().aggregate(**wanted))


def _me(actor: Actor) -> int:
    return actor.user_id or 0


def offer(actor: Actor, *, today: date) -> Counts:
    """Count the course starts to submit or mend (school) and to publish (municipality) that have not begun.

    Beside the drafts: how many starts the schools have entered in all (`drafts_of`).
    """
    return _waiting(actor, CourseStart, waiting.OFFER, today=today)


def choices(actor: Actor, *, today: date) -> Counts:
    """Count the choices to decide and distribute (municipality), and to call and place (school)."""
    return _waiting(actor, Choice, waiting.CHOICES, today=today)


def groups(actor: Actor, *, today: date) -> Counts:
    """Count what a school lacks, for one query: teachers of its groups, also of ended ones, for their grades; an offer
    in the periods whose last day for it has not passed."""
    lacking: dict[str, tuple[Any, str]] = {}
    if actor.schools(Permission.EDIT_GROUPS):
        (untaught,) = waiting.GROUPS
        lacking[untaught.code] = Group.objects.filter(untaught.reached_by(actor, today=today)), "starts_on"
    if schools := actor.schools(Permission.EDIT_OFFER):
        lacking["without_offer"] = waiting.periods_without_offer(schools, today=today), "offer_by"
    wanted: dict[str, Any] = {}
    for name, (rows, due) in lacking.items():
        wanted[name] = counted_inside(rows)
        wanted[f"{name}_due"] = Subquery(rows.order_by(due).values(due)[:1])
    return dict(User.objects.filter(pk=_me(actor)).values(**wanted).get()) if wanted else {}


def _waiting(actor: Actor, model: Any, kinds: Sequence[Waiting], *, today: date) -> Counts:
    """Count what waits of each kind, for one query; nothing is asked for who does none of it."""
    held = [kind for kind in kinds if kind.units_of(actor)]
    if not held:
        return {}
    parts = {kind.code: (kind.reached_by(actor, today=today), kind.due) for kind in held}
    parts |= {f"{kind.code}_of": (kind.among(actor, today=today), kind.due) for kind in held if kind.of}
    reached = reduce(or_, (condition for condition, _due in parts.values()))
    return _counted(model.objects.filter(reached), **parts)


def grading(actor: Actor, decided: Mapping[int, Values], *, today: date) -> list[GroupWork]:
    """Return, for each group that a teacher has, the grades to set, to lock and to put in a catalogue.

    Grades to set are told of as many days before the course ends as the group's municipality has decided.
    """
    schools = actor.schools(Permission.GRADE)
    if not schools:
        return []
    own = GroupTeacher.objects.filter(user_id=_me(actor), group__school_id__in=schools).values("group_id")
    soon = Q(pk__in=[])
    for authority_id, values in decided.items():
        ahead = timedelta(days=values[Setting.GRADES_AHEAD_DAYS])
        soon |= Q(authority_id=authority_id, ends_on__lte=today + ahead)
    ends = Enrolment.objects.filter(soon, group__in=own, outcome=EnrolmentOutcome.NONE.value)
    graded = Grade.objects.filter(enrolment=OuterRef("pk")).exclude(value="")
    printed = CatalogueEntry.objects.filter(grade=OuterRef("pk"), valid=True)
    grades = Grade.objects.filter(enrolment__group__in=own).exclude(value="")
    is_set = Q(status=GradeStatus.SET.value, enrolment__ends_on__lte=today)
    is_free = Q(~Exists(printed), status=GradeStatus.LOCKED.value, decider_id=_me(actor))
    return [
        *_by_group(ends.exclude(Exists(graded)), "group", to_set=(Q(), "ends_on")),
        *_by_group(
            grades, "enrolment__group", to_lock=(is_set, "enrolment__ends_on"), to_print=(is_free, "grade_date")
        ),
    ]


def _by_group(rows: Any, group: str, **parts: tuple[Q, str]) -> list[GroupWork]:
    wanted: dict[str, Any] = {}
    for name, (condition, due) in parts.items():
        wanted[name] = Count("pk", filter=condition, distinct=True)
        wanted[f"{name}_due"] = Min(due, filter=condition)
    uuid, authority, name = f"{group}__uuid", f"{group}__authority_id", f"{group}__name"
    found = rows.order_by().values(uuid, authority, name).annotate(**wanted)
    return [
        GroupWork(code, row[uuid], row[authority], row[name], row[code], row[f"{code}_due"])
        for row in found
        for code in parts
        if row[code]
    ]


def catalogues(actor: Actor) -> Counts:
    """Count the catalogues to send (school), to receive and to approve (municipality)."""
    sends = Q(group__school_id__in=actor.schools(Permission.SEND_CATALOGUES), status=CatalogueStatus.CREATED.value)
    if not actor.holds(Permission.SEND_CATALOGUES) and not actor.holds(Permission.RECEIVE_CATALOGUES):
        return {}
    if not actor.holds(Permission.SEE_STUDENTS):
        sends &= Q(decider_id=_me(actor))
    receives = Q(authority_id__in=actor.authorities(Permission.RECEIVE_CATALOGUES))
    sent = Q(status__in=[CatalogueStatus.SENT.value, CatalogueStatus.SIGNED.value])
    return _counted(
        Catalogue.objects.filter(sends | receives),
        to_send=(sends, "entries__grade_date"),
        to_receive=(receives & sent, "entries__grade_date"),
        to_approve=(receives & Q(status=CatalogueStatus.RECEIVED.value), "entries__grade_date"),
    )


def letters(actor: Actor, *, today: date) -> Counts:
    """Count the letters that the actor's own unit is to print and post, and those to protected persons (one query)."""
    if not any(map(actor.holds, (Permission.SEE_OUTBOX, Permission.SEE_STUDENTS, Permission.PROTECT_STUDENTS))):
        return {}
    own_unit = Q(pk__in=outbox.letters_to_print(actor).order_by().values("pk"))
    protected_route = Q(pk__in=protected_post.letters(actor, today=today, waiting=True).order_by().values("pk"))
    waiting = Message.objects.filter(status=MessageStatus.QUEUED.value, channel__in=ON_PAPER)
    counted = _counted(
        waiting.filter(own_unit | protected_route),
        letters=(own_unit, "created_at"),
        protected_letters=(protected_route, "created_at"),
    )
    for name in ("letters_due", "protected_letters_due"):
        counted[name] = swedish_date(counted[name]) if counted[name] else None
    return counted


def readings(actor: Actor) -> Counts:
    """Count the protected persons whose readings are unusual and not reviewed, for who answers for them."""
    if not actor.holds(Permission.PROTECT_STUDENTS):
        return {}
    found = protected.unusually_read(actor)
    first = min((on for _student, on in found), default=None)
    return {"readings_to_review": len(found), "readings_to_review_due": first}


def own(actor: Person, *, today: date) -> Counts:
    """Count what waits for a person as a student; who works here and has no record of her own is asked for nothing."""
    if actor.is_staff and not people.own_records(actor.user_id).exists():
        return {}
    return own_choices(actor, today=today) | own_grades(actor)


def own_choices(actor: Actor, *, today: date) -> Counts:
    """Count a person's own applications that wait for her: unsent, on condition, called."""
    mine = Choice.objects.filter(student__user_id=_me(actor), course_start__starts_on__gte=today)
    given = Q(status__in=[ChoiceStatus.DECIDED.value, ChoiceStatus.DISTRIBUTED.value])
    called = Q(status__in=[ChoiceStatus.DISTRIBUTED.value, ChoiceStatus.PLACED.value], called_at__isnull=False)
    return _counted(
        mine,
        own_drafts=(
            Q(status=ChoiceStatus.DRAFT.value, course_start__round__apply_by__gte=today),
            "course_start__round__apply_by",
        ),
        own_conditions=(
            given & Q(outcome=Outcome.ON_CONDITION.value, condition__status=ConditionStatus.OPEN.value),
            "course_start__starts_on",
        ),
        own_called=(called, "course_start__starts_on"),
    )


def own_grades(actor: Actor) -> Counts:
    """Count a person's own grades that are locked and on their way to the municipality."""
    mine = Grade.objects.filter(enrolment__student__user_id=_me(actor), status=GradeStatus.LOCKED.value)
    return _counted(mine, own_grades=(Q(), "grade_date"))
