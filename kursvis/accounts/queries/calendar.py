"""Whose a secret calendar address is."""

from datetime import datetime

from kursvis.accounts.models import CalendarLink, User
from kursvis.accounts.queries.links import hash_of


def user_by_calendar(secret: str) -> User | None:
    """Return whose calendar has the secret, or None: it is unknown or renewed, or its account is locked or ended."""
    found = CalendarLink.objects.filter(secret_hash=hash_of(secret), user__is_active=True, user__locked_at=None)
    link = found.select_related("user").first()
    return link.user if link else None


def made_at(user_id: int) -> datetime | None:
    """Return when the user made the address that works now, or None when she has none."""
    return CalendarLink.objects.filter(user_id=user_id).values_list("made_at", flat=True).first()
