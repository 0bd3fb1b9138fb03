"""Continuous admission: whatever is decided, the days of a start are in order and nobody applies before the opening."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules import rounds
from kursvis.catalogue.rules.round_changes import PeriodDates, against_editing_continuous
from kursvis.catalogue.rules.rounds import Continuous

DAY = timedelta(days=1)
OPENS = date(2027, 1, 4)
DAYS = st.dates(date(2026, 6, 1), date(2028, 6, 1))
DECIDED = st.builds(
    lambda last, basis, more: Continuous(last, basis + more, basis),
    st.dates(OPENS, date(2029, 1, 1)),
    st.integers(1, 90),
    st.integers(1, 90),
)


def codes(reasons: list[rounds.Reason]) -> list[str]:
    return [reason.code.removeprefix("catalogue.") for reason in reasons]


@given(decided=DECIDED, after=st.integers(-5, 40), call_days=st.integers(1, 90), today=DAYS)
def test_what_is_accepted_is_in_order_on_a_weekday_and_after_the_opening(
    decided: Continuous, after: int, call_days: int, today: date
) -> None:
    starts_on = rounds.first_start(decided, since=max(OPENS, today)) + after * DAY
    dates = rounds.dates_before(starts_on, decided, call_days=call_days)
    assert rounds.against_dates(dates) == []
    if rounds.against_start(starts_on, decided, opens_on=OPENS, today=today):
        return
    assert rounds.against_opening(opens_on=OPENS, apply_by=dates.apply_by) == []
    assert starts_on.isoweekday() <= 5 and starts_on <= decided.last_start_on and dates.apply_by >= today


@given(decided=DECIDED, today=DAYS)
def test_the_first_day_is_the_first_that_is_accepted(decided: Continuous, today: date) -> None:
    first = rounds.first_start(decided, since=max(OPENS, today))
    earlier = [first - number * DAY for number in (1, 2, 3)]
    assert all(rounds.against_start(day, decided, opens_on=OPENS, today=today) for day in earlier)
    fits = first <= decided.last_start_on
    assert (rounds.against_start(first, decided, opens_on=OPENS, today=today) == []) is fits
    if today <= OPENS:
        assert (rounds.against_continuous(decided, opens_on=OPENS) == []) is fits


@pytest.mark.parametrize(
    "day, reason",
    [
        (date(2027, 2, 15), []),
        (date(2027, 2, 12), ["start_too_soon"]),
        (date(2027, 2, 20), ["start_on_weekend"]),
        (date(2027, 6, 1), []),
        (date(2027, 6, 2), ["start_after_last"]),
    ],
)
def test_a_day_by_its_bounds(day: date, reason: list[str]) -> None:
    decided = Continuous(date(2027, 6, 1), 42, 28)
    assert codes(rounds.against_start(day, decided, opens_on=OPENS, today=OPENS)) == reason


@pytest.mark.parametrize("apply_days, basis_days", [(28, 28), (14, 28), (14, 0)])
def test_applying_ends_before_the_basis(apply_days: int, basis_days: int) -> None:
    decided = Continuous(date(2027, 6, 1), apply_days, basis_days)
    assert codes(rounds.against_continuous(decided, opens_on=OPENS)) == ["continuous_days_out_of_order"]


def test_the_last_start_is_not_moved_before_a_start_in_use_or_when_it_has_passed() -> None:
    old = PeriodDates(OPENS, OPENS, Continuous(date(2027, 6, 1), 42, 28))
    new = PeriodDates(OPENS, OPENS, Continuous(date(2027, 5, 3), 42, 28))
    used = date(2027, 5, 4)
    assert codes(against_editing_continuous(old, new, last_used=used, today=OPENS)) == ["start_in_use"]
    assert against_editing_continuous(old, new, last_used=used - DAY, today=OPENS) == []
    later = date(2027, 6, 2)
    assert codes(against_editing_continuous(old, new, last_used=None, today=later)) == ["day_has_passed"]
