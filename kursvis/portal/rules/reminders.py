"""Which of a person's waiting things she is reminded of on a day (R14): before its last day, at two distances, once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kursvis.organisation.rules.settings import Setting, Values

DISTANCES = (Setting.REMINDER_DAYS, Setting.LAST_REMINDER_DAYS)


@dataclass(frozen=True)
class Due:
    """So much of a kind waits at a unit for a day: at a school, or (without one) at the municipality."""

    code: str
    authority_id: int
    school_id: int | None
    day: date
    count: int


@dataclass(frozen=True)
class Reminder:
    """What a person is reminded of: how much of a kind is left for a day, and at which distance that is told."""

    code: str
    day: date
    days_before: int
    count: int

    def key(self, receiver: object) -> str:
        """Return what tells this reminder to a receiver from every other."""
        return f"{receiver}:{self.code}:{self.day}:{self.days_before}"


def distance(day: date, *, today: date, values: Values) -> int | None:
    """Return the nearest of the municipality's distances that a day has come within, or None.

    Not only on the very day: what was entered late, or a worker that stood still, loses no reminder.
    """
    left = (day - today).days
    reached = [values[setting] for setting in DISTANCES if 0 <= left <= values[setting]]
    return min(reached, default=None)


def reminders_due(dues: Iterable[Due], *, today: date, decided: Mapping[int, Values]) -> list[Reminder]:
    """Return what to remind somebody of, of all that waits for her: one for each kind and day, nearest day first."""
    counts: dict[tuple[date, str], tuple[int, int]] = {}
    for due in dues:
        days_before = distance(due.day, today=today, values=decided[due.authority_id])
        if due.count and days_before is not None:
            before, count = counts.get((due.day, due.code), (days_before, 0))
            counts[due.day, due.code] = (min(before, days_before), count + due.count)
    return [Reminder(code, day, before, count) for (day, code), (before, count) in sorted(counts.items())]
