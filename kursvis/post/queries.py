"""Reading the outbox."""

from django.db.models import Case, CharField, Q, QuerySet, TextField, Value, When

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.post.models import Message
from kursvis.post.rules import Channel


def readable_by(actor: Actor) -> QuerySet[Message]:
    """Return the messages of the actor's authorities or schools, newest first, without their attachments.

    Letters to protected persons are not among them: they have their own route.

    `shown_address` and `shown_body` are empty for a sealed message: pages show these, never `address` and `body`.
    """
    reached = Q(authority_id__in=actor.authorities(Permission.SEE_OUTBOX)) | Q(
        school_id__in=actor.schools(Permission.SEE_OUTBOX)
    )
    return (
        Message.objects.filter(reached)
        .exclude(channel=Channel.PROTECTED.value)
        .annotate(
            shown_address=Case(When(sealed=True, then=Value("")), default="address", output_field=CharField()),
            shown_body=Case(When(sealed=True, then=Value("")), default="body", output_field=TextField()),
        )
        .defer("attachment", "body", "address")
        .order_by("-id")
    )
