"""Readings that are written in the log: a case opened, a protected applicant shown."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions.models import Choice
from kursvis.admissions.services.path import record
from kursvis.people import services as people


@transaction.atomic
def opened(*, choice: Choice, by: Actor, now: datetime) -> None:
    """Write that a case was opened. A protected applicant stands there as alias; `applicant_opened` shows more."""
    record(choice, "choice.opened", by=by, now=now)


@transaction.atomic
def applicant_opened(*, choice: Choice, reason: str, by: Actor, now: datetime) -> Choice:
    """Open a protected applicant's details in a case. Raises `Refused` for all but a named reader who says why."""
    people.opened(student=choice.student, reason=reason, by=by, now=now)
    return choice
