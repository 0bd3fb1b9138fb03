"""Putting messages in the outbox, and sending them."""

import smtplib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace

from kursvis.access.actors import SYSTEM, Actor
from kursvis.audit import services as audit
from kursvis.core import jobs
from kursvis.core.reasons import refuse_if
from kursvis.core.transitions import move
from kursvis.organisation.models import Authority, School
from kursvis.post import rules
from kursvis.post.models import Message, Reminder
from kursvis.post.rules import Channel, MessageStatus


@transaction.atomic
def queue_email(
    *,
    authority: Authority,
    school: School | None,
    recipient: str,
    address: str,
    subject: str,
    body: str,
    attachment_name: str = "",
    attachment: bytes | None = None,
    sealed: bool = False,
    concerns: UUID | None = None,
    now: datetime,
) -> Message:
    """Put a message in the outbox; without an address it waits for print. Part of the step that causes it.

    `recipient` is what queues show: a name, or a protected person's alias, with `sealed`. `concerns` is the key of the
    student that it is to or about; sealed and without an address it goes by the route for protected persons.

    Raises `Refused` when a text that becomes a header holds a line break. The job that sends it appears when the
    transaction commits.
    """
    refuse_if(rules.against_headers(recipient, address, subject, attachment_name))
    message = Message.objects.create(
        authority=authority,
        school=school,
        channel=rules.channel_for(address, sealed=sealed).value,
        recipient=recipient,
        address=address,
        subject=subject,
        body=body,
        attachment_name=attachment_name,
        attachment=attachment,
        sealed=sealed,
        concerns=concerns,
        created_at=now,
    )
    _enqueue(message)
    return message


@transaction.atomic
def claim_reminders(*, keys: list[str], now: datetime) -> list[str]:
    """Return which of the reminders have not been sent, and keep that they now are. Part of the step that sends them.

    Of two who send at once, one raises IntegrityError, and sends nothing.
    """
    sent = set(Reminder.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [key for key in keys if key not in sent]
    Reminder.objects.bulk_create(Reminder(key=key, sent_at=now) for key in new)
    return new


@transaction.atomic
def deliver(*, message_id: int, now: datetime) -> bool:
    """Send a queued e-mail and mark it sent; say whether it was sent now. A second run does nothing.

    The row is locked while it is sent, so two workers never send it twice. What the mail server refuses is marked
    failed; a server out of reach raises OSError, and the message stays queued for the next try.
    """
    message = Message.objects.select_for_update(of=("self",)).select_related("authority", "school").get(pk=message_id)
    if message.status != MessageStatus.QUEUED or message.channel != Channel.EMAIL:
        return False
    try:
        _send(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refusal:
        move(message, MessageStatus.FAILED)
        _record(message, "message.failed", SYSTEM, now, cause=type(refusal).__name__)
        return False
    move(message, MessageStatus.SENT, sent_at=now)
    _record(message, "message.sent", SYSTEM, now)
    return True


@transaction.atomic
def resend(*, message: Message, by: Actor, now: datetime) -> None:
    """Put a failed message in the queue again. Raises `Refused` for any other."""
    refuse_if(rules.against_resending(MessageStatus(message.status)))
    move(message, MessageStatus.QUEUED)
    _enqueue(message)
    _record(message, "message.queued_again", by, now)


@transaction.atomic
def enqueue_waiting(*, before: datetime) -> int:
    """Enqueue anew the e-mails that have waited since before a moment, lest their jobs were given up; return how many.

    Safe to repeat: a message is delivered once, however many jobs it has.
    """
    waiting = Message.objects.filter(
        status=MessageStatus.QUEUED.value, channel=Channel.EMAIL.value, created_at__lt=before
    )
    ids = list(waiting.order_by("id").values_list("id", flat=True))
    for message_id in ids:
        jobs.enqueue("post.deliver", message_id=message_id)
    return len(ids)


@transaction.atomic
def mark_printed(*, message: Message, by: Actor, now: datetime) -> None:
    """Mark a message for print as printed and posted. Raises `Refused` when it is an e-mail or already done."""
    refuse_if(rules.against_printing(Channel(message.channel), MessageStatus(message.status)))
    move(message, MessageStatus.SENT, sent_at=now)
    _record(message, "message.printed", by, now)


@transaction.atomic
def seal(*, concerns: UUID, known_as: str, alias: str) -> int:
    """Seal everything that was written to or about somebody whose data are protected from now on; return how much.

    Part of the step that protects her, which writes the event. What waits to go to her by e-mail, or did not arrive,
    goes by the route for protected persons instead; in what waits to go to others about her stands her alias.
    """
    rows = Message.objects.filter(concerns=concerns)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    to_her = rows.filter(recipient=known_as)
    to_her.exclude(status=MessageStatus.SENT.value).update(
        channel=Channel.PROTECTED.value, status=MessageStatus.QUEUED.value, address="", sealed=True
    )
    rows.exclude(recipient=known_as).update(body=Replace("body", Value(known_as), Value(alias)))
    to_her.update(recipient=alias)
    return rows.update(sealed=True)


def _enqueue(message: Message) -> None:
    if message.channel == Channel.EMAIL:
        jobs.enqueue("post.deliver", message_id=message.pk)


def _send(message: Message) -> None:
    """Hand the message to the mail server; in the demo that is its mailbox."""
    sender = message.school or message.authority
    email = EmailMessage(subject=message.subject, body=message.body, to=[message.address], reply_to=[sender.email])
    if message.attachment is not None:
        email.attach(message.attachment_name, bytes(message.attachment), "application/pdf")
    email.send()


def _record(message: Message, verb: str, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(
        verb=verb, by=by, subject=message, authority_id=message.authority_id, now=now, channel=message.channel, **detail
    )


def send_secret(*, authority: Authority | None, address: str, subject: str, body: str) -> bool:
    """Send at once what no outbox may show: a one-time link, a notice about an account. For the worker.

    Say whether the mail server took it; one out of reach raises OSError. Raises `Refused` as `queue_email` does.
    """
    refuse_if(rules.against_headers(address, subject))
    email = EmailMessage(subject=subject, body=body, to=[address], reply_to=[authority.email] if authority else None)
    try:
        email.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        return False
    return True
