"""Keeping what the demo would have mailed."""

from datetime import datetime

from django.db import transaction

from kursvis.demo.models import DemoMail
from kursvis.demo.rules.mail import KEPT


@transaction.atomic
def keep(*, to: str, subject: str, body: str, attachments: str = "", now: datetime) -> DemoMail:
    """Keep an e-mail, and let go of the oldest. No business data, so nothing of it stands in the log."""
    mail = DemoMail.objects.create(to=to, subject=subject[:200], body=body, attachments=attachments[:500], sent_at=now)
    DemoMail.objects.filter(pk__lte=mail.pk - KEPT).delete()
    return mail
