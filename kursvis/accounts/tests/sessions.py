"""A session that has rested."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import F


def rest(*, minutes: float) -> None:
    """Let every session have been used that much longer ago."""
    Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=minutes))
