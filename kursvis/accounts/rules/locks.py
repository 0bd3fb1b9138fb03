"""When an account is locked, and what unlocks it (help page R07)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from kursvis.core.reasons import Reason

COUNTED_WITHIN = timedelta(hours=24)
"""Failed attempts older than this are forgotten."""
WARNED_BEFORE = timedelta(days=14)
"""Who is about to be locked for inactivity is told this long before."""


@dataclass(frozen=True)
class Limit:
    """How many tries a period may see."""

    most: int
    within: timedelta


FAILURES_FROM_AN_ADDRESS = Limit(50, timedelta(minutes=15))
"""Failed logins; a whole school may stand behind one address, so it is generous. Each name has its own limit."""
UNKNOWN_CALENDARS_FROM_AN_ADDRESS = Limit(30, timedelta(minutes=15))
"""Fetches of a calendar address that nobody has: a program goes on fetching one that has been renewed."""
RESETS_FROM_AN_ADDRESS = Limit(30, timedelta(hours=1))
RESETS_OF_A_NAME = Limit(3, timedelta(hours=1))


class LockReason(StrEnum):
    """Why an account is locked."""

    FAILED_ATTEMPTS = "failed_attempts"
    INACTIVITY = "inactivity"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class LockFacts:
    """What the rules need to know about an account and its lock."""

    user_id: int
    is_active: bool
    locked_at: datetime | None
    reason: LockReason | None
    seen_on: date | None
    warned_on: date | None = None

    @property
    def is_locked_by_attempts(self) -> bool:
        """Say whether failed attempts locked it: then a password of hers is refused, an electronic ID is not."""
        return self.reason is LockReason.FAILED_ATTEMPTS


def keeps_out(facts: LockFacts) -> bool:
    """Say whether the account lets nobody in, whoever she has shown herself to be: it has ended or is locked.

    Failed attempts lock the password only: an electronic ID lets her in (R06).
    """
    return not facts.is_active or facts.reason in (LockReason.INACTIVITY, LockReason.COLLEAGUE)


def last_active_day(seen_on: date, *, inactive_days: int) -> date:
    """Return the last day before inactivity locks: somebody seen on a day may be away that many days."""
    return seen_on + timedelta(days=inactive_days)


def is_inactive(facts: LockFacts, *, inactive_days: int, today: date) -> bool:
    """Say whether nobody has used the account for too long. An account that is locked, or never seen, is left alone."""
    if facts.locked_at is not None or not facts.is_active or facts.seen_on is None:
        return False
    return today > last_active_day(facts.seen_on, inactive_days=inactive_days)


def first_day_to_warn(seen_on: date, *, inactive_days: int) -> date:
    """Return when to warn: two weeks before the last day, but never before half the time has passed."""
    before = min(WARNED_BEFORE, timedelta(days=inactive_days // 2))
    return last_active_day(seen_on, inactive_days=inactive_days) - before


def is_warned(facts: LockFacts, *, inactive_days: int, today: date) -> bool:
    """Say whether to warn today that the account is about to be locked: once, also when a day's work was not done."""
    if facts.locked_at is not None or not facts.is_active or facts.seen_on is None:
        return False
    first = first_day_to_warn(facts.seen_on, inactive_days=inactive_days)
    is_told = facts.warned_on is not None and facts.warned_on >= first
    return not is_told and first <= today <= last_active_day(facts.seen_on, inactive_days=inactive_days)


def against_unlocking(facts: LockFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return why an account may not be unlocked: it is not locked, or it is one's own."""
    if facts.user_id == actor_user_id:
        return [Reason("accounts.not_ones_own_account")]
    return [] if facts.locked_at is not None else [Reason("accounts.not_locked")]


def against_locking(facts: LockFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return why a colleague may not lock an account: it is locked or ended, or it is one's own."""
    if facts.user_id == actor_user_id:
        return [Reason("accounts.not_ones_own_account")]
    if not facts.is_active:
        return [Reason("accounts.account_has_ended")]
    return [Reason("accounts.locked_already")] if facts.locked_at is not None else []
