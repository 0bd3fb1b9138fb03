"""One's own calendar address, and whether one is reminded by e-mail."""

import secrets
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.accounts.models import CalendarLink, User
from kursvis.accounts.queries.links import hash_of
from kursvis.accounts.services.links import SECRET_BYTES
from kursvis.audit import services as audit
from kursvis.core import time


@transaction.atomic
def make_calendar(*, user: User, by: Actor, now: datetime) -> str:
    """Return a new secret for the user's calendar. It is shown once; the one before stops working."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    kept = {"secret_hash": hash_of(secret), "made_at": time.real_now()}
    CalendarLink.objects.update_or_create(user=user, defaults=kept)
    audit.record(verb="user.calendar_made", by=by, subject=user, authority_id=None, now=now)
    return secret


@transaction.atomic
def end_calendar(*, user: User, by: Actor, now: datetime) -> None:
    """Let the user's calendar address stop working. Nothing happens when she has none."""
    if CalendarLink.objects.filter(user=user).delete()[0]:
        audit.record(verb="user.calendar_ended", by=by, subject=user, authority_id=None, now=now)


@transaction.atomic
def choose_reminders(*, user: User, wants: bool, by: Actor, now: datetime) -> None:
    """Choose whether to be reminded by e-mail of what waits for a day that is near."""
    User.objects.filter(pk=user.pk).update(reminders=wants)
    user.reminders = wants
    audit.record(verb="user.reminders_chosen", by=by, subject=user, authority_id=None, now=now, wants=wants)
