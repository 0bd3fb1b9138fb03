"""The rules of locks over all days: warned before locked, never both, never who was just here."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from kursvis.accounts.rules.locks import (
    LockFacts,
    LockReason,
    against_locking,
    against_unlocking,
    first_day_to_warn,
    is_inactive,
    is_warned,
    keeps_out,
    last_active_day,
)
from kursvis.organisation.rules.settings import KINDS, Setting

LOCKED_AT = datetime(2026, 11, 23, tzinfo=UTC)
KIND = KINDS[Setting.INACTIVE_DAYS]
seen_days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
allowed = st.integers(KIND.least, KIND.most)


def _facts(seen_on: date | None, *, warned_on: date | None = None, reason: LockReason | None = None) -> LockFacts:
    locked_at = LOCKED_AT if reason else None
    return LockFacts(1, True, locked_at, reason, seen_on, warned_on)


@given(seen_days, allowed, st.integers(0, 2 * KIND.most))
def test_on_no_day_is_somebody_both_warned_and_locked(seen_on: date, days: int, passed: int) -> None:
    today = seen_on + timedelta(days=passed)
    facts = _facts(seen_on)
    locks, warns = (rule(facts, inactive_days=days, today=today) for rule in (is_inactive, is_warned))
    assert locks is (passed > days)
    assert not (locks and warns)


@given(seen_days, allowed)
def test_who_is_away_is_warned_on_one_day_before_the_lock_whenever_the_work_is_done(seen_on: date, days: int) -> None:
    warned_on, warnings = None, []
    for passed in range(days + 3):
        today = seen_on + timedelta(days=passed)
        if is_warned(_facts(seen_on, warned_on=warned_on), inactive_days=days, today=today):
            warned_on = today
            warnings.append(today)
    assert warnings == [first_day_to_warn(seen_on, inactive_days=days)]
    assert seen_on < warnings[0] <= last_active_day(seen_on, inactive_days=days) - timedelta(days=min(14, days // 2))


@given(seen_days, allowed, st.integers(0, 60))
def test_a_warning_of_an_earlier_absence_does_not_silence_the_next(seen_on: date, days: int, before: int) -> None:
    warned_on = seen_on - timedelta(days=before)
    first = first_day_to_warn(seen_on, inactive_days=days)
    assume(warned_on < first)
    assert is_warned(_facts(seen_on, warned_on=warned_on), inactive_days=days, today=first)


@given(st.sampled_from(list(LockReason)), seen_days, allowed)
def test_who_is_locked_is_neither_locked_again_nor_warned(reason: LockReason, seen_on: date, days: int) -> None:
    facts, today = _facts(seen_on, reason=reason), seen_on + timedelta(days=days + 1)
    assert not is_inactive(facts, inactive_days=days, today=today)
    assert not is_warned(facts, inactive_days=days, today=today - timedelta(days=1))
    assert [r.code for r in against_locking(facts, actor_user_id=2)] == ["accounts.locked_already"]
    assert against_unlocking(facts, actor_user_id=2) == []
    assert [r.code for r in against_unlocking(facts, actor_user_id=1)] == ["accounts.not_ones_own_account"]


def test_failed_attempts_keep_out_no_electronic_id() -> None:
    assert [reason for reason in LockReason if not keeps_out(_facts(None, reason=reason))] == [
        LockReason.FAILED_ATTEMPTS
    ]
    assert not keeps_out(_facts(None))
    assert keeps_out(LockFacts(1, False, None, None, None))


def test_who_was_never_seen_is_left_alone() -> None:
    assert not is_inactive(_facts(None), inactive_days=14, today=date(2026, 11, 23))
    assert not is_warned(_facts(None), inactive_days=14, today=date(2026, 11, 23))
