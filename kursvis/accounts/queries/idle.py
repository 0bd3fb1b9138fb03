"""How long a session may rest, and whether it still belongs to somebody after it has ended."""

from datetime import date

from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from kursvis.access.actors import Person
from kursvis.accounts.models import User
from kursvis.accounts.rules.idle import Rest
from kursvis.organisation.queries.settings import values_of
from kursvis.organisation.rules.settings import KINDS, Setting, strictest

MINUTES, TIMED_OUT = "idle_minutes", "timed_out"
"""What the session holds: how long it may rest, and after it has timed out whose it was."""


def idle_minutes(actor: Person, *, today: date) -> int:
    """Return how many minutes the actor's session may rest: the strictest of her municipalities decides."""
    authorities = {held.authority_id for held in actor.held}
    values = values_of(authorities, on=today).values() if authorities else []
    return strictest(values, Setting.IDLE_MINUTES)


def rest_of(session: SessionBase) -> Rest | None:
    """Return when a session was last used and how long it may rest, or None for one that is being made."""
    seen_at = getattr(session, "seen_at", None)
    return Rest(seen_at, session.get(MINUTES, KINDS[Setting.IDLE_MINUTES].default)) if seen_at else None


def minutes_of_timed_out(session: SessionBase) -> int | None:
    """Return after how many minutes the session timed out, or None when it has not."""
    ended = session.get(TIMED_OUT)
    return ended["minutes"] if ended else None


def timed_out_user(session: SessionBase) -> User | None:
    """Return whose session has timed out, as long as she may log in and her password and serial are the same.

    Who has been locked, ended or logged out everywhere since gets nothing kept.
    """
    ended = session.get(TIMED_OUT)
    if not ended:
        return None
    user = User.objects.filter(pk=ended["user"], is_active=True, locked_at__isnull=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), ended["hash"]):
        return None
    return user
