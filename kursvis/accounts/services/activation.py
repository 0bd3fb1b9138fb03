"""The municipality's queue: several roles activated at once, each on its own (help page R04)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts.models import Assignment
from kursvis.accounts.services.assignments import grant
from kursvis.core.reasons import Reason, Refused, refuse_if


@dataclass
class Granted:
    """How many were activated, and who was not with the reason."""

    number: int = 0
    refused: list[tuple[str, Reason]] = field(default_factory=list)


def grant_chosen(*, assignments: Iterable[Assignment], by: Actor, now: datetime, today: date) -> Granted:
    """Activate each role in its own transaction: one that may not be does not hold the others back."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    outcome = Granted()
    for assignment in assignments:
        try:
            grant(assignment=assignment, by=by, now=now, today=today)
        except Refused as refusal:
            outcome.refused.append((assignment.user.full_name, refusal.reasons[0]))
        else:
            outcome.number += 1
    return outcome
