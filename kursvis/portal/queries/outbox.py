"""The outbox: what has been sent, and what waits."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.post import queries as post
from kursvis.post.models import Message
from kursvis.post.rules import Channel, MessageStatus

OUTBOX_CHANNELS = (Channel.EMAIL, Channel.PRINT)
"""What goes by protected post is no part of the outbox."""


@dataclass(frozen=True)
class MessageFilter:
    """What the outbox is narrowed to; empty narrows nothing. `own`: what the actor's own unit sends."""

    text: str = ""
    state: str = ""
    channel: str = ""
    own: bool = False


def messages(actor: Actor, to: MessageFilter) -> QuerySet[Message]:
    """Return the messages that the actor may see, newest first, narrowed; the text is of recipient or subject."""
    rows = post.readable_by(actor).order_by("-created_at", "-id")
    if to.text:
        rows = rows.filter(Q(recipient__icontains=to.text) | Q(subject__icontains=to.text))
    if to.own:
        rows = rows.filter(_of_own_unit(actor))
    wanted = {"status": to.state, "channel": to.channel}
    return rows.filter(**{field: value for field, value in wanted.items() if value})


def letters_to_print(actor: Actor) -> QuerySet[Message]:
    """Return what waits to be printed at the actor's own unit."""
    waiting = MessageFilter(state=MessageStatus.QUEUED.value, channel=Channel.PRINT.value, own=True)
    return messages(actor, waiting)


def _of_own_unit(actor: Actor) -> Q:
    """Match what a school sends itself; at the municipality what no school sends."""
    permission = Permission.SEE_OUTBOX
    return Q(school_id__in=actor.schools(permission)) | Q(
        authority_id__in=actor.authorities(permission), school__isnull=True
    )


def message(actor: Actor, uuid: UUID) -> Message:
    """Return one message that the actor may see, or raise Http404."""
    return get_object_or_404(post.readable_by(actor), uuid=uuid)


def attachment(actor: Actor, uuid: UUID) -> tuple[str, bytes]:
    """Return the name and content of a message's attachment, or raise Http404; a sealed one is never given out here."""
    rows = post.readable_by(actor).exclude(attachment_name="").filter(sealed=False, attachment__isnull=False)
    found = get_object_or_404(rows.defer(None), uuid=uuid)
    return found.attachment_name, bytes(found.attachment or b"")
