"""The clock, and what is done each day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings
from hypothesis import example, given
from hypothesis import strategies as st

from kursvis.core import jobs, time
from kursvis.core.models import ClockOffset


@pytest.mark.parametrize(
    "moment, day",
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 22, 0, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_the_date_is_the_swedish_one(moment: datetime, day: date) -> None:
    assert time.swedish_date(moment) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_noon_lies_in_its_day(day: date) -> None:
    assert time.swedish_date(time.at_noon(day)) == day


@given(st.integers(946_684_800, 4_102_444_800).map(lambda s: datetime.fromtimestamp(s, UTC)), st.integers(-400, 400))
@example(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), 130)
def test_days_later_is_that_many_days_later_in_summer_time_too(moment: datetime, days: int) -> None:
    later = time.days_after(moment, days)
    assert time.swedish_date(later) == time.swedish_date(moment) + timedelta(days=days)
    assert abs(later - moment - timedelta(days=days)) <= timedelta(hours=1)


@pytest.mark.django_db
def test_the_demo_is_ahead_by_the_stored_days_and_production_never_is() -> None:
    ClockOffset.objects.create(days=40)
    assert abs(time.now() - time.days_after(time.real_now(), 40)) < timedelta(seconds=5)
    with time.one_reading():
        ClockOffset.objects.update(days=90)
        assert abs(time.now() - time.days_after(time.real_now(), 40)) < timedelta(seconds=5)
    with override_settings(DEMO=False):
        assert time.now() - time.real_now() < timedelta(seconds=5)


@pytest.mark.django_db
def test_each_day_runs_what_was_registered_and_may_run_twice() -> None:
    assert {"post.enqueue_waiting", "accounts.clear_sessions"} <= set(jobs.run_day(date(2026, 11, 23)))
    jobs.run_day(date(2026, 11, 23))
