from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules import pace

MONDAY = date(2027, 1, 11)


@pytest.mark.parametrize(
    "points, days, weeks, a_week, extent, near",
    [
        (100, 33, 5, Fraction(20), 100, 100),
        (100, 68, 10, Fraction(10), 50, 50),
        (100, 71, 10, Fraction(10), 50, 50),
        (150, 68, 10, Fraction(15), 75, 75),
        (100, 75, 11, Fraction(100, 11), 0, 50),
        (100, 138, 20, Fraction(5), 0, 25),
        (100, 103, 15, Fraction(20, 3), 0, 25),
        (400, 68, 10, Fraction(40), 100, 100),
        (10, 1, 1, Fraction(10), 50, 50),
    ],
)
def test_points_a_week_follow_from_points_and_days(
    points: int, days: int, weeks: int, a_week: Fraction, extent: int, near: int
) -> None:
    dates = {"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=days - 1)}
    assert pace.weeks_of(**dates) == weeks
    assert pace.points_a_week(points, **dates) == a_week
    assert pace.extent(a_week) == extent
    assert pace.pace(points, **dates) == near


@pytest.mark.parametrize("a_week, extent", [("20", 100), ("19.99", 75), ("15", 75), ("14.9", 50), ("10", 50), ("9", 0)])
def test_study_aid_goes_by_the_limit_that_is_reached(a_week: str, extent: int) -> None:
    assert pace.extent(Fraction(a_week)) == extent


def test_three_courses_of_a_third_are_full_time() -> None:
    dates = {"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=15 * 7 - 3)}
    assert pace.extent(sum([pace.points_a_week(100, **dates)] * 3, Fraction(0))) == 100
    assert pace.percent(Fraction(20, 3)) == 33


@given(points=st.integers(1, 400), weeks=st.integers(1, 60), other=st.integers(0, 400), beside=st.integers(1, 60))
def test_what_is_said_of_a_pace_never_promises_more_aid_than_there_is(
    points: int, weeks: int, other: int, beside: int
) -> None:
    a_week = Fraction(points, weeks) + Fraction(other, beside)
    assert pace.extent(a_week) == next((limit for limit in (100, 75, 50) if pace.percent(a_week) >= limit), 0)
    assert pace.extent(a_week) == pace.extent(Fraction(pace.shown(a_week)))


@given(points=st.integers(1, 2000), days=st.integers(1, 400), more=st.integers(1, 200))
def test_a_longer_course_is_never_faster(points: int, days: int, more: int) -> None:
    def of(length: int) -> Fraction:
        return pace.points_a_week(points, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=length))

    assert of(days + more) <= of(days)
