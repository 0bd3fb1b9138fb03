"""Letters to protected persons, for their named readers and for who protects them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.people import queries as people
from kursvis.people.models import Student
from kursvis.portal.queries import protected
from kursvis.portal.queries.people import reached_by
from kursvis.post.models import Message
from kursvis.post.rules import Channel, MessageStatus


def students(actor: Actor, *, today: date) -> QuerySet[Student]:
    """Return the persons whose post the actor handles: those she is named for, and those she protects.

    A naming is no role: who does not reach the person's card any more does not reach her letters either.
    """
    named = people.named(today=today).filter(user_id=actor.user_id or 0)
    reached = Q(pk__in=named.values("student_id")) & Q(pk__in=reached_by(actor).values("pk"))
    rows = Student.objects.filter(reached | Q(pk__in=protected.reached_by(actor).values("pk")))
    return rows.exclude(user_id=actor.user_id or 0)


def letters(actor: Actor, *, today: date, waiting: bool = False) -> QuerySet[Message]:
    """Return the letters to them, newest first, without text and document; only those to post, if asked."""
    rows = Message.objects.filter(
        channel=Channel.PROTECTED.value, concerns__in=students(actor, today=today).values("uuid")
    )
    if waiting:
        rows = rows.filter(status=MessageStatus.QUEUED.value)
    return rows.defer("attachment", "body").select_related("authority", "school").order_by("-created_at", "-id")


def letter(actor: Actor, uuid: UUID, *, today: date) -> tuple[Message, Student]:
    """Return one letter that the actor handles and whom it is to, or raise Http404."""
    message = get_object_or_404(
        letters(actor, today=today).defer(None).select_related("authority", "school"), uuid=uuid
    )
    student = students(actor, today=today).select_related("authority").filter(uuid__in=[message.concerns]).first()
    if student is None:
        raise Http404
    return message, student
