"""Packages: courses in an order, some of which stand for each other, and what a school offers of one (rules.md 2.07).

A package is a row of places; a place holds one course, or several of which one is read. Law: 20 kap. 6 a § skollagen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from kursvis.catalogue.rules.pace import points_a_week
from kursvis.core.reasons import Reason

Places = tuple[tuple[str, ...], ...]
"""The places of a package in order, each with the codes of its course or of those that stand for each other."""


class Change(StrEnum):
    """What is done with one course of a package."""

    UP = "upp"
    DOWN = "ner"
    JOIN = "alternativ"
    SPLIT = "egen"
    REMOVE = "bort"


@dataclass(frozen=True)
class Totals:
    """The points of a package: least and most, where alternatives differ."""

    least: int
    most: int


@dataclass(frozen=True)
class PartStart:
    """A course start in a package that a school offers."""

    code: str
    school_id: int
    starts_on: date
    ends_on: date
    points: int
    is_cancelled: bool = False


def places_of(courses: Sequence[tuple[str, int]]) -> Places:
    """Return the places of courses in order, each with its alternative; those with the same (not 0) share a place."""
    found: dict[object, list[str]] = {}
    for number, (code, alternative) in enumerate(courses):
        found.setdefault(alternative or f"alone {number}", []).append(code)
    return tuple(tuple(codes) for codes in found.values())


def numbered(places: Places) -> list[tuple[str, int]]:
    """Return the courses in order, each with its alternative: the number of its place where others share it, else 0."""
    return [(code, number if len(codes) > 1 else 0) for number, codes in enumerate(places, start=1) for code in codes]


def totals(points: Sequence[Sequence[int]]) -> Totals:
    """Return the points of the places, alternatives counted once: the least and the most that they can be."""
    return Totals(sum(map(min, filter(None, points))), sum(map(max, filter(None, points))))


def with_course(places: Places, code: str) -> Places:
    """Return the places with one more course, last."""
    return (*places, (code,))


def changed(places: Places, code: str, change: Change) -> Places:
    """Return the places after a change of one course. What cannot be done (first upwards) changes nothing."""
    at = next((index for index, codes in enumerate(places) if code in codes), None)
    if at is None:
        return places
    if change in (Change.UP, Change.DOWN):
        return _swapped(places, at, at - 1 if change is Change.UP else at + 1)
    rest = tuple(other for other in places[at] if other != code)
    if change is Change.JOIN and at > 0:
        return (*places[: at - 1], (*places[at - 1], code), *((rest,) if rest else ()), *places[at + 1 :])
    if change is Change.SPLIT and rest:
        return (*places[:at], rest, (code,), *places[at + 1 :])
    if change is Change.REMOVE:
        return (*places[:at], *((rest,) if rest else ()), *places[at + 1 :])
    return places


def _swapped(places: Places, one: int, other: int) -> Places:
    if not 0 <= other < len(places):
        return places
    order = list(places)
    order[one], order[other] = order[other], order[one]
    return tuple(order)


def against_changing(*, is_national: bool) -> list[Reason]:
    """Return why a package may not be changed: a national one follows the register (rules.md 2.07)."""
    return [Reason("catalogue.package_is_national")] if is_national else []


def against_adding(places: Places, code: str, *, is_offered: bool) -> list[Reason]:
    """Return why a course cannot be put in a package: it is there, or nobody may offer it (KURSPAKET: R33)."""
    if any(code in codes for codes in places):
        return [Reason("catalogue.package_has_course", {"code": code})]
    return [] if is_offered else [Reason("catalogue.course_is_never_offered", {"code": code})]


def against_offering(places: Places, *, ended_on: date | None, today: date) -> list[Reason]:
    """Return why nobody may offer the package: it has ended, or its courses are not known."""
    if ended_on is not None and ended_on <= today:
        return [Reason("catalogue.package_has_ended", {"day": ended_on})]
    return [] if places else [Reason("catalogue.package_without_courses")]


def against_starts(places: Places, starts: Sequence[PartStart], *, school_id: int) -> list[Reason]:
    """Return what is wrong with the course starts of a package: parts, school, and dates in the package's order."""
    reasons = [Reason("catalogue.package_part_missing", {"course": codes[0]}) for codes in missing(places, starts)]
    place_of = {code: number for number, codes in enumerate(places) for code in codes}
    seen: set[int] = set()
    for start in starts:
        place = place_of.get(start.code)
        if place is None:
            reasons.append(Reason("catalogue.package_start_foreign", {"course": start.code}))
        elif place in seen:
            reasons.append(Reason("catalogue.package_part_twice", {"course": start.code}))
        else:
            seen.add(place)
        if start.school_id != school_id:
            reasons.append(Reason("catalogue.package_start_elsewhere", {"course": start.code}))
    return reasons + _against_order([start for start in starts if start.code in place_of], place_of)


def _against_order(starts: Sequence[PartStart], place_of: dict[str, int]) -> list[Reason]:
    in_order = sorted(starts, key=lambda start: place_of[start.code])
    return [
        Reason("catalogue.package_out_of_order", {"course": later.code, "before": earlier.code})
        for earlier, later in zip(in_order, in_order[1:], strict=False)
        if later.starts_on < earlier.starts_on
    ]


def missing(places: Places, starts: Collection[PartStart]) -> list[tuple[str, ...]]:
    """Return the places that no course start fills; a cancelled one fills none."""
    filled = {start.code for start in starts if not start.is_cancelled}
    return [codes for codes in places if not filled & set(codes)]


def weekly_points(starts: Collection[PartStart]) -> Fraction:
    """Return the points a week of the course starts together, from the first day to the last; 0 of none."""
    counted = [start for start in starts if not start.is_cancelled]
    if not counted:
        return Fraction(0)
    first, last = min(start.starts_on for start in counted), max(start.ends_on for start in counted)
    return points_a_week(sum(start.points for start in counted), starts_on=first, ends_on=last)
