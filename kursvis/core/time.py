"""The only clock of Kursvis.

In demo and test mode an offset in whole days, kept in a one-row table that web and worker both read, is added to
the real
time. Rules and services never ask the clock: they are told `now` or `today`. Sessions and rate limits use `real_now()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

SWEDEN = ZoneInfo("Europe/Stockholm")
_offset_in_this_request: ContextVar[int | None] = ContextVar("clock_offset", default=None)


def real_now() -> datetime:
    """Return the real time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  (this is the clock)


def _stored_offset() -> int:
    if not settings.DEMO:
        return 0
    from kursvis.core.models import ClockOffset  # the clock is read before the models are loaded

    return ClockOffset.objects.values_list("days", flat=True).first() or 0


def now() -> datetime:
    """Return the time that the municipality lives in: real time, plus the demo's offset where there is one."""
    offset = _offset_in_this_request.get()
    return days_after(real_now(), _stored_offset() if offset is None else offset)


def days_after(moment: datetime, days: int) -> datetime:
    """Return the same time of day in Sweden a number of days later, or earlier, whether there is summer time or not."""
    return (moment.astimezone(SWEDEN) + timedelta(days=days)).astimezone(UTC)


def swedish_date(moment: datetime) -> date:
    """Return the Swedish calendar date of an aware moment."""
    return moment.astimezone(SWEDEN).date()


def today() -> date:
    """Return the Swedish calendar date that the municipality lives in."""
    return swedish_date(now())


def at_noon(day: date) -> datetime:
    """Return noon, Swedish time, of a day: the moment used where only a day is known."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=SWEDEN)


@contextmanager
def one_reading() -> Iterator[None]:
    """Read the offset once for all that happens inside (a request, a task)."""
    token = _offset_in_this_request.set(_stored_offset())
    try:
        yield
    finally:
        _offset_in_this_request.reset(token)
