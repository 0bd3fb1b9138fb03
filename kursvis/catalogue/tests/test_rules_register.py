"""What the register says of a course: parts, validity, hours and scales."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules.register import (
    CANCELLED,
    REPLACED,
    CourseFacts,
    CourseKind,
    against_offering,
    against_orientation_points,
    hours_for,
    is_searchable,
    part_of,
    with_level_instead,
)
from kursvis.catalogue.rules.scales import DASH, NONE, scale_for

LEVEL = CourseFacts("MATE1A00X", "gymnasial", "VUXGY", "Gy25", "level", True, valid_from=date(2025, 7, 1))
OLD = CourseFacts(
    "ADMADM01", "gymnasial", "VUXGY", "Gy11", "course", True, date(2022, 7, 1), date(2030, 6, 30), date(2026, 1, 1)
)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))


@pytest.mark.parametrize(
    ("code", "kind", "status", "searchable"),
    [
        ("GRNSVEA", "national_subcourse", "current", False),
        ("GRNSVAA", "national_subcourse", "current", False),
        ("GRNSVEB", "national_subcourse", "current", True),
        ("GRNMATA", "national_subcourse", "current", True),
        ("KURSPAKET", "container", "current", False),
        ("KGYORI11A", "orientation", "current", True),
        ("SFIA", "alias", "alias", False),
        ("GYARVO25", "gymnasiearbete", "unverified_pattern", False),
        ("VÅRVÅR01", "course", "expired", False),
        ("SGRHEMU", "local_subcourse", "local_example", False),
        ("ADMADM01", "course", "phasing_out", True),
    ],
)
def test_what_stands_in_the_pickers(code: str, kind: str, status: str, searchable: bool) -> None:
    assert is_searchable(code=code, kind=kind, status=status) is searchable


@pytest.mark.parametrize(
    ("code", "kind", "whole"),
    [
        ("GRNSVEB", "national_subcourse", "GRNSVE2"),
        ("GRNMATD", "national_subcourse", None),
        ("SGRHEMU", "local_subcourse", "SGRHEM7"),
        ("HIST1A10X", "level", None),
        ("GRNSVE2", "course", None),
    ],
)
def test_part_of_a_whole(code: str, kind: str, whole: str | None) -> None:
    known = {"GRNSVEB", "GRNSVE2", "GRNMATD", "SGRHEMU", "SGRHEM7", "HIST1A10X"}
    assert part_of(code=code, kind=kind, known=known) == whole


@pytest.mark.parametrize(
    ("course", "starts_on", "ends_on", "codes"),
    [
        (LEVEL, date(2026, 9, 1), date(2026, 12, 1), []),
        (LEVEL, date(2025, 6, 30), date(2025, 12, 1), ["catalogue.course_not_valid_yet"]),
        (OLD, date(2025, 6, 30), date(2026, 6, 1), []),
        (OLD, date(2025, 7, 1), date(2026, 6, 1), ["catalogue.course_cancelled"]),
        (OLD, date(2025, 6, 1), date(2030, 7, 1), ["catalogue.course_ends_after_validity"]),
        (replace(LEVEL, searchable=False), date(2026, 9, 1), date(2026, 12, 1), ["catalogue.course_is_never_offered"]),
    ],
)
def test_offering_follows_the_validity(course: CourseFacts, starts_on: date, ends_on: date, codes: list[str]) -> None:
    assert [reason.code for reason in against_offering(course, starts_on=starts_on, ends_on=ends_on)] == codes


@given(DAYS, DAYS, st.none() | DAYS, st.none() | DAYS)
def test_a_course_of_2011_begins_and_ends_within_the_law_whatever_the_register_says(
    starts_on: date, ends_on: date, cancelled_from: date | None, valid_to: date | None
) -> None:
    old = replace(OLD, valid_from=None, cancelled_from=cancelled_from, valid_to=valid_to)
    found = {reason.code for reason in against_offering(old, starts_on=starts_on, ends_on=ends_on)}
    begins = starts_on <= date(2025, 6, 30) and (cancelled_from is None or starts_on < cancelled_from)
    ends = ends_on <= date(2030, 6, 30) and (valid_to is None or ends_on <= valid_to)
    expected = {CANCELLED: begins, "catalogue.course_ends_after_validity": ends}
    assert found == {code for code, may in expected.items() if not may}
    named = with_level_instead(against_offering(old, starts_on=starts_on, ends_on=ends_on), {"ADMADM01": "Nivå 1"})
    assert [r.values["level"] for r in named if r.code == REPLACED] == ([] if begins else ["Nivå 1"])
    assert CANCELLED not in {reason.code for reason in named} and len(named) == len(found)


@given(st.sampled_from(list(CourseKind)), st.integers(1, 2000))
def test_only_orientation_courses_have_a_limit_of_points(kind: CourseKind, points: int) -> None:
    reasons = against_orientation_points(replace(LEVEL, kind=kind), points=points)
    assert bool(reasons) == (kind is CourseKind.ORIENTATION and points > 200)


@pytest.mark.parametrize(
    ("points", "hours"), [(50, "35"), (100, "70"), (200, "140"), (25, "17.5"), (0, "0"), (1500, "1050")]
)
def test_hours(points: int, hours: str) -> None:
    assert str(hours_for(points)) == hours


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_hours_add_up(one: int, other: int) -> None:
    assert hours_for(one) + hours_for(other) == hours_for(one + other)
    assert hours_for(one) * 10 == Decimal(7 * one)


def _course(school_form: str, kind: str = "course", code: str = "X") -> CourseFacts:
    return CourseFacts(code, "", school_form, "", kind, True)


@pytest.mark.parametrize(
    ("course", "starts_on", "values"),
    [
        (_course("VUXGY", "level"), date(2026, 8, 1), "A B C D E F –"),
        (_course("VUXGY"), date(2012, 7, 1), "A B C D E F –"),
        (_course("VUXGY"), date(2012, 6, 30), "MVG VG G IG"),
        (_course("VUXGR"), date(2022, 1, 1), "G IG –"),
        (_course("VUXGR"), date(2021, 12, 31), "A B C D E F –"),
        (_course("VUXGR"), date(2012, 6, 30), "MVG VG G IG"),
        (_course("VUXSFI"), date(2026, 8, 1), "G IG –"),
        (_course("VUXSFI"), date(2015, 8, 1), "A B C D E F –"),
        (_course("VUXSFI"), date(2011, 8, 1), "VG G IG"),
        (_course("VUXGRAN", code="SGRMAT7"), date(2026, 8, 1), "G"),
        (_course("VUXGRAN", code="SGRMAT7"), date(2020, 8, 1), "A B C D E"),
        (_course("VUXGRAN", code="SGRIND7"), date(2026, 8, 1), ""),
        (_course("VUXGYAN"), date(2026, 8, 1), "A B C D E"),
        (_course("VUXGY", "komvuxarbete", "KVARVO"), date(2026, 8, 1), "E F"),
        (_course("GY", "gymnasiearbete", "GYARVO"), date(2016, 8, 1), "E F"),
        (_course("VUXGY", "orientation", "KGYORI11A"), date(2026, 8, 1), ""),
        (_course("VUXGR", "orientation", "GRNORI21A"), date(2026, 8, 1), ""),
        (_course("VUXGR", "individual", "BJORKIND1"), date(2026, 8, 1), ""),
        (_course("VUXGR", "local_subcourse", "GRNBIOU"), date(2026, 8, 1), "G IG –"),
        (_course("VUXGY", "local_subcourse", "MATE1A00XU"), date(2026, 8, 1), "A B C D E F –"),
        (_course("VUXGRAN", "local_subcourse", "SGRMATU"), date(2026, 8, 1), "G"),
        (_course("VUXGY", "container", "KURSPAKET"), date(2026, 8, 1), ""),
    ],
)
def test_scale_by_part_and_start(course: CourseFacts, starts_on: date, values: str) -> None:
    assert scale_for(course, starts_on).values == tuple(values.split())


@given(st.sampled_from(["VUXGY", "VUXGR", "VUXSFI", "VUXGRAN", "VUXGYAN", "GY"]), DAYS)
def test_every_scale_is_sound(school_form: str, day: date) -> None:
    scale = scale_for(_course(school_form), day)
    assert scale.passing < {*scale.values, "never"}
    assert not scale.passing & {DASH, "F", "IG"}
    assert DASH not in scale.without_dash().values and set(scale.values) - {DASH} == set(scale.without_dash().values)


@given(DAYS, st.integers(1, 400))
def test_the_scale_is_that_of_the_start_not_of_later_days(day: date, later: int) -> None:
    course = _course("VUXGR")
    before, after = scale_for(course, day), scale_for(course, day + timedelta(days=later))
    assert before == after or {before.label, after.label} != {before.label}


def test_orientation_has_no_scale() -> None:
    course = _course("VUXGY", "orientation", "KGYORI11B")
    assert scale_for(course, date(2026, 8, 1)) is NONE
