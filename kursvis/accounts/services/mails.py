"""Notices to somebody about her own account. They go at once, and no outbox keeps them."""

from datetime import date, datetime

from kursvis.accounts import messages
from kursvis.accounts.models import User
from kursvis.accounts.queries import locks
from kursvis.core import time
from kursvis.post import services as post


def send_notice(*, user_id: int, notice: str, now: datetime, **values: str) -> bool:
    """Mail one notice; say whether it was sent. Who has no address gets none. For the worker.

    A mail server out of reach raises OSError, and the worker tries again.
    """
    user = User.objects.get(pk=user_id)
    address = values.get("to") or user.email
    if not address:
        return False
    subject, body = _mail(user, notice, now, values)
    return post.send_secret(authority=locks.authority_of(user.pk), address=address, subject=subject, body=body)


def _mail(user: User, notice: str, now: datetime, values: dict[str, str]) -> messages.Mail:
    if notice == "locked":
        return messages.locked(user, locks.whom_to_ask(user.pk, today=time.swedish_date(now)))
    if notice == "unlocked":
        return messages.unlocked(user)
    if notice == "warned":
        return messages.warned(user, date.fromisoformat(values["last_day"]))
    if notice == "new_login":
        return messages.new_login(user, values["device"], datetime.fromisoformat(values["at"]))
    if notice == "no_password":
        return messages.no_password(user)
    return messages.changed(user, notice, new_email=user.email)
