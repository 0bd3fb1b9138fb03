"""Packages by property: places, changes, totals, and the order of a school's starts."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules import packages as rules
from kursvis.catalogue.rules.packages import Change, PartStart, Places, Totals

CODES = st.lists(st.sampled_from([f"KURS{n:02d}" for n in range(20)]), unique=True, min_size=1, max_size=10)
AUGUST = date(2027, 8, 16)


@st.composite
def places(draw: Any) -> Places:
    codes, found = draw(CODES), []
    while codes:
        size = draw(st.integers(1, min(3, len(codes))))
        found.append(tuple(codes[:size]))
        codes = codes[size:]
    return tuple(found)


def codes_of(found: Places) -> list[str]:
    return sorted(code for together in found for code in together)


@given(places())
def test_numbering_and_reading_are_each_others_inverse(found: Places) -> None:
    assert rules.places_of(rules.numbered(found)) == found


@given(places(), st.lists(st.tuples(st.integers(0, 30), st.sampled_from(Change)), max_size=15))
def test_no_change_loses_or_doubles_a_course(found: Places, steps: list[tuple[int, Change]]) -> None:
    for number, change in steps:
        codes = codes_of(found)
        if not codes:
            return
        code = codes[number % len(codes)]
        after = rules.changed(found, code, change)
        expected = [other for other in codes if other != code] if change is Change.REMOVE else codes
        assert codes_of(after) == expected and all(after)
        if change in (Change.UP, Change.DOWN):
            assert sorted(after) == sorted(found)
        found = after


@given(places(), st.data())
def test_up_and_down_take_each_other_back(found: Places, data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(codes_of(found)))
    up = rules.changed(found, code, Change.UP)
    assert up == found if code in found[0] else rules.changed(up, code, Change.DOWN) == found
    assert rules.changed(found, "FINNSINTE", Change.REMOVE) == found


@given(st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=3), max_size=8))
def test_alternatives_are_counted_once(points: list[list[int]]) -> None:
    found = rules.totals(points)
    assert found.least <= found.most <= sum(map(sum, points))
    if all(len(set(together)) == 1 for together in points):
        assert found.least == found.most == sum(together[0] for together in points)
    assert rules.totals([*points, [100, 100]]) == Totals(found.least + 100, found.most + 100)


def _starts(found: Places, days: list[int]) -> list[PartStart]:
    return [
        PartStart(codes[0], 1, AUGUST + timedelta(days=day), AUGUST + timedelta(days=day + 67), 100)
        for codes, day in zip(found, days, strict=False)
    ]


@given(places(), st.lists(st.integers(0, 300), min_size=10, max_size=10))
def test_dates_follow_the_packages_order(found: Places, days: list[int]) -> None:
    starts = _starts(found, days)
    reasons = rules.against_starts(found, starts, school_id=1)
    used = days[: len(found)]
    assert bool(reasons) == (used != sorted(used))
    assert {reason.code for reason in reasons} <= {"catalogue.package_out_of_order"}
    assert not rules.against_starts(found, _starts(found, sorted(days)), school_id=1)


@given(places(), st.data())
def test_every_part_or_one_of_its_alternatives_is_there_and_all_at_the_same_school(
    found: Places, data: st.DataObject
) -> None:
    starts = _starts(found, list(range(10)))
    gone = data.draw(st.integers(0, len(starts) - 1))
    left = starts[:gone] + starts[gone + 1 :]
    assert rules.missing(found, left) == [found[gone]]
    assert "catalogue.package_part_missing" in {r.code for r in rules.against_starts(found, left, school_id=1)}
    other = PartStart(found[gone][-1], 1, starts[gone].starts_on, starts[gone].ends_on, 100)
    assert not rules.against_starts(found, [*left, other], school_id=1), "an alternative does as well"
    elsewhere = {r.code for r in rules.against_starts(found, starts, school_id=2)}
    assert elsewhere == {"catalogue.package_start_elsewhere"}
    twice = {r.code for r in rules.against_starts(found, [*starts, other], school_id=1)}
    assert "catalogue.package_part_twice" in twice
    foreign = PartStart("ANNAT", 1, AUGUST, AUGUST, 50)
    assert {r.code for r in rules.against_starts(found, [*starts, foreign], school_id=1)} == {
        "catalogue.package_start_foreign"
    }


def test_points_a_week_from_the_first_day_to_the_last() -> None:
    one = PartStart("A", 1, AUGUST, AUGUST + timedelta(days=69), 100)
    two = PartStart("B", 1, AUGUST + timedelta(days=70), AUGUST + timedelta(days=139), 200)
    cancelled = PartStart("C", 1, AUGUST, AUGUST + timedelta(days=900), 500, is_cancelled=True)
    assert rules.weekly_points([one, two, cancelled]) == Fraction(300, 20)
    assert rules.weekly_points([cancelled]) == 0


def test_what_is_offered_and_put_in() -> None:
    assert [r.code for r in rules.against_offering((), ended_on=None, today=AUGUST)] == [
        "catalogue.package_without_courses"
    ]
    assert not rules.against_offering((("A",),), ended_on=AUGUST + timedelta(days=1), today=AUGUST)
    assert rules.against_offering((("A",),), ended_on=AUGUST, today=AUGUST)
    assert [r.code for r in rules.against_adding((("A",),), "A", is_offered=True)] == ["catalogue.package_has_course"]
    assert [r.code for r in rules.against_adding((), "KURSPAKET", is_offered=False)] == [
        "catalogue.course_is_never_offered"
    ]
    assert rules.against_changing(is_national=True) and not rules.against_changing(is_national=False)
