"""Days and spans: asked of Python and of the database, the answer is the same."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.core.models import covering, not_over
from kursvis.core.spans import covers, overlap
from kursvis.organisation.models import Agreement
from kursvis.organisation.tests.factories import make_school

FIRST = date(2026, 3, 1)
NUMBERS = st.integers(0, 30)


@dataclass(frozen=True)
class Days:
    starts_on: date
    ends_on: date | None


def days(start: int, length: int | None) -> Days:
    first = FIRST + timedelta(days=start)
    return Days(first, None if length is None else first + timedelta(days=length))


SPANS = st.builds(days, NUMBERS, st.none() | NUMBERS)


@given(SPANS, SPANS)
def test_two_spans_overlap_when_some_day_is_within_both(one: Days, other: Days) -> None:
    shared = [day for day in (FIRST + timedelta(days=n) for n in range(70)) if covers(one, day) and covers(other, day)]
    assert overlap(one, other) is overlap(other, one) is bool(shared)


def test_first_and_last_day_are_within() -> None:
    span = Days(FIRST, FIRST + timedelta(days=2))
    asked = [FIRST + timedelta(days=n) for n in range(-1, 4)]
    assert [covers(span, day) for day in asked] == [False, True, True, True, False]
    assert covers(Days(FIRST, None), date.max)


@pytest.mark.django_db
@pytest.mark.parametrize("length", [None, 0, 5])
def test_the_database_says_the_same(length: int | None) -> None:
    school, span = make_school(), days(5, length)
    Agreement.objects.filter(school=school).update(starts_on=span.starts_on, ends_on=span.ends_on)
    its = Agreement.objects.filter(school=school)
    for day in (FIRST + timedelta(days=n) for n in range(15)):
        assert its.filter(covering(day)).exists() is covers(span, day)
        assert its.filter(not_over(day)).exists() is (span.ends_on is None or day <= span.ends_on)
