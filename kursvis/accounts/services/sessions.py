"""Who logged in and out."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.accounts.models import User
from kursvis.audit import services as audit


@transaction.atomic
def logged_in(*, user: User, way: str, by: Actor, now: datetime) -> None:
    """Note that the user logged in, and how (password, test e-ID)."""
    audit.record(verb="user.logged_in", by=by, subject=user, authority_id=None, now=now, way=way)


@transaction.atomic
def logged_out(*, user: User, by: Actor, now: datetime) -> None:
    """Note that the user logged out."""
    audit.record(verb="user.logged_out", by=by, subject=user, authority_id=None, now=now)
