"""Reading the browsers that somebody has logged in with."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kursvis.accounts.models import Device

PREVIOUS_LOGIN = "previous_login"
"""What the session holds: when she logged in the time before."""


def previous_login(session: SessionBase) -> datetime | None:
    """Return when she logged in the time before this session, so that she notices a login that was not hers."""
    kept = session.get(PREVIOUS_LOGIN)
    return datetime.fromisoformat(kept) if kept else None


def devices_of(user_id: int) -> QuerySet[Device]:
    """Return the browsers of a user, the one used last first."""
    return Device.objects.filter(user_id=user_id).order_by("-seen_at", "-pk")


def get_own(user_id: int, uuid: UUID) -> Device:
    """Return a browser of one's own, or raise Http404."""
    return get_object_or_404(Device, uuid=uuid, user_id=user_id)
