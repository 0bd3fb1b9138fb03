"""What courses that are chosen together mean: points a week, study aid, clashes, what builds on what.

All of it is advice, and never hinders anybody from applying (design section 5, *Prerequisite*; requirement R19).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, groupby
from uuid import UUID

from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.weekly_pattern import Lesson, Pattern, clashes

MOST_COURSES = 20
"""The course starts that a basket holds."""
WITHOUT_AID = frozenset({"sfi"})
"""Levels that give no right to study aid, whatever the pace (CSN)."""
_WEEK = timedelta(weeks=1)
_MOST_OF_A_WEEK = 3
"""Working days."""


@dataclass(frozen=True)
class Planned:
    """A course start as it stands in a basket."""

    key: UUID
    course: int
    name: str
    points: int
    starts_on: date
    ends_on: date
    pattern: Pattern = ()
    level: str = ""

    @property
    def a_week(self) -> Fraction:
        """Return its points a week."""
        return pace.points_a_week(self.points, starts_on=self.starts_on, ends_on=self.ends_on)

    @property
    def shown(self) -> Decimal:
        """Return its points a week as people read them."""
        return pace.shown(self.a_week)


@dataclass(frozen=True)
class Span:
    """Weeks after each other with the same points a week: from a Monday to a Sunday."""

    first: date
    last: date
    points: Fraction
    for_aid: Fraction

    @property
    def shown(self) -> Decimal:
        """Return the points a week as people read them."""
        return pace.shown(self.points)

    @property
    def extent(self) -> int:
        """Return the extent that CSN may give study aid for."""
        return pace.extent(self.for_aid)

    @property
    def percent(self) -> int:
        """Return the pace in per cent of full time."""
        return pace.percent(self.points)

    @property
    def is_too_much(self) -> bool:
        """Say whether it is more than full time."""
        return self.points > pace.FULL_TIME

    @property
    def lacks_aid(self) -> bool:
        """Say whether some of it gives no right to study aid, at whatever pace."""
        return self.points != self.for_aid


@dataclass(frozen=True)
class Clash:
    """Two courses that meet at the same time, every week from a day to a day."""

    one: Planned
    other: Planned
    lessons: tuple[Lesson, Lesson]
    first: date
    last: date


class Before(StrEnum):
    """Whether what a course builds on is in the basket, and in time."""

    MET = "met"
    TOO_LATE = "too_late"
    NOT_HERE = "not_here"


def added(basket: Sequence[UUID], new: Iterable[UUID]) -> list[UUID]:
    """Return the basket with the new ones last, each once; what it does not hold is left out."""
    return list(dict.fromkeys([*basket, *new]))[:MOST_COURSES]


def moved_up(basket: Sequence[UUID], key: UUID) -> list[UUID]:
    """Return the basket with one course start a place earlier; as it was when it is first, or not there."""
    place = list(basket).index(key) if key in basket else 0
    if place == 0:
        return list(basket)
    return [*basket[: place - 1], key, basket[place - 1], *basket[place + 1 :]]


def weeks_counted(*, starts_on: date, ends_on: date) -> list[date]:
    """Return the Mondays of the weeks that a course is studied in: those of which it has most working days.

    So a course that ends on a Tuesday and one that begins the day after never count in the same week. One too short for
    that counts in the week that it has most of.
    """
    mondays = [_monday(starts_on)]
    while mondays[-1] + _WEEK <= ends_on:
        mondays.append(mondays[-1] + _WEEK)
    days = {monday: _working_days(monday, starts_on, ends_on) for monday in mondays}
    return [monday for monday in mondays if days[monday] >= _MOST_OF_A_WEEK] or [max(mondays, key=days.__getitem__)]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _working_days(monday: date, starts_on: date, ends_on: date) -> int:
    friday = monday + timedelta(days=4)
    return max(0, (min(friday, ends_on) - max(monday, starts_on)).days + 1)


def weeks(courses: Sequence[Planned]) -> list[Span]:
    """Return each week from the first course to the last with its points; also those in between without any."""
    total: dict[date, Fraction] = {}
    for_aid: dict[date, Fraction] = {}
    for course in courses:
        for monday in weeks_counted(starts_on=course.starts_on, ends_on=course.ends_on):
            total[monday] = total.get(monday, Fraction(0)) + course.a_week
            if course.level not in WITHOUT_AID:
                for_aid[monday] = for_aid.get(monday, Fraction(0)) + course.a_week
    if not total:
        return []
    first, number = min(total), (max(total) - min(total)).days // 7 + 1
    mondays = [first + place * _WEEK for place in range(number)]
    none = Fraction(0)
    return [Span(m, m + timedelta(days=6), total.get(m, none), for_aid.get(m, none)) for m in mondays]


def spans(by_week: Sequence[Span]) -> list[Span]:
    """Return the weeks with those together that come after each other and are alike."""
    found = []
    for (points, for_aid), alike in groupby(by_week, key=lambda week: (week.points, week.for_aid)):
        several = list(alike)
        found.append(Span(several[0].first, several[-1].last, points, for_aid))
    return found


def all_clashes(courses: Sequence[Planned]) -> list[Clash]:
    """Return where two different courses meet at the same time on a day that both have."""
    found = []
    for one, other in combinations(courses, 2):
        if one.course == other.course:
            continue
        first, last = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
        for lessons in clashes(one.pattern, other.pattern):
            from_day = first + timedelta(days=(lessons[0].day - first.isoweekday()) % 7)
            to_day = last - timedelta(days=(last.isoweekday() - lessons[0].day) % 7)
            if from_day <= to_day:
                found.append(Clash(one, other, lessons, from_day, to_day))
    return found


def twice(courses: Sequence[Planned]) -> list[str]:
    """Return the names of the courses of which there is more than one start."""
    keys = [course.course for course in courses]
    return list(dict.fromkeys(course.name for course in courses if keys.count(course.course) > 1))


def before(course: Planned, alternatives: Iterable[frozenset[int]], basket: Sequence[Planned]) -> Before:
    """Return whether the basket has what the course builds on: all of one alternative, ended when it starts.

    An alternative without any course (the register's own words) is nothing that a basket can have.
    """
    here = {other.course for other in basket}
    ended = {other.course for other in basket if other.ends_on < course.starts_on}
    courses = [alternative for alternative in alternatives if alternative]
    if any(alternative <= ended for alternative in courses):
        return Before.MET
    return Before.TOO_LATE if any(alternative <= here for alternative in courses) else Before.NOT_HERE
