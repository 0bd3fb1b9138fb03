"""The mail server of the demo: what is sent is read at `/demo/post/` and never leaves the demo."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from kursvis.core import time
from kursvis.demo.services import mail


class Mailbox(BaseEmailBackend):
    """Puts each e-mail in the demo's mailbox, once for each receiver."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages; say how many there were."""
        for message in email_messages:
            names = ", ".join(str(attachment[0]) for attachment in message.attachments)
            for address in message.recipients():
                subject, body = str(message.subject), str(message.body)
                mail.keep(to=address, subject=subject, body=body, attachments=names, now=time.now())
        return len(email_messages)
