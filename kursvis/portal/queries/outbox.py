"""The outbox: what has been sent, and what waits."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.post import queries as post
from kursvis.post.models import Message


def messages(actor: Actor, *, text: str = "") -> QuerySet[Message]:
    """Return the messages that the actor may see, newest first, narrowed to a word of recipient or subject."""
    rows = post.readable_by(actor).order_by("-created_at", "-id")
    return rows.filter(Q(recipient__icontains=text) | Q(subject__icontains=text)) if text else rows


def message(actor: Actor, uuid: UUID) -> Message:
    """Return one message that the actor may see, or raise Http404."""
    return get_object_or_404(post.readable_by(actor), uuid=uuid)


def attachment(actor: Actor, uuid: UUID) -> tuple[str, bytes]:
    """Return the name and content of a message's attachment, or raise Http404; a sealed one is never given out here."""
    rows = post.readable_by(actor).exclude(attachment_name="").filter(sealed=False, attachment__isnull=False)
    found = get_object_or_404(rows.defer(None), uuid=uuid)
    return found.attachment_name, bytes(found.attachment or b"")
