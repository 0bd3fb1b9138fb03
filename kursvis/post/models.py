"""Messages on their way out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import Authority, School
from kursvis.post.rules import Channel, MessageStatus


class Reminder(models.Model):
    """That somebody was reminded of something at some distance: what tells it from every other, so that it is once."""

    key = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Reminder"]] = models.Manager()


class Message(Row):
    """One message to one address. `recipient` is what queues show: a name, or a protected person's alias."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=choices(Channel))
    recipient = models.CharField(max_length=200)
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachment_name = models.CharField(max_length=120, blank=True)
    attachment = models.BinaryField(null=True)
    status = models.CharField(max_length=10, choices=choices(MessageStatus), default=MessageStatus.QUEUED.value)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sealed = models.BooleanField(
        default=False, help_text="To a protected person: content and address are not shown in queues."
    )
    concerns = models.UUIDField(
        null=True, db_index=True, help_text="The key of whom it is to or about: its text is hers. Never a name."
    )

    objects: ClassVar[models.Manager["Message"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("channel", Channel, "message_channel"),
            one_of("status", MessageStatus, "message_status"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.PROTECTED.value) | Q(sealed=True, address="", concerns__isnull=False),
                name="protected_message_is_sealed",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["authority", "-id"], name="message_newest")]
