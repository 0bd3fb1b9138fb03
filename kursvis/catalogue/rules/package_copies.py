"""A package with the levels of Gy25 in place of the courses of Gy11 that nobody may begin any more (rules.md 4.20)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kursvis.catalogue.rules.packages import Places
from kursvis.core.reasons import Reason


class Fate(StrEnum):
    """What becomes of one course of a package in its copy."""

    KEPT = "kept"
    REPLACED = "replaced"
    WITHOUT_LEVEL = "without_level"
    LEVEL_HAS_ENDED = "level_has_ended"
    ALREADY_THERE = "already_there"


@dataclass(frozen=True)
class CopiedCourse:
    """A course of a package, what becomes of it, and the code that stands in the copy, if any."""

    code: str
    fate: Fate
    becomes: str | None = None


CopiedPlaces = tuple[tuple[CopiedCourse, ...], ...]


def copied(
    places: Places, *, ended: Collection[str], levels: Mapping[str, str], ended_levels: Collection[str]
) -> CopiedPlaces:
    """Return, place by place, what becomes of each course: kept, replaced by its level, or left out and why.

    A level stands once in a copy: where two courses have the same one, or the package has it already, it is left out.
    """
    there = {code for codes in places for code in codes if code not in ended}
    return tuple(tuple(_copied(code, ended, levels, ended_levels, there) for code in codes) for codes in places)


def _copied(
    code: str, ended: Collection[str], levels: Mapping[str, str], ended_levels: Collection[str], there: set[str]
) -> CopiedCourse:
    if code not in ended:
        return CopiedCourse(code, Fate.KEPT, code)
    level = levels.get(code)
    if level is None:
        return CopiedCourse(code, Fate.WITHOUT_LEVEL)
    if level in ended_levels:
        return CopiedCourse(code, Fate.LEVEL_HAS_ENDED)
    if level in there:
        return CopiedCourse(code, Fate.ALREADY_THERE)
    there.add(level)
    return CopiedCourse(code, Fate.REPLACED, level)


def places_of_copy(courses: CopiedPlaces) -> Places:
    """Return the places of the copy; a place of which nothing is left is none."""
    kept = (tuple(course.becomes for course in place if course.becomes) for place in courses)
    return tuple(codes for codes in kept if codes)


def against_copying(courses: CopiedPlaces) -> list[Reason]:
    """Return why a package cannot be copied: its courses are not known, or none of them has anything instead."""
    return [] if places_of_copy(courses) else [Reason("catalogue.package_copy_is_empty")]
