"""What waits for a step that a date of a period or a round drives: who does it, at which unit, and by which day.

One description serves *Att göra*, which counts it for a person, and the reminders, which count it by unit and day.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import queries as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Outcome
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.organisation.models import School
from kursvis.organisation.queries import active_schools
from kursvis.studies.models import Group

P, S, C = Permission, CourseStartStatus, ChoiceStatus
_IS_CONTINUOUS = Q(round__period__kind=PeriodKind.CONTINUOUS.value)
_IS_OPEN = Q(outcome=Outcome.ON_CONDITION.value, condition__status=ConditionStatus.OPEN.value)


@dataclass(frozen=True)
class Waiting:
    """Something that waits: whose it is, at which unit, which rows it is on a day, and the day that they are due.

    `of` is the whole that *Att göra* tells them as a part of: twelve of thirty.
    """

    code: str
    permission: Permission
    unit: str
    rows: Callable[[date], Q]
    due: Any
    of: Callable[[date], Q] | None = None

    def units_of(self, actor: Actor) -> frozenset[int]:
        """Return the schools or the authorities where the actor does it."""
        at_school = self.unit.endswith("school_id")
        return actor.schools(self.permission) if at_school else actor.authorities(self.permission)

    def reached_by(self, actor: Actor, *, today: date) -> Q:
        """Return which rows wait for the actor."""
        return Q(**{f"{self.unit}__in": self.units_of(actor)}) & self.rows(today)

    def among(self, actor: Actor, *, today: date) -> Q:
        """Return which rows they are counted among, where there is such a whole."""
        assert self.of is not None
        return Q(**{f"{self.unit}__in": self.units_of(actor)}) & self.of(today)


def _in_state(status: CourseStartStatus, also: Q = Q()) -> Callable[[date], Q]:  # noqa: B008  (a Q is never changed)
    return lambda today: also & Q(status=status.value, starts_on__gt=today)


def _chosen(condition: Q) -> Callable[[date], Q]:
    return lambda today: condition


def _unless_continuous(field: str) -> Case:
    """Return a day of the period; in continuous admission, where it is long past, the last day to apply."""
    return Case(When(_IS_CONTINUOUS, then=F("round__apply_by")), default=F(f"round__period__{field}"))


def _entered(today: date) -> Q:
    return Q(starts_on__gt=today) & ~Q(status=S.CANCELLED.value)


def periods_without_offer(schools: Collection[int], *, today: date) -> "QuerySet[Period]":
    """Return the periods of rounds, their last day for the offer not passed, in which none of the schools has a start.

    A school without an agreement that counts or is to come is asked for nothing.
    """
    active = active_schools(School.objects.filter(pk__in=schools), today=today)
    entered = CourseStart.objects.filter(round__period=OuterRef("pk"), school_id__in=schools)
    asked = periods_to_offer_in(today=today).filter(authority_id__in=active.order_by().values("authority_id"))
    return asked.exclude(Exists(entered))


def periods_to_offer_in(*, today: date) -> "QuerySet[Period]":
    """Return the periods that have rounds, and whose last day for the schools' offer has not passed."""
    has_rounds = Exists(Round.objects.filter(period=OuterRef("pk")))
    return Period.objects.filter(has_rounds, kind=PeriodKind.ROUNDS.value, offer_by__gte=today)


_AT_SCHOOL = Q(status=C.DISTRIBUTED.value)
OFFER = (
    Waiting(
        "drafts",
        P.EDIT_OFFER,
        "school_id",
        _in_state(S.DRAFT, Q(status_reason="")),
        _unless_continuous("offer_by"),
        of=_entered,
    ),
    Waiting("sent_back", P.EDIT_OFFER, "school_id", _in_state(S.DRAFT, ~Q(status_reason="")), "round__apply_by"),
    Waiting("to_publish", P.PUBLISH_OFFER, "authority_id", _in_state(S.SUBMITTED), _unless_continuous("opens_on")),
)
CHOICES = (
    Waiting(
        "to_decide", P.DECIDE_RECEPTION, "authority_id", _chosen(admissions.TO_DECIDE), "course_start__round__basis_on"
    ),
    Waiting(
        "returned",
        P.DECIDE_RECEPTION,
        "authority_id",
        _chosen(Q(status=C.RETURNED.value)),
        "course_start__starts_on",
    ),
    Waiting(
        "to_distribute",
        P.DISTRIBUTE,
        "authority_id",
        _chosen(Q(status=C.DECIDED.value) & ~Q(outcome=Outcome.REFUSED.value)),
        "course_start__round__basis_on",
    ),
    Waiting(
        "to_call",
        P.PLACE,
        "course_start__school_id",
        lambda today: _AT_SCHOOL & Q(called_at__isnull=True, course_start__starts_on__gte=today),
        "course_start__round__call_by",
    ),
    Waiting("to_place", P.PLACE, "course_start__school_id", _chosen(_AT_SCHOOL & ~_IS_OPEN), "course_start__starts_on"),
    Waiting(
        "open_conditions", P.PLACE, "course_start__school_id", _chosen(_AT_SCHOOL & _IS_OPEN), "course_start__starts_on"
    ),
)
GROUPS = (Waiting("without_teacher", P.EDIT_GROUPS, "school_id", _chosen(Q(teachers__isnull=True)), "starts_on"),)
EVERYTHING: tuple[tuple[Any, tuple[Waiting, ...]], ...] = ((CourseStart, OFFER), (Choice, CHOICES), (Group, GROUPS))
