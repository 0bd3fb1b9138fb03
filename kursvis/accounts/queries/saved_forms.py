"""What was saved of somebody's forms: hers alone."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.rules import Action
from kursvis.accounts.models import SavedForm
from kursvis.accounts.rules.saved_forms import KEPT, told
from kursvis.core.wording import labels


def own(user_id: int | None, *, now: datetime) -> "QuerySet[SavedForm]":
    """Return what is kept for the user and not too old. `now` is real time."""
    return SavedForm.objects.filter(user_id=user_id or 0, kept_at__gt=now - KEPT)


def get_own(user_id: int | None, uuid: UUID, *, now: datetime) -> SavedForm:
    """Return one saved form of the user's own, as it was sent; or raise Http404."""
    return get_object_or_404(own(user_id, now=now), uuid=uuid, fields__has_key="posted")


def told_of(saved: SavedForm) -> list[tuple[str, str]]:
    """Return what she wrote, each with the field's name as the page says it; an unnamed field has an empty name.

    Where the page has said in words what was on its way to be done (`says_what`), that is returned.
    """
    if says_what(saved):
        return [(heading, value) for heading, value in saved.fields["told"]]
    known = labels()["saved_field"]
    return [(str(known[name].text) if name in known else "", value) for name, value in told(saved.fields["posted"])]


def says_what(saved: SavedForm) -> bool:
    """Say whether it is kept in words what the step would do, and to whom."""
    return bool(saved.fields.get("told"))


def confirms(saved: SavedForm) -> Action | None:
    """Return the kind of step that she confirms before it is sent again; None for what a time-out has saved."""
    name = saved.fields.get("confirms")
    return Action(name) if name else None
