"""Application rounds: last application day, basis to the schools, call, start (help page R14)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kursvis.core.reasons import Reason

COURSE_LENGTH = timedelta(weeks=10, days=-3)
"""100 points at half pace; only a proposal, which the school changes."""


class PeriodKind(StrEnum):
    """Rounds that the municipality enters, or continuous admission: a start on any day that a school offers one."""

    ROUNDS = "rounds"
    CONTINUOUS = "continuous"


class RoundStage(StrEnum):
    """Where a round stands: what its dates drive now. It follows from the dates, and is never stored."""

    COMING = "coming"
    OPEN = "open"
    DECIDING = "deciding"
    CALLING = "calling"
    CALLED = "called"
    BEGUN = "begun"


@dataclass(frozen=True)
class Continuous:
    """What is decided of continuous admission: its last start, and how many days before a start the other days lie."""

    last_start_on: date
    apply_days: int
    basis_days: int


@dataclass(frozen=True)
class RoundDates:
    """The dates of one round."""

    apply_by: date
    basis_on: date
    call_by: date
    starts_on: date


def stage_of(dates: RoundDates, *, opens_on: date, today: date) -> RoundStage:
    """Return where a round stands on a day. A last day has passed on the day after; a start has begun on its own."""
    if today >= dates.starts_on:
        return RoundStage.BEGUN
    if today > dates.call_by:
        return RoundStage.CALLED
    if today >= dates.basis_on:
        return RoundStage.CALLING
    if today > dates.apply_by:
        return RoundStage.DECIDING
    return RoundStage.OPEN if today >= opens_on else RoundStage.COMING


def call_by(starts_on: date, *, days: int) -> date:
    """Return the last day for the call to have been received: the municipality's days before the start (R23)."""
    return starts_on - timedelta(days=days)


def proposed_end(starts_on: date) -> date:
    """Return the last day that a new course start is proposed: a Friday, ten weeks from a Monday start."""
    return starts_on + COURSE_LENGTH


def against_dates(dates: RoundDates) -> list[Reason]:
    """Return what is wrong with the order of a round's dates."""
    if dates.apply_by < dates.basis_on <= dates.call_by < dates.starts_on:
        return []
    return [Reason("catalogue.round_dates_out_of_order")]


def against_opening(*, opens_on: date, apply_by: date) -> list[Reason]:
    """Return why a round does not fit its period: its last application day lies before the catalogue opens."""
    return [] if opens_on <= apply_by else [Reason("catalogue.round_before_opening", {"day": opens_on})]


def against_period(*, opens_on: date, offer_by: date) -> list[Reason]:
    """Return what is wrong with a period: the offer is entered before the catalogue opens (help page R13)."""
    return [] if offer_by <= opens_on else [Reason("catalogue.offer_after_opening")]


def against_continuous(decided: Continuous, *, opens_on: date) -> list[Reason]:
    """Return what is wrong with a period of continuous admission: its days' order, or that no start fits in it."""
    if not 0 < decided.basis_days < decided.apply_days:
        return [Reason("catalogue.continuous_days_out_of_order")]
    first = first_start(decided, since=opens_on)
    return [] if first <= decided.last_start_on else [Reason("catalogue.no_start_fits", {"day": first})]


def first_start(decided: Continuous, *, since: date) -> date:
    """Return the first weekday on which a course may start, when nobody applies before a day."""
    first = since + timedelta(days=decided.apply_days)
    return first + timedelta(days=max(0, 8 - first.isoweekday())) if _is_weekend(first) else first


def against_start(starts_on: date, decided: Continuous, *, opens_on: date, today: date) -> list[Reason]:
    """Return why a course may not start on a day: a weekend, too soon for anybody to apply, or after the last start."""
    if _is_weekend(starts_on):
        return [Reason("catalogue.start_on_weekend", {"day": starts_on})]
    first = first_start(decided, since=max(opens_on, today))
    if starts_on < first:
        return [Reason("catalogue.start_too_soon", {"day": first})]
    if starts_on > decided.last_start_on:
        return [Reason("catalogue.start_after_last", {"day": decided.last_start_on})]
    return []


def dates_before(starts_on: date, decided: Continuous, *, call_days: int) -> RoundDates:
    """Return the days of a start in continuous admission. The call is sent on the day of the basis at the earliest."""
    basis_on = starts_on - timedelta(days=decided.basis_days)
    return RoundDates(
        apply_by=starts_on - timedelta(days=decided.apply_days),
        basis_on=basis_on,
        call_by=max(basis_on, call_by(starts_on, days=call_days)),
        starts_on=starts_on,
    )


def _is_weekend(day: date) -> bool:
    return day.isoweekday() > 5
