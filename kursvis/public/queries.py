"""Reading feedback: who answers it at the municipality."""

from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.public.models import Feedback


def readable_by(actor: Actor) -> "QuerySet[Feedback]":
    """Return the feedback to the authorities where the actor answers it: what waits first, by its last day."""
    rows = Feedback.objects.filter(authority_id__in=actor.authorities(Permission.ANSWER_FEEDBACK))
    return rows.select_related("authority").order_by(F("handled_at").desc(nulls_first=True), "answer_by", "pk")


def waiting(actor: Actor) -> "QuerySet[Feedback]":
    """Return what nobody has handled yet."""
    return readable_by(actor).filter(handled_at=None)


def get_for(actor: Actor, uuid: UUID) -> Feedback:
    """Return feedback that the actor may read, or 404."""
    return get_object_or_404(readable_by(actor), uuid=uuid)
