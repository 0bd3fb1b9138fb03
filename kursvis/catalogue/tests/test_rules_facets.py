from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules import facets, pace
from kursvis.catalogue.rules.facets import Facet, Wanted, read_address
from kursvis.catalogue.rules.weekly_pattern import Lesson
from kursvis.catalogue.tests.factories import make_course_start

LESSONS = st.builds(lambda day, at: Lesson(day, at, at + 45), st.integers(1, 7), st.integers(0, 1395))


def test_an_address_is_read_whatever_its_order_and_written_in_one() -> None:
    given = {"start": ["2027-01-11"], "niva": ["sfi", "gymnasial", "gymnasial", ""], "q": ["matte"], "exakt": ["ja"]}
    wanted = read_address(given)
    assert wanted == read_address(dict(reversed(given.items())) | {"niva": ["gymnasial", "sfi"]})
    assert wanted.in_address() == [
        ("q", "matte"), ("exakt", "ja"), ("niva", "gymnasial"), ("niva", "sfi"), ("start", "2027-01-11")
    ]  # fmt: skip
    assert wanted.without(Facet.LEVEL, "sfi").of(Facet.LEVEL) == {"gymnasial"}
    assert wanted.without(Facet.LEVEL).without(Facet.DAY).asking("") == Wanted()
    assert wanted.without(Facet.DAY).choosing(Facet.DAY, "2027-01-11") == wanted


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 10_000, " ", "a\u030a"])
def test_no_text_is_refused(text: str) -> None:
    wanted = read_address({"q": [text], "niva": [text] * 100, "kommun": [text]})
    assert len(wanted.typed) <= 100 and len(wanted.of(Facet.LEVEL)) <= 1
    assert "\0" not in wanted.typed and wanted.typed != "a\u030a"


@pytest.mark.parametrize(
    "place, shown", [("Skolgatan 4, Mälarvik", "Mälarvik"), ("Sal 4", "Sal 4"), ("", ""), ("Norr, ", "")]
)
def test_one_narrows_by_the_town_of_an_address(place: str, shown: str) -> None:
    assert facets.place_of(place) == shown


@pytest.mark.django_db
def test_the_database_computes_pace_and_times_of_day_as_the_rules() -> None:
    start = make_course_start()

    @settings(max_examples=60)
    @given(points=st.integers(1, 2000), days=st.integers(1, 400), lessons=st.lists(LESSONS, max_size=3))
    def agrees(points: int, days: int, lessons: list[Lesson]) -> None:
        dates: dict[str, Any] = {"starts_on": date(2027, 1, 11), "ends_on": date(2027, 1, 11) + timedelta(days=days)}
        CourseStart.objects.filter(pk=start.pk).update(points=points, weekly_pattern=tuple(lessons), **dates)
        start.refresh_from_db()
        assert start.pace == pace.pace(points, **dates)
        assert start.times_of_day == facets.time_bits(tuple(lessons))

    agrees()
