"""An offer that comes in after the period's last day: with a reason, and decided of on its own (help page R13).

With continuous admission the schools enter their offer all the time, and nothing is late.
"""

from dataclasses import dataclass
from datetime import date

from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.core.reasons import Reason


@dataclass(frozen=True)
class Entry:
    """When an offer came in, and by when it should have."""

    kind: PeriodKind
    offer_by: date
    submitted_on: date | None
    """The day it first was sent to the municipality in its period; what is sent back and corrected keeps that day."""
    reason: str = ""


def days_late(entry: Entry, *, today: date) -> int:
    """Return how many days after the period's last day the offer came in, or would come in today; 0 in time.

    What came in without a reason came in in time, and stays so if the municipality moves the period's last day.
    """
    if entry.kind is PeriodKind.CONTINUOUS or (entry.submitted_on and not entry.reason.strip()):
        return 0
    return max(((entry.submitted_on or today) - entry.offer_by).days, 0)


def came_in_late(entry: Entry) -> int:
    """Return how many days late the offer came in; 0 for what came in in time, and for what never was sent in."""
    return days_late(entry, today=entry.submitted_on) if entry.submitted_on else 0


def against_entering(entry: Entry, *, today: date) -> list[Reason]:
    """Return why an offer may not be sent in today: it comes late, and nobody has said why."""
    if entry.reason.strip() or not days_late(entry, today=today):
        return []
    return [Reason("catalogue.late_reason_missing", {"day": entry.offer_by})]
