"""What only the demo keeps."""

from typing import ClassVar

from django.db import models

from kursvis.core.models import Row


class DemoMail(Row):
    """An e-mail that the demo has sent to nobody: read in its mailbox. Attachments are not kept, only their names."""

    sent_at = models.DateTimeField()
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    attachments = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["DemoMail"]] = models.Manager()
