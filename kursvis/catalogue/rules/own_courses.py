"""What a municipality decides for itself: local parts of a course or level, individual courses (rules.md 2.02–2.05).

Parts: 2 kap. 4 § förordningen om vuxenutbildning. Individual courses: 2 kap. 7, 10 and 16 §§.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from itertools import count

from kursvis.catalogue.rules.register import CourseFacts, CourseKind
from kursvis.core.reasons import Reason

_DIVIDED: dict[str, Collection[str]] = {
    "VUXGR": frozenset({CourseKind.COURSE}),
    "VUXGRAN": frozenset({CourseKind.COURSE}),
    "VUXGY": frozenset({CourseKind.LEVEL}),
    "VUXGYAN": frozenset({CourseKind.COURSE, CourseKind.LEVEL}),
}
"""What may be divided in each part of komvux: whole courses on basic level, levels (delnivåer) at upper secondary."""
_SHAPE = re.compile(r"[0-9A-ZÅÄÖa-zåäö]{3,20}")
_ENDINGS = "UVXYZTSRQP"
"""How municipalities mark their own parts: the last digit of the whole becomes U, V, X …"""
INDIVIDUAL = "INDIV"
LEVELS = {
    "VUXGR": "grundläggande",
    "VUXGY": "gymnasial",
    "VUXGRAN": "anpassad grundläggande",
    "VUXGYAN": "anpassad gymnasial",
}
"""The parts of komvux that have individual courses, and what the register calls each one's level."""


def against_dividing(whole: CourseFacts, *, has_national_parts: bool, today: date) -> list[Reason]:
    """Return why nobody may divide the course: on basic level national parts go before local ones (rules.md 2.03)."""
    if not whole.searchable or whole.kind not in _DIVIDED.get(whole.school_form, ()):
        return [Reason("catalogue.course_is_not_divided", {"code": whole.code})]
    if whole.cancelled_from and whole.cancelled_from <= today:
        return [Reason("catalogue.course_cancelled", {"code": whole.code, "day": whole.cancelled_from})]
    if has_national_parts:
        return [Reason("catalogue.has_national_parts", {"code": whole.code})]
    return []


def against_parts_points(*, points: int, of_whole: int | None, of_others: int) -> list[Reason]:
    """Return what is wrong with a part's points: together the parts have at most what the whole has."""
    if points <= 0:
        return [Reason("catalogue.own_course_needs_points")]
    left = (of_whole or 0) - of_others
    if points > left:
        return [Reason("catalogue.parts_exceed_whole", {"points": of_whole or 0, "left": max(left, 0)})]
    return []


def against_naming(*, code: str, name: str, taken: bool) -> list[Reason]:
    """Return what is wrong with the code and the name of a course of the municipality's own."""
    reasons = []
    if not name.strip():
        reasons.append(Reason("catalogue.own_course_needs_name"))
    if not _SHAPE.fullmatch(code):
        reasons.append(Reason("catalogue.course_code_shape"))
    if taken:
        reasons.append(Reason("catalogue.course_code_taken", {"code": code}))
    return reasons


def against_individual(*, points: int) -> list[Reason]:
    """Return what is wrong with an individual course: its points are decided by the municipality's principal."""
    return [] if points > 0 else [Reason("catalogue.own_course_needs_points")]


def against_ending(*, last_day: date | None, was: date | None, today: date) -> list[Reason]:
    """Return why a course of one's own can not have this last day: what has ended, or has been, stays as it was."""
    if last_day == was:
        return []
    if was is not None and was < today:
        return [Reason("catalogue.own_course_has_ended", {"day": was})]
    if last_day is not None and last_day < today:
        return [Reason("catalogue.own_course_last_day_has_passed")]
    return []


def suggested_part_code(whole: str, *, taken: Collection[str]) -> str:
    """Return a code for a new part: GRNBIO2 gives GRNBIOU, GRNBIOV …; a level keeps its code before the letter."""
    stem = whole[:-1] if whole[-1:].isdigit() else whole
    return next(code for code in _numbered(stem) if code not in taken)


def suggested_individual_code(*, taken: Collection[str]) -> str:
    """Return a code for a new individual course: INDIV01, INDIV02 …"""
    return next(code for number in count(1) if (code := f"{INDIVIDUAL}{number:02d}") not in taken)


def _numbered(stem: str) -> Iterator[str]:
    yield from (f"{stem}{ending}" for ending in _ENDINGS)
    yield from (f"{stem}U{number}" for number in count(1))
