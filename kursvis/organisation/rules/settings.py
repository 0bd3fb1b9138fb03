"""Deadlines and limits that a municipality decides, each dated: a value counts from a day until the next one does.

What the law or the help page gives is the value from the beginning, so that nothing must be set before the first day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason


class Setting(StrEnum):
    """One thing that is decided."""

    CALL_DAYS = "call_days"
    GRADES_AHEAD_DAYS = "grades_ahead_days"
    CATALOGUE_DAYS = "catalogue_days"
    CATALOGUE_LAST_DAY = "catalogue_last_day"
    ASSIGNMENT_ENDS_DAYS = "assignment_ends_days"
    REMINDER_DAYS = "reminder_days"
    LAST_REMINDER_DAYS = "last_reminder_days"
    FAILED_ATTEMPTS = "failed_attempts"
    INACTIVE_DAYS = "inactive_days"
    IDLE_MINUTES = "idle_minutes"
    INVITATION_DAYS = "invitation_days"
    RESET_MINUTES = "reset_minutes"


class Group(StrEnum):
    """Where a setting is shown."""

    DEADLINES = "deadlines"
    LIMITS = "limits"


class Unit(StrEnum):
    """What a value counts. A day of the year is written MM-DD and kept as MMDD: 16 June is 616."""

    DAYS = "days"
    MINUTES = "minutes"
    ATTEMPTS = "attempts"
    DAY_OF_YEAR = "day_of_year"


@dataclass(frozen=True)
class Kind:
    """What a setting counts, its value from the beginning, and how far it may be moved."""

    group: Group
    unit: Unit
    default: int
    least: int
    most: int


D, L = Group.DEADLINES, Group.LIMITS
KINDS: dict[Setting, Kind] = {
    Setting.CALL_DAYS: Kind(D, Unit.DAYS, 14, 1, 90),
    Setting.GRADES_AHEAD_DAYS: Kind(D, Unit.DAYS, 14, 1, 90),
    Setting.CATALOGUE_DAYS: Kind(D, Unit.DAYS, 14, 1, 60),
    Setting.CATALOGUE_LAST_DAY: Kind(D, Unit.DAY_OF_YEAR, 616, 101, 1231),
    Setting.ASSIGNMENT_ENDS_DAYS: Kind(D, Unit.DAYS, 30, 1, 120),
    Setting.REMINDER_DAYS: Kind(D, Unit.DAYS, 14, 1, 60),
    Setting.LAST_REMINDER_DAYS: Kind(D, Unit.DAYS, 3, 1, 30),
    Setting.FAILED_ATTEMPTS: Kind(L, Unit.ATTEMPTS, 5, 3, 20),
    Setting.INACTIVE_DAYS: Kind(L, Unit.DAYS, 90, 14, 730),
    Setting.IDLE_MINUTES: Kind(L, Unit.MINUTES, 30, 5, 240),
    Setting.INVITATION_DAYS: Kind(L, Unit.DAYS, 14, 1, 60),
    Setting.RESET_MINUTES: Kind(L, Unit.MINUTES, 60, 10, 1440),
}
"""Help page: a call two weeks before (R23), catalogues in by 16 June (R53); rules.md 3.24: ten working days."""

Values = Mapping[Setting, int]
DEFAULTS: Values = {setting: kind.default for setting, kind in KINDS.items()}


def values_on(rows: Iterable[tuple[Setting, int, date]], *, day: date) -> Values:
    """Return what counts on a day, of (setting, value, first day): the latest that has begun, else the default."""
    begun = sorted((row for row in rows if row[2] <= day), key=lambda row: row[2])
    return {**DEFAULTS, **{setting: value for setting, value, _first in begun}}


def strictest(values: Iterable[Values], setting: Setting) -> int:
    """Return the least value among several municipalities', or the default where there is none."""
    return min((found[setting] for found in values), default=KINDS[setting].default)


def day_of_year(value: int, *, year: int) -> date:
    """Return the date that a MMDD value means in a year. 29 February is 1 March where there is none."""
    try:
        return date(year, value // 100, value % 100)
    except ValueError:
        return date(year, 3, 1)


def against_value(setting: Setting, value: int) -> list[Reason]:
    """Return what is wrong with a value: outside its limits, or no day of the year."""
    kind = KINDS[setting]
    if kind.unit is Unit.DAY_OF_YEAR:
        try:
            date(2024, value // 100, value % 100)
        except ValueError:
            return [Reason("organisation.not_a_day_of_the_year")]
        return []
    if not kind.least <= value <= kind.most:
        return [Reason("organisation.setting_outside_limits", {"least": kind.least, "most": kind.most})]
    return []


def against_first_day(starts_on: date, *, today: date) -> list[Reason]:
    """Return why a value may not count from a day: what has been is not changed."""
    return [] if starts_on >= today else [Reason("organisation.setting_in_the_past")]


def against_taking_back(starts_on: date, *, today: date) -> list[Reason]:
    """Return why a value may not be taken back: it counts already, or has counted."""
    return [] if starts_on > today else [Reason("organisation.setting_has_begun", {"day": starts_on})]


def written(setting: Setting, value: int) -> str:
    """Return a value as people write it: a number, or a day of the year as MM-DD."""
    if KINDS[setting].unit is Unit.DAY_OF_YEAR:
        return f"{value // 100:02d}-{value % 100:02d}"
    return str(value)


def read_day_of_year(text: str) -> int:
    """Return a day that was typed as MM-DD as MMDD; 0, which is no day, for what cannot be read."""
    month, _sign, day = text.strip().partition("-")
    return int(month) * 100 + int(day) if month.isdecimal() and day.isdecimal() and len(day) <= 2 else 0
