"""The weekly pattern: what is read, what is written back, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.weekly_pattern import (
    Lesson,
    Pattern,
    TimeOfDay,
    against_pattern,
    clashes,
    overlap,
    read,
    times_of_day,
    written,
)
from kursvis.catalogue.tests.factories import make_course_start

_TIMES = st.tuples(st.integers(0, 23 * 60), st.integers(1, 59)).map(lambda t: (t[0], min(t[0] + t[1], 24 * 60)))
_LESSONS = st.builds(lambda day, times: Lesson(day, *times), st.integers(1, 7), _TIMES)
_PATTERNS = st.lists(_LESSONS, max_size=6).map(lambda all_: tuple(sorted(set(all_))))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ""),
        ("mån och ons 17.30–20.30", "måndag och onsdag 17.30–20.30"),
        ("Måndag–torsdag 9–11:30", "måndag, tisdag, onsdag och torsdag 9.00–11.30"),
        ("tis, tors 9-12; fre kl. 13 till 15", "tisdag och torsdag 9.00–12.00, fredag 13.00–15.00"),
        ("TISDAGAR 18-20 och lördagar 10-14", "tisdag 18.00–20.00, lördag 10.00–14.00"),
    ],
)
def test_what_people_write_is_read(text: str, meant: str) -> None:
    pattern, reasons = read(text)
    assert (written(pattern), reasons) == (meant, [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("På distans", "catalogue.weekly_pattern_unread"),
        ("mån 9-12, sen ses vi", "catalogue.weekly_pattern_unread"),
        ("fre-mån 9-12", "catalogue.weekly_pattern_unread"),
        ("tis 12-9", "catalogue.lesson_times_wrong"),
        ("tis 9-25", "catalogue.lesson_times_wrong"),
        ("tis 9.70-12", "catalogue.lesson_times_wrong"),
        ("mån 9-12, mån 11-13", "catalogue.lessons_overlap"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, code: str) -> None:
    pattern, reasons = read(text)
    assert (pattern, [reason.code for reason in reasons]) == ((), [code])


@given(_PATTERNS)
def test_what_is_written_is_read_back(pattern: Pattern) -> None:
    expected = (pattern, []) if not against_pattern(pattern) else ((), against_pattern(pattern))
    assert read(written(pattern)) == expected


@given(_PATTERNS, _PATTERNS)
def test_a_clash_is_a_minute_in_both(one: Pattern, other: Pattern) -> None:
    def minutes(pattern: Pattern) -> set[tuple[int, int]]:
        return {(lesson.day, minute) for lesson in pattern for minute in range(lesson.starts, lesson.ends)}

    assert bool(clashes(one, other)) == bool(minutes(one) & minutes(other))
    assert all(overlap(a, b) for a, b in clashes(one, other))


def test_an_hour_that_follows_another_is_no_clash() -> None:
    assert not clashes((Lesson(1, 540, 600),), (Lesson(1, 600, 660),))


def test_times_of_day() -> None:
    pattern = (Lesson(1, 540, 600), Lesson(2, 720, 800), Lesson(3, 1020, 1100), Lesson(6, 540, 600))
    assert [times_of_day((lesson,)) for lesson in pattern] == [{t} for t in TimeOfDay]


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [Lesson(8, 540, 600), Lesson(1, 600, 600), Lesson(1, 600, 1441), Lesson(0, 1, 2)])
def test_the_database_refuses_what_is_no_lesson(wrong: Lesson) -> None:
    course_start = make_course_start()
    with pytest.raises(IntegrityError, match="course_start_pattern"), transaction.atomic():
        CourseStart.objects.filter(pk=course_start.pk).update(weekly_pattern=(Lesson(2, 540, 600), wrong))
    course_start.refresh_from_db()
    assert course_start.weekly_pattern == (Lesson(2, 18 * 60, 20 * 60),)
