"""Who logged in and out, and with which browser."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.accounts.models import Device, User
from kursvis.accounts.queries.links import hash_of
from kursvis.audit import services as audit
from kursvis.core import jobs, time

MOST_DEVICES = 20
"""Older browsers than these are forgotten: most were a private window."""


@dataclass(frozen=True)
class Browser:
    """A browser: the secret in its cookie, and what it calls itself."""

    secret: str
    name: str


@transaction.atomic
def logged_in(*, user: User, way: str, browser: Browser | None = None, by: Actor, now: datetime) -> None:
    """Note that the user logged in, how (password, test e-ID), and with which browser.

    Inactivity counts anew (R07). She is told of a browser that she has not used before, unless it is her first.
    """
    changes = {"logged_in_at": now, "seen_at": time.real_now()}
    User.objects.filter(pk=user.pk).update(**changes)
    for name, value in changes.items():
        setattr(user, name, value)
    is_new = _note_browser(user, browser, now) if browser else False
    news: dict[str, Any] = {"new_browser": True} if is_new else {}
    audit.record(verb="user.logged_in", by=by, subject=user, authority_id=None, now=now, way=way, **news)


@transaction.atomic
def logged_out(*, user: User, by: Actor, now: datetime) -> None:
    """Note that the user logged out."""
    audit.record(verb="user.logged_out", by=by, subject=user, authority_id=None, now=now)


def _note_browser(user: User, browser: Browser, now: datetime) -> bool:
    """Note a use of a browser; tell her of a new one. Return whether it was new, and not her first."""
    is_first = not Device.objects.filter(user=user).exists()
    _device, is_new = Device.objects.update_or_create(
        user=user,
        secret_hash=hash_of(browser.secret),
        defaults={"name": browser.name, "seen_at": now},
        create_defaults={"name": browser.name, "seen_at": now, "first_seen_at": now},
    )
    if not is_new:
        return False
    kept = Device.objects.filter(user=user).order_by("-seen_at", "-pk").values("pk")[:MOST_DEVICES]
    Device.objects.filter(user=user).exclude(pk__in=kept).delete()
    if is_first:
        return False
    told = {"device": browser.name, "at": now.isoformat()}
    jobs.enqueue("accounts.send_notice", user_id=user.pk, notice="new_login", **told)
    return True
