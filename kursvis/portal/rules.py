"""How urgent something is to do, and what the search finds."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kursvis.organisation.rules.settings import Setting, Values, day_of_year

WARN_DAYS = 7


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


def catalogue_due(ends_on: date, values: Values) -> date:
    """Return the last day for a catalogue to be in, as the municipality has decided (help page, R53).

    It is due some days after the end of the course; that of a course which ends no later than the last day of spring,
    on that day at the latest.
    """
    due = ends_on + timedelta(days=values[Setting.CATALOGUE_DAYS])
    last = day_of_year(values[Setting.CATALOGUE_LAST_DAY], year=ends_on.year)
    return min(due, last) if ends_on <= last else due


class SearchKind(StrEnum):
    """What a section of the search's result holds."""

    PERSONS = "persons"
    APPLICATIONS = "applications"
    GROUPS = "groups"
    COURSE_STARTS = "course_starts"
    STAFF = "staff"
