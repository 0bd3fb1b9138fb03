"""A session in use, and one that has rested for too long (ADR 11). Real time, but for the log."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.accounts.models import User
from kursvis.accounts.queries.idle import MINUTES, TIMED_OUT
from kursvis.accounts.session_store import SessionStore
from kursvis.audit import services as audit


def note_use(session: SessionStore, *, minutes: int, real_now: datetime) -> None:
    """Let the session be written: it is in use, and may rest so many minutes from now. It is nobody else's any more."""
    session.pop(TIMED_OUT, None)
    session[MINUTES] = minutes
    session.seen_at = real_now


def mark_timed_out(session: SessionStore, *, owner: dict[str, Any]) -> None:
    """Write in a session that has been emptied whose it was, so that what she sends now can be kept for her."""
    session[TIMED_OUT] = owner


@transaction.atomic
def timed_out(*, user: User, minutes: int, by: Actor, now: datetime) -> dict[str, Any]:
    """Note that the user was logged out after resting too long; return what marks her session."""
    audit.record(verb="user.timed_out", by=by, subject=user, authority_id=None, now=now, minutes=minutes)
    return {"user": user.pk, "hash": user.get_session_auth_hash(), "minutes": minutes}
