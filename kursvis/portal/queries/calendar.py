"""The coming dates of the application rounds that a person has to do with, and the ends of a teacher's courses."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from kursvis.access.actors import Person
from kursvis.access.rules import Permission
from kursvis.catalogue.models import Round
from kursvis.people import queries as people
from kursvis.studies.models import Group

DATES = ("apply_by", "basis_on", "call_by", "starts_on")
KINDS = (*DATES, "ends_on")
DATES_FOR_STUDENTS = ("apply_by", "starts_on")


@dataclass(frozen=True)
class Day:
    """A date of one or several rounds, or the last day of a group that is to be graded."""

    on: date
    kind: str
    starts_on: date
    group: UUID | None = None
    name: str = ""


def coming_days(actor: Person, *, today: date, limit: int = 8) -> list[Day]:
    """Return the next dates of the rounds and of the groups that she grades, first first.

    Who only studies is told of application days and starts.
    """
    authorities = {held.authority_id for held in actor.held}
    own = people.own_records(actor.user_id).order_by().values("authority_id")
    rounds = Round.objects.filter(
        Q(period__authority_id__in=authorities) | Q(period__authority_id__in=own), starts_on__gte=today
    )
    kinds = DATES if actor.is_staff else DATES_FOR_STUDENTS
    days = {
        Day(getattr(row, kind), kind, row.starts_on)
        for row in rounds.order_by("starts_on")[: limit * 2]
        for kind in kinds
        if getattr(row, kind) >= today
    }
    days |= set(_ends(actor, today, limit))
    return sorted(days, key=lambda day: (day.on, KINDS.index(day.kind), day.starts_on, day.name))[:limit]


def _ends(actor: Person, today: date, limit: int) -> list[Day]:
    schools = actor.schools(Permission.GRADE)
    if not schools:
        return []
    own = Group.objects.filter(teachers__user_id=actor.user_id or 0, school_id__in=schools, ends_on__gte=today)
    rows = own.order_by("ends_on", "name_key")[:limit]
    return [Day(row.ends_on, "ends_on", row.starts_on, row.uuid, row.name) for row in rows]
