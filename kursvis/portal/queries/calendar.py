"""The coming dates of the application rounds, for the authorities that a person has to do with."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kursvis.access.actors import Person
from kursvis.catalogue.models import Round
from kursvis.people import queries as people

DATES = ("apply_by", "basis_on", "call_by", "starts_on")
DATES_FOR_STUDENTS = ("apply_by", "starts_on")


@dataclass(frozen=True)
class Day:
    """A date of one or several rounds."""

    on: date
    kind: str
    starts_on: date


def coming_days(actor: Person, *, today: date, limit: int = 8) -> list[Day]:
    """Return the next dates of the rounds, first first. Who only studies is told of application days and starts."""
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
    return sorted(days, key=lambda day: (day.on, DATES.index(day.kind), day.starts_on))[:limit]
