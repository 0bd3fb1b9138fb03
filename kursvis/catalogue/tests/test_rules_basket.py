"""What courses chosen together mean: each answer against one that is counted day by day, in another way."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules import basket as rules
from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.basket import Before, Planned
from kursvis.catalogue.rules.weekly_pattern import Lesson

MONDAY = date(2026, 8, 17)
_days = st.dates(date(2026, 7, 1), date(2027, 3, 1))
_lessons = st.builds(
    lambda day, starts, length: Lesson(day, starts, starts + length),
    st.integers(1, 7),
    st.integers(8 * 60, 20 * 60),
    st.integers(30, 180),
)


@st.composite
def _courses(draw: st.DrawFn) -> Planned:
    starts_on, length = draw(_days), draw(st.integers(1, 150))
    return Planned(
        key=UUID(int=draw(st.integers(0, 2**128 - 1))),
        course=draw(st.integers(1, 4)),
        name="Prov",
        points=draw(st.sampled_from([50, 100, 150, 200])),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=length),
        pattern=tuple(draw(st.lists(_lessons, max_size=3))),
        level=draw(st.sampled_from(["gymnasial", "sfi"])),
    )


_baskets = st.lists(_courses(), max_size=5)


def _planned(points: int = 100, starts_on: date = MONDAY, weeks: int = 10, **given_: object) -> Planned:
    ends_on = starts_on + timedelta(weeks=weeks, days=-3)
    values = {"key": uuid4(), "course": 1, "name": "Matematik"} | given_
    return Planned(points=points, starts_on=starts_on, ends_on=ends_on, **values)  # type: ignore[arg-type]


def _days_of(course: Planned) -> list[date]:
    return [course.starts_on + timedelta(days=n) for n in range((course.ends_on - course.starts_on).days + 1)]


@given(_baskets)
def test_a_weeks_points_are_those_of_the_courses_that_have_most_of_its_working_days(basket: list[Planned]) -> None:
    expected: Counter[tuple[int, int]] = Counter()
    for course in basket:
        days = Counter(day.isocalendar()[:2] for day in _days_of(course) if day.isoweekday() <= 5)
        counted = [week for week, number in days.items() if number >= 3]
        if not counted:
            weeks = [day.isocalendar()[:2] for day in _days_of(course)]
            counted = [max(dict.fromkeys(weeks), key=lambda week, days=days: days[week])]  # type: ignore[misc]
        for week in counted:
            expected[week] += Fraction(course.points, pace.weeks_of(starts_on=course.starts_on, ends_on=course.ends_on))
    by_week = rules.weeks(basket)
    assert {week.first.isocalendar()[:2]: week.points for week in by_week if week.points} == dict(expected)
    assert [week.first for week in by_week[1:]] == [week.last + timedelta(days=1) for week in by_week[:-1]]
    assert all(week.first.isoweekday() == 1 and week.for_aid <= week.points for week in by_week)


@given(_baskets)
def test_the_spans_are_the_weeks_and_no_two_beside_each_other_are_alike(basket: list[Planned]) -> None:
    by_week = rules.weeks(basket)
    spans = rules.spans(by_week)
    again = [span for span in spans for _ in range(((span.last - span.first).days + 1) // 7)]
    assert [(week.points, week.for_aid) for week in by_week] == [(span.points, span.for_aid) for span in again]
    pairs = zip(spans, spans[1:], strict=False)
    assert all((one.points, one.for_aid) != (other.points, other.for_aid) for one, other in pairs)


@given(_days, st.integers(7, 150), st.integers(7, 150))
def test_one_course_after_another_never_counts_in_the_same_week(day: date, one: int, other: int) -> None:
    first = rules.weeks_counted(starts_on=day, ends_on=day + timedelta(days=one - 1))
    second = rules.weeks_counted(starts_on=day + timedelta(days=one), ends_on=day + timedelta(days=one + other))
    assert not set(first) & set(second)


@given(_baskets)
def test_clashes_are_the_days_on_which_both_have_a_lesson_at_the_same_time(basket: list[Planned]) -> None:
    found = rules.all_clashes(basket)
    told = {(c.one, c.other, c.lessons, day) for c in found for day in (c.first, c.last)}
    for place, one in enumerate(basket):
        for other in basket[place + 1 :]:
            shared = set(_days_of(one)) & set(_days_of(other))
            for a in one.pattern:
                for b in other.pattern:
                    meets = a.day == b.day and set(range(a.starts, a.ends)) & set(range(b.starts, b.ends))
                    days = [day for day in shared if day.isoweekday() == a.day] if meets else []
                    days = [] if one.course == other.course else days
                    assert {t[3] for t in told if t[:3] == (one, other, (a, b))} == {
                        *([min(days), max(days)] if days else [])
                    }
    turned = rules.all_clashes(basket[::-1])
    assert {(c.other, c.one, c.lessons[::-1], c.first, c.last) for c in turned} == {
        (c.one, c.other, c.lessons, c.first, c.last) for c in found
    }


def test_two_courses_at_once_are_full_time_and_then_half() -> None:
    spans = rules.spans(rules.weeks([_planned(), _planned(200, weeks=20, course=2)]))
    assert [(s.first, s.shown, s.extent, s.is_too_much) for s in spans] == [
        (MONDAY, 20, 100, False),
        (MONDAY + timedelta(weeks=10), 10, 50, False),
    ]


@pytest.mark.parametrize(("points", "extent", "is_too_much"), [(400, 100, True), (160, 75, False), (90, 0, False)])
def test_the_pace_of_one_course_in_ten_weeks(points: int, extent: int, is_too_much: bool) -> None:
    (span,) = rules.spans(rules.weeks([_planned(points)]))
    assert (span.extent, span.is_too_much, span.percent) == (extent, is_too_much, points // 2)


def test_sfi_is_studied_but_gives_no_study_aid() -> None:
    (span,) = rules.spans(rules.weeks([_planned(), _planned(course=2, level="sfi")]))
    assert (span.points, span.extent, span.lacks_aid) == (20, 50, True)


def test_what_is_nearly_half_time_is_not_shown_as_half_time() -> None:
    (span,) = rules.spans(rules.weeks([_planned(199, weeks=20)]))
    assert (str(span.shown), span.extent) == ("9.9", 0)


@pytest.mark.parametrize(
    ("later", "alternatives", "answer"),
    [
        (timedelta(weeks=10), [frozenset({1})], Before.MET),
        (timedelta(weeks=9), [frozenset({1})], Before.TOO_LATE),
        (timedelta(weeks=10), [frozenset({1, 3}), frozenset()], Before.NOT_HERE),
        (timedelta(weeks=10), [frozenset({3}), frozenset({1})], Before.MET),
    ],
)
def test_what_a_course_builds_on(later: timedelta, alternatives: list[frozenset[int]], answer: Before) -> None:
    course = _planned(starts_on=MONDAY + later, course=2)
    assert rules.before(course, alternatives, [course, _planned()]) is answer


def test_a_course_that_is_chosen_twice_is_named_once_and_does_not_clash_with_itself() -> None:
    lesson = (Lesson(1, 9 * 60, 12 * 60),)
    basket = [_planned(pattern=lesson), _planned(pattern=lesson), _planned(course=2, name="Svenska")]
    assert rules.twice(basket) == ["Matematik"] and rules.all_clashes(basket) == []


@given(st.lists(st.uuids(), unique=True, max_size=30), st.data())
def test_a_basket_keeps_its_order_and_holds_each_once(keys: list[UUID], data: st.DataObject) -> None:
    basket = rules.added([], [*keys, *keys])
    assert basket == keys[: rules.MOST_COURSES]
    if basket:
        key = data.draw(st.sampled_from(basket))
        moved = rules.moved_up(basket, key)
        assert sorted(moved) == sorted(basket) and moved.index(key) == max(0, basket.index(key) - 1)
    assert rules.moved_up(basket, uuid4()) == basket
