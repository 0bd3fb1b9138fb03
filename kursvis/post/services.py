"""Putting messages in the outbox, and sending them."""

import smtplib
from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction

from kursvis.access.actors import SYSTEM, Actor
from kursvis.audit import services as audit
from kursvis.core import jobs
from kursvis.core.reasons import refuse_if
from kursvis.core.transitions import move
from kursvis.organisation.models import Authority, School
from kursvis.post import rules
from kursvis.post.models import Message
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
    now: datetime,
) -> Message:
    """Put a message in the outbox; without an address it waits for print. Part of the step that causes it.

    `recipient` is what queues show: a name, or a protected person's alias, with `sealed`. Raises `Refused` when a text
    that becomes a header holds a line break. The job that sends it appears when the transaction commits.
    """
    refuse_if(rules.against_headers(recipient, address, subject, attachment_name))
    message = Message.objects.create(
        authority=authority,
        school=school,
        channel=(Channel.EMAIL if address else Channel.PRINT).value,
        recipient=recipient,
        address=address,
        subject=subject,
        body=body,
        attachment_name=attachment_name,
        attachment=attachment,
        sealed=sealed,
        created_at=now,
    )
    _enqueue(message)
    return message


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
