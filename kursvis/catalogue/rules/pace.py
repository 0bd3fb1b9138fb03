"""How fast one studies: points a week, and what they are of full time (20 points a week: 2 kap. 2 § VUXF)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

FULL_TIME = 20
"""Points a week at full time."""
EXTENTS = {Fraction(20): 100, Fraction(15): 75, Fraction(10): 50}
"""CSN's limits: the points a week from which study aid is given, and for how many per cent of full time."""
PACES = (25, 50, 75, 100)
"""The paces that an applicant narrows a search by, in per cent of full time."""


def weeks_of(*, starts_on: date, ends_on: date) -> int:
    """Return how many weeks a course lasts, both days included: to the nearest whole week, one at least.

    Monday to Friday ten weeks later is ten weeks, and so is Monday to Monday: holidays and odd days change no pace.
    """
    days = (ends_on - starts_on).days + 1
    return max(1, (2 * days + 7) // 14)


def points_a_week(points: int, *, starts_on: date, ends_on: date) -> Fraction:
    """Return a course's points a week, exactly, so that those of several courses can be added."""
    return Fraction(points, weeks_of(starts_on=starts_on, ends_on=ends_on))


def extent(a_week: Fraction) -> int:
    """Return the extent that CSN gives study aid for at so many points a week: 100, 75 or 50 %, or 0 below half time.

    Between two limits the lower one counts. More than full time is full time.
    """
    return next((share for limit, share in EXTENTS.items() if a_week >= limit), 0)


def percent(a_week: Fraction) -> int:
    """Return what so many points a week are of full time, in whole per cent; what is not quite full time is 99."""
    return int(a_week * 100 / FULL_TIME)


def shown(a_week: Fraction) -> Decimal:
    """Return points a week as people read them, with one decimal: 9.96 is not yet the ten that CSN asks for."""
    return Decimal(int(a_week * 10)) / 10


def pace(points: int, *, starts_on: date, ends_on: date) -> int:
    """Return the one of `PACES` that is nearest to a course's pace; the slower where two are as near."""
    of_full_time = points_a_week(points, starts_on=starts_on, ends_on=ends_on) * 100 / FULL_TIME
    return min(PACES, key=lambda near: (abs(of_full_time - near), near))
