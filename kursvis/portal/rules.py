"""How urgent something is to do."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WARN_DAYS = 7
GRADES_AHEAD = timedelta(days=14)
"""A teacher is told of the grades to set when a course ends within two weeks."""
CATALOGUE_AFTER_END = timedelta(days=14)
"""Grades stand in a catalogue within ten working days from the end of the course (rules.md 3.24)."""


class Tone(StrEnum):
    """How a due date looks."""

    BAD = "bad"
    WARN = "warn"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Urgency:
    """How a due date looks, and how many days are left; None where nothing is due on a day."""

    tone: Tone
    days: int | None


def urgency(due: date | None, *, today: date) -> Urgency:
    """Return how urgent a due date is: late, today and tomorrow are bad, the coming week warns."""
    if due is None:
        return Urgency(Tone.NEUTRAL, None)
    days = (due - today).days
    if days <= 1:
        return Urgency(Tone.BAD, days)
    return Urgency(Tone.WARN if days <= WARN_DAYS else Tone.NEUTRAL, days)
