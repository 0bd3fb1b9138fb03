"""What was saved of somebody's forms: hers alone."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kursvis.accounts.models import SavedForm
from kursvis.accounts.rules.saved_forms import KEPT


def own(user_id: int | None, *, now: datetime) -> "QuerySet[SavedForm]":
    """Return what is kept for the user and not too old. `now` is real time."""
    return SavedForm.objects.filter(user_id=user_id or 0, kept_at__gt=now - KEPT)


def get_own(user_id: int | None, uuid: UUID, *, now: datetime) -> SavedForm:
    """Return one saved form of the user's own, as it was sent; or raise Http404."""
    return get_object_or_404(own(user_id, now=now), uuid=uuid, fields__has_key="posted")
