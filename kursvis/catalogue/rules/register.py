"""The national register: what a course is, when it is valid, and what may be offered (help page R17, R18, R28, R33)."""

from collections.abc import Collection
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
    if course.cancelled_from and starts_on >= course.cancelled_from:
        reasons.append(Reason("catalogue.course_cancelled", {"code": course.code, "day": course.cancelled_from}))
    if course.valid_to and ends_on > course.valid_to:
        reasons.append(Reason("catalogue.course_ends_after_validity", {"code": course.code, "day": course.valid_to}))
    return reasons


def hours_for(points: int) -> Decimal:
    """Return the planned teaching hours: 0.7 a point, 50 points are 35 hours (R28).

    Never rounded: 0.7 times whole points has at most one decimal (25 points are 17.5 hours).
    """
    hours = points * _HOURS_A_POINT
    return Decimal(int(hours)) if hours == int(hours) else hours
