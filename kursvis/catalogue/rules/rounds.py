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


@dataclass(frozen=True)
class RoundDates:
    """The dates of one round."""

    apply_by: date
    basis_on: date
    call_by: date
    starts_on: date


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
