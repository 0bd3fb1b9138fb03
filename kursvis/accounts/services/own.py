"""What one changes of one's own account. Each is told to the address that it had."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts.models import Device, User
from kursvis.accounts.rules import own as rules
from kursvis.accounts.services import links
from kursvis.accounts.services.attempts import by_password
from kursvis.audit import services as audit
from kursvis.core import jobs
from kursvis.core.reasons import refuse_if


def change_password(*, user: User, old: str | None, new: str, by: Actor, now: datetime) -> None:
    """Choose another password. Every session ends; the caller binds the one at hand to the new password.

    She shows the old one, or (None) has just confirmed who she is: a forgotten or locked password is no hindrance to
    who has an electronic ID (R06). A wrong old password counts as a failed login. Raises `Refused`.
    """
    _refuse_stranger(user, old, by)
    _set_password(user, new, by, now)


@transaction.atomic
def _set_password(user: User, new: str, by: Actor, now: datetime) -> None:
    user.set_password(new)
    user.save(update_fields=["password"])
    links.end_open(user=user)
    audit.record(verb="user.password_changed", by=by, subject=user, authority_id=None, now=now)
    jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="password_changed")


def change_email(*, user: User, address: str, password: str | None, by: Actor, now: datetime) -> None:
    """Change one's address; who has a user name shows her password or has just confirmed who she is. The old is told.

    Links for a new password go there (R08), also for who has none yet: it is a key to the account. Raises `Refused`.
    """
    if user.user_name:
        _refuse_stranger(user, password, by)
    _set_email(user, address, by, now)


@transaction.atomic
def _set_email(user: User, address: str, by: Actor, now: datetime) -> None:
    old = user.email
    user.email = address
    user.save(update_fields=["email"])
    links.end_open(user=user)
    audit.record(verb="user.email_changed", by=by, subject=user, authority_id=None, now=now)
    if old and old != address:
        jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="email_changed", to=old)


@transaction.atomic
def show_inactive(*, user: User, shows: bool, by: Actor, now: datetime) -> None:
    """Choose whether lists and pickers show what has ended (*Visa inaktiva*, R09)."""
    User.objects.filter(pk=user.pk).update(shows_inactive=shows)
    user.shows_inactive = shows
    audit.record(verb="user.shows_inactive_changed", by=by, subject=user, authority_id=None, now=now, shows=shows)


@transaction.atomic
def log_out_everywhere(*, user: User, by: Actor, now: datetime, **why: Any) -> None:
    """End every session of the user; a caller that keeps the one at hand binds it anew."""
    User.objects.filter(pk=user.pk).update(session_serial=F("session_serial") + 1)
    user.refresh_from_db(fields=["session_serial"])
    audit.record(verb="user.logged_out_everywhere", by=by, subject=user, authority_id=None, now=now, **why)


@transaction.atomic
def disown(*, user: User, device: Device, by: Actor, now: datetime) -> None:
    """Say that a login was somebody else's: forget the browser, and log out everywhere."""
    log_out_everywhere(user=user, by=by, now=now, not_me=device.name)
    device.delete()


def has_password(user: User) -> bool:
    """Say whether she can log in with a password."""
    return bool(user.user_name) and user.has_password


def has_no_password_but_a_name(user: Any) -> bool:
    """Say whether a password could be asked for in her name though she has none: her address is the key to it."""
    return bool(user.user_name) and not user.has_password


def _refuse_stranger(user: User, password: str | None, by: Actor) -> None:
    if password is None:
        refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    else:
        refuse_if(rules.against_wrong_password(is_right=_is_right(user, password)))


def _is_right(user: User, password: str) -> bool:
    return by_password(user_name=user.user_name or "", password=password) is not None
