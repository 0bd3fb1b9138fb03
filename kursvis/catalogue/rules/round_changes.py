"""What may still be changed of a period or a round: what has passed stands, and what is used keeps its start."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kursvis.catalogue.rules.rounds import (
    Continuous,
    RoundDates,
    against_continuous,
    against_dates,
    against_opening,
    against_period,
)
from kursvis.core.reasons import Reason


@dataclass(frozen=True)
class RoundUse:
    """How many course starts stand in a round, whatever their state, and how many have applied to them."""

    course_starts: int
    applicants: int


@dataclass(frozen=True)
class PeriodDates:
    """The dates of a period, and what is decided of continuous admission where it has that."""

    opens_on: date
    offer_by: date
    continuous: Continuous | None = None


def against_moving(field: str, old: date, new: date, *, today: date, begins: bool = False) -> list[Reason]:
    """Return why a day may not be moved: it has passed, or the new one has.

    A last day has passed on the day after; what begins (the opening, a start) has begun on its own day.
    """
    if old == new:
        return []
    if old < today or (begins and old == today):
        return [Reason("catalogue.day_has_passed", {"field": ("round_field", field), "day": old})]
    if new < today:
        return [Reason("catalogue.new_day_has_passed", {"field": ("round_field", field), "day": new})]
    return []


def against_editing_period(
    old: PeriodDates, new: PeriodDates, *, last_days: Collection[date], today: date
) -> list[Reason]:
    """Return every reason why a period's days may not be changed so. `last_days`: its rounds' last days to apply."""
    reasons = against_moving("offer_by", old.offer_by, new.offer_by, today=today)
    reasons += against_moving("opens_on", old.opens_on, new.opens_on, today=today, begins=True)
    reasons += against_period(opens_on=new.opens_on, offer_by=new.offer_by)
    if last_days and new.opens_on > min(last_days):
        reasons.append(Reason("catalogue.opens_after_last_day", {"day": min(last_days)}))
    return reasons


def against_editing_continuous(
    old: PeriodDates, new: PeriodDates, *, last_used: date | None, today: date
) -> list[Reason]:
    """Return every reason why what is decided of continuous admission may not be changed so.

    The days before a start count for the starts that are entered from now on. `last_used`: the last start in use.
    """
    if old.continuous is None or new.continuous is None:
        return []
    last = new.continuous.last_start_on
    reasons = against_moving("last_start_on", old.continuous.last_start_on, last, today=today)
    reasons += against_continuous(new.continuous, opens_on=new.opens_on)
    if last_used and last < last_used:
        reasons.append(Reason("catalogue.start_in_use", {"day": last_used}))
    return reasons


def against_editing_round(
    old: RoundDates, new: RoundDates, *, opens_on: date, use: RoundUse, today: date
) -> list[Reason]:
    """Return every reason why a round's dates may not be changed so.

    Who could not apply any more knew the start: after the last application day that day and the start stand (R14).
    """
    reasons = against_moving("apply_by", old.apply_by, new.apply_by, today=today)
    reasons += against_moving("basis_on", old.basis_on, new.basis_on, today=today)
    reasons += against_moving("call_by", old.call_by, new.call_by, today=today)
    reasons += _against_another_start(old, new, use=use, today=today)
    reasons += against_dates(new)
    return reasons + against_opening(opens_on=opens_on, apply_by=new.apply_by)


def _against_another_start(old: RoundDates, new: RoundDates, *, use: RoundUse, today: date) -> list[Reason]:
    if old.starts_on == new.starts_on:
        return []
    if use.course_starts:
        return [Reason("catalogue.round_is_used", {"course_starts": use.course_starts, "day": old.starts_on})]
    if old.apply_by < today:
        return [Reason("catalogue.start_stands_after_last_day", {"day": old.apply_by})]
    return against_moving("starts_on", old.starts_on, new.starts_on, today=today, begins=True)


def against_deleting_round(use: RoundUse) -> list[Reason]:
    """Return why a round may not be removed: course starts stand in it."""
    return [Reason("catalogue.round_has_starts", {"course_starts": use.course_starts})] if use.course_starts else []


def against_deleting_period(rounds: int) -> list[Reason]:
    """Return why a period may not be removed: it has rounds."""
    return [Reason("catalogue.period_has_rounds", {"rounds": rounds})] if rounds else []
