"""The national register: what a course is, when it is valid, and what may be offered (help page R17, R18, R28, R33)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kursvis.core.reasons import Reason


class CourseKind(StrEnum):
    """What a row of the register is."""

    COURSE = "course"
    LEVEL = "level"
    NATIONAL_PART = "national_subcourse"
    LOCAL_PART = "local_subcourse"
    STUDY_PATH = "course_studypath"
    ORIENTATION = "orientation"
    INDIVIDUAL = "individual"
    KOMVUX_WORK = "komvuxarbete"
    UPPER_SECONDARY_WORK = "gymnasiearbete"
    CONTAINER = "container"
    ALIAS = "alias"


class CourseStatus(StrEnum):
    """How sure and how current a row of the register is."""

    CURRENT = "current"
    PHASING_OUT = "phasing_out"
    EXPIRED = "expired"
    UNVERIFIED = "unverified_pattern"
    LOCAL_EXAMPLE = "local_example"
    ALIAS = "alias"


@dataclass(frozen=True)
class CourseFacts:
    """What the rules need to know about a course of the register."""

    code: str
    level: str
    school_form: str
    curriculum: str
    kind: str
    searchable: bool
    valid_from: date | None = None
    valid_to: date | None = None
    cancelled_from: date | None = None


_PARTS_OUTSIDE_THE_CATALOGUE = frozenset({"GRNSVEA", "GRNSVAA"})
"""Part 1 of svenska and svenska som andraspråk on basic level is not to be found in the catalogue (help page; R17)."""
_KINDS_NEVER_OFFERED = frozenset({CourseKind.CONTAINER, CourseKind.ALIAS, CourseKind.UPPER_SECONDARY_WORK})
_STATUSES_NEVER_OFFERED = frozenset({CourseStatus.EXPIRED, CourseStatus.ALIAS, CourseStatus.LOCAL_EXAMPLE})
_WHOLE_ENDS_WITH: dict[str, str] = {CourseKind.NATIONAL_PART: "2", CourseKind.LOCAL_PART: "7"}
_HOURS_A_POINT = Decimal("0.7")
_COURSES_OF_2011 = "Gy11"
LEVELS_FROM = date(2025, 7, 1)
"""Levels of Gy25 take the place of courses for what begins from this day (rules.md 4.01)."""
COURSES_UNTIL = date(2030, 6, 30)
"""The last day to finish a course of Gy11 (rules.md 4.02)."""
MOST_ORIENTATION_POINTS = 200
"""2 kap. 15 § förordningen om vuxenutbildning (rules.md 2.04)."""
CANCELLED, REPLACED = "catalogue.course_cancelled", "catalogue.course_replaced"


def is_searchable(*, code: str, kind: str, status: str) -> bool:
    """Say whether a course stands in catalogue, offer and group pickers.

    Not: part 1 of GRNSVE and GRNSVA (R17), the package container (R33), other names of a code, old courses that
    live on in grades only, the gymnasieskola's own gymnasiearbete, and what another municipality decided for itself.
    """
    return (
        code not in _PARTS_OUTSIDE_THE_CATALOGUE
        and kind not in _KINDS_NEVER_OFFERED
        and status not in _STATUSES_NEVER_OFFERED
    )


def part_of(*, code: str, kind: str, known: Collection[str]) -> str | None:
    """Return the code of the whole that a code is a part of, if it is known: GRNSVEB of GRNSVE2, SGRHEMU of SGRHEM7.

    The levels 1a1 and 1a2 of Gy25 have no whole in the register.
    """
    ending = _WHOLE_ENDS_WITH.get(kind)
    whole = code[:-1] + ending if ending else None
    return whole if whole in known else None


def against_offering(course: CourseFacts, *, starts_on: date, ends_on: date) -> list[Reason]:
    """Return every reason why the course may not be offered with these dates.

    A course that has been replaced may be finished until its last day but not begun (rules.md 4.01, 4.02).
    """
    if not course.searchable:
        return [Reason("catalogue.course_is_never_offered", {"code": course.code})]
    reasons = []
    if course.valid_from and starts_on < course.valid_from:
        reasons.append(Reason("catalogue.course_not_valid_yet", {"code": course.code, "day": course.valid_from}))
    cancelled_from = _earliest(course, course.cancelled_from, LEVELS_FROM)
    if cancelled_from and starts_on >= cancelled_from:
        reasons.append(Reason(CANCELLED, {"code": course.code, "day": cancelled_from}))
    valid_to = _earliest(course, course.valid_to, COURSES_UNTIL)
    if valid_to and ends_on > valid_to:
        reasons.append(Reason("catalogue.course_ends_after_validity", {"code": course.code, "day": valid_to}))
    return reasons


def _earliest(course: CourseFacts, in_register: date | None, by_law: date) -> date | None:
    days = [in_register, by_law if course.curriculum == _COURSES_OF_2011 else None]
    return min(filter(None, days), default=None)


def with_level_instead(reasons: list[Reason], instead: Mapping[str, str]) -> list[Reason]:
    """Return the reasons, where a course that begins no more names the level that corresponds, if one is known."""
    return [
        Reason(REPLACED, {**reason.values, "level": instead[reason.values["code"]]})
        if reason.code == CANCELLED and reason.values["code"] in instead
        else reason
        for reason in reasons
    ]


def against_orientation_points(course: CourseFacts, *, points: int) -> list[Reason]:
    """Return what is wrong with the points of an orientation course: at most 200, set locally (rules.md 2.04)."""
    if course.kind == CourseKind.ORIENTATION and points > MOST_ORIENTATION_POINTS:
        return [Reason("catalogue.too_many_orientation_points", {"most": MOST_ORIENTATION_POINTS})]
    return []


def hours_for(points: int) -> Decimal:
    """Return the planned teaching hours: 0.7 a point, 50 points are 35 hours (R28).

    Never rounded: 0.7 times whole points has at most one decimal (25 points are 17.5 hours).
    """
    hours = points * _HOURS_A_POINT
    return Decimal(int(hours)) if hours == int(hours) else hours
