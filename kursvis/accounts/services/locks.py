"""Locking and unlocking accounts (help page R07)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import SYSTEM, Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts.models import User
from kursvis.accounts.queries import locks as read
from kursvis.accounts.queries.colleague import against_managing
from kursvis.accounts.rules import locks as rules
from kursvis.accounts.rules.locks import LockReason
from kursvis.accounts.services.attempts import failures_of, forget_tries
from kursvis.accounts.services.login_ways import refuse_losing_the_last
from kursvis.audit import services as audit
from kursvis.core import jobs, time
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.rules.settings import Setting


@transaction.atomic
def lock(*, user: User, by: Actor, now: datetime) -> None:
    """Lock a colleague's account at once, also the sessions that she has. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_locking(user.lock_facts(), actor_user_id=by.user_id))
    _refuse_stranger(user, by, now)
    _lock(user, LockReason.COLLEAGUE, by, now)
    refuse_losing_the_last(user, now=now)


@transaction.atomic
def unlock(*, user: User, by: Actor, now: datetime) -> None:
    """Unlock a colleague's account, whatever locked it; inactivity counts anew. Of two who unlock at once, one wins.

    Raises `Refused` when it is not locked, is one's own, or belongs to nobody whom the actor manages.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_unlocking(user.lock_facts(), actor_user_id=by.user_id))
    _refuse_stranger(user, by, now)
    was, since = user.lock_reason, user.locked_at
    _change(user, {"locked_at": since, "lock_reason": was}, locked_at=None, lock_reason="", seen_at=time.real_now())
    forget_tries(user)
    _record(user, "user.unlocked", by, now, was=was, since=since)
    jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="unlocked")


@transaction.atomic
def lock_after_failures(*, user_id: int, now: datetime) -> bool:
    """Lock an account whose name has been tried with wrong passwords as often as her municipality allows.

    Say whether it was locked now. To nobody (0), and to who is locked or was let off meanwhile, nothing is done.
    """
    user = User.objects.select_for_update().filter(pk=user_id, is_active=True, locked_at=None).first()
    if user is None or failures_of(user) < read.limit_of(user.pk, Setting.FAILED_ATTEMPTS, on=time.swedish_date(now)):
        return False
    _lock(user, LockReason.FAILED_ATTEMPTS, SYSTEM, now)
    return True


def lock_inactive(*, today: date, now: datetime) -> tuple[int, int]:
    """Lock the staff accounts that nobody has used for too long, and warn those who soon are; return how many of each.

    `today` is the real date. May be repeated: who is locked or warned already is left alone.
    """
    users = list(read.staff_who_may_be_inactive(today=today))
    days = read.inactive_days_of(users, today=today)
    locked = warned = 0
    for user in users:
        facts, allowed = user.lock_facts(), days[user.pk]
        if rules.is_inactive(facts, inactive_days=allowed, today=today):
            locked += _lock_inactive(user, now)
        elif rules.is_warned(facts, inactive_days=allowed, today=today):
            warned += _warn(user, rules.last_active_day(facts.seen_on or today, inactive_days=allowed), today, now)
    return locked, warned


def begin_to_count(*, user: User) -> None:
    """Let inactivity count from now, for who got her first role. Part of the step that grants it, which is audited."""
    now = time.real_now()
    if User.objects.filter(pk=user.pk, seen_at=None).update(seen_at=now):
        user.seen_at = now


@transaction.atomic
def _lock_inactive(user: User, now: datetime) -> int:
    try:
        _lock(user, LockReason.INACTIVITY, SYSTEM, now, seen_at=user.seen_at)
    except Refused:
        return 0  # she came in just now
    return 1


@transaction.atomic
def _warn(user: User, last_day: date, today: date, now: datetime) -> int:
    if not User.objects.filter(pk=user.pk, warned_on=user.warned_on).update(warned_on=today):
        return 0
    _record(user, "user.warned_of_lock", SYSTEM, now, last_day=last_day)
    jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="warned", last_day=last_day.isoformat())
    return 1


def _lock(user: User, reason: LockReason, by: Actor, now: datetime, **still: datetime | None) -> None:
    _change(user, {"locked_at": None, "is_active": True, **still}, locked_at=now, lock_reason=reason.value)
    _record(user, "user.locked", by, now, reason=reason)
    jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="locked")


def _change(user: User, still: dict[str, Any], **changes: Any) -> None:
    """Change a lock if the account still is as it was read. Raises `Refused` when somebody was first."""
    if not User.objects.filter(pk=user.pk, **still).update(**changes):
        raise Refused(Reason(CHANGED_MEANWHILE))
    for name, value in changes.items():
        setattr(user, name, value)


def _refuse_stranger(user: User, by: Actor, now: datetime) -> None:
    if by.user_id is not None:
        refuse_if(against_managing(user, by, today=time.swedish_date(now)))


def _record(user: User, verb: str, by: Actor, now: datetime, **detail: Any) -> None:
    authority = next(iter(read.authority_ids(user.pk)), None)
    audit.record(verb=verb, by=by, subject=user, authority_id=authority, now=now, **detail)
