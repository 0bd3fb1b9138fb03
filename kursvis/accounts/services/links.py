"""One-time links: an invitation, and a new password (help page R01, R08).

The secret is made in the worker at the moment when it is mailed, and only its hash is kept. Links follow real time,
whatever day the demo is on.
"""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import SYSTEM, Actor
from kursvis.accounts import messages, queries
from kursvis.accounts.models import Link, User
from kursvis.accounts.queries import links as read
from kursvis.accounts.queries import locks
from kursvis.accounts.queries.ways_in import has_electronic_id
from kursvis.accounts.rules import links as rules
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.rules.locks import RESETS_OF_A_NAME
from kursvis.accounts.rules.staff import against_inviting, against_sending_reset
from kursvis.accounts.services.attempts import forget_tries
from kursvis.audit import services as audit
from kursvis.core import jobs, rate_limits, time
from kursvis.core.reasons import refuse_if
from kursvis.organisation.queries.settings import values_of
from kursvis.organisation.rules.settings import DEFAULTS, Values, strictest
from kursvis.post import services as post

SECRET_BYTES = 32


@transaction.atomic
def invite(*, user: User, by: Actor, now: datetime) -> Link:
    """Invite somebody to her account by e-mail: she chooses a password, or comes with her electronic ID.

    A new invitation ends the older one. Who may send one is asked in `services.staff`; it goes to the account's own
    address. Raises `Refused` when she has a way in already, or there is nowhere to send it.
    """
    refuse_if(rules.against_ended(is_active=user.is_active))
    refuse_if(against_inviting(email=user.email, has_password=user.has_password, has_user_name=bool(user.user_name)))
    link = _create(user, LinkKind.INVITATION, by, now, verb="user.invited")
    jobs.enqueue("accounts.send_link", link_id=link.pk)
    return link


@transaction.atomic
def send_reset(*, user: User, by: Actor, now: datetime) -> Link:
    """Send somebody a link for a new password, for a colleague who asks (`services.staff`). Raises `Refused`."""
    refuse_if(rules.against_ended(is_active=user.is_active))
    refuse_if(against_sending_reset(email=user.email, has_password=user.has_password))
    link = _create(user, LinkKind.RESET, by, now, verb="user.reset_sent")
    jobs.enqueue("accounts.send_link", link_id=link.pk)
    return link


@transaction.atomic
def make_now(*, user: User, kind: LinkKind, by: Actor, now: datetime) -> str:
    """Return the secret of a new link at once, for a command that shows it to who stands at the machine."""
    link = _create(user, kind, by, now, verb="user.link_made")
    return _give_secret(link)


def ask_for_reset(*, typed: str) -> None:
    """Let the worker look for who has forgotten her password; beyond the limit of a name nothing more is sent (R08)."""
    wanted = typed.strip().lower()
    limit = RESETS_OF_A_NAME
    if rate_limits.hit("reset", wanted, within=limit.within) <= limit.most:
        jobs.enqueue("accounts.send_forgotten", typed=wanted)


@transaction.atomic
def send_forgotten(*, typed: str, now: datetime) -> int:
    """Mail a link for a new password to the account of a typed user name, or those of a typed e-mail address (R08).

    In the worker only, so that the page answers the same, and as fast, whether there is one. Return how many.
    """
    wanted = typed.strip()
    users = User.objects.filter(is_active=True).exclude(email="")
    found = list(users.filter(user_name=wanted.lower())) or list(users.filter(email__iexact=wanted))
    for user in found:
        if user.user_name:
            link = _create(user, LinkKind.RESET, SYSTEM, now, verb="user.reset_asked_for")
            jobs.enqueue("accounts.send_link", link_id=link.pk)
        else:
            jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="no_password")
    return len(found)


@transaction.atomic
def send(*, link_id: int, now: datetime) -> bool:
    """Make a link's secret and mail it; say whether it was sent now. A second run, or an ended link, does nothing.

    A mail server out of reach raises OSError: nothing is kept, and the next try makes another secret.
    """
    link = Link.objects.select_for_update(of=("self",)).select_related("user", "created_by").get(pk=link_id)
    if link.ended_at is not None or link.sent_at is not None:
        return False
    secret = _give_secret(link)
    authority = locks.authority_of(link.user_id)
    today = time.swedish_date(now)
    helpers = locks.whom_to_ask(link.user_id, today=today) if link.kind == LinkKind.RESET else []
    subject, body = messages.link(link, secret, helpers)
    is_sent = post.send_secret(authority=authority, address=link.user.email, subject=subject, body=body)
    if not is_sent:
        Link.objects.filter(pk=link.pk).update(secret_hash=None, sent_at=None)
    _record(link, "user.link_sent" if is_sent else "user.link_not_accepted", SYSTEM, now)
    return is_sent


@transaction.atomic
def use(*, secret: str, password: str | None, now: datetime) -> User:
    """Use a link up, and set the password that she chose; None when she will log in with an electronic ID.

    Of two who use it at once, one wins. A new password ends all sessions and unlocks what failed attempts locked; a
    lock for inactivity or by a colleague stays. Raises `Refused` for a link that is unknown, used or too old.
    """
    found = read.by_secret(secret)
    refuse_if(rules.against_link(found.facts() if found else None, now=time.real_now()))
    assert found is not None
    user = User.objects.select_for_update().get(pk=found.user_id)
    kind = LinkKind(found.kind)
    refuse_if(rules.against_ended(is_active=user.is_active))
    has_another_way = bool(user.personnummer) and has_electronic_id()
    refuse_if(rules.against_no_password(kind, password=password, has_another_way=has_another_way))
    is_mine = Link.objects.filter(pk=found.pk, ended_at=None).update(ended_at=time.real_now())
    refuse_if([] if is_mine else rules.against_link(None, now=time.real_now()))
    end_open(user=user)
    if password:
        user.set_password(password)
        unlocks = user.lock_facts().is_locked_by_attempts
        if unlocks:
            user.locked_at, user.lock_reason = None, ""
        user.save(update_fields=["password", "locked_at", "lock_reason"])
        forget_tries(user)
    actor = queries.actor_of(user, today=time.swedish_date(now))
    _record(found, "user.link_used", actor, now, password_was_set=bool(password))
    return user


def end_open(*, user: User) -> None:
    """End every open link of the user, for a step that changes her password or address: what was mailed is void."""
    Link.objects.filter(user=user, ended_at=None).update(ended_at=time.real_now())


def _create(user: User, kind: LinkKind, by: Actor, now: datetime, *, verb: str) -> Link:
    """Make a link, and end the older of its kind."""
    User.objects.select_for_update().get(pk=user.pk)
    real_now = time.real_now()
    Link.objects.filter(user=user, kind=kind.value, ended_at=None).update(ended_at=real_now)
    link = Link.objects.create(
        user=user,
        kind=kind.value,
        created_at=real_now,
        expires_at=real_now + rules.lifetime(kind, _values_for(user)),
        created_by_id=by.user_id,
    )
    _record(link, verb, by, now)
    return link


def _give_secret(link: Link) -> str:
    """Give a link its secret, from now on good for as long as the municipality has decided."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link.secret_hash, link.sent_at = read.hash_of(secret), time.real_now()
    link.expires_at = link.sent_at + rules.lifetime(LinkKind(link.kind), _values_for(link.user))
    link.save(update_fields=["secret_hash", "sent_at", "expires_at"])
    return secret


def _values_for(user: User) -> Values:
    """Return the strictest values among her authorities'."""
    found = values_of(locks.authority_ids(user.pk), on=time.swedish_date(time.real_now())).values()
    return {setting: strictest(found, setting) for setting in DEFAULTS}


def _record(link: Link, verb: str, by: Actor, now: datetime, **detail: Any) -> None:
    authority = next(iter(locks.authority_ids(link.user_id)), None)
    audit.record(verb=verb, by=by, subject=link.user, authority_id=authority, now=now, kind=link.kind, **detail)
