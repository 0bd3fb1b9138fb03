"""Rows of post, made by its services."""

from datetime import datetime
from typing import Any

from kursvis.core import time
from kursvis.organisation.models import Authority, School
from kursvis.post import services
from kursvis.post.models import Message


def make_message(
    *, authority: Authority, school: School | None = None, now: datetime | None = None, **given: Any
) -> Message:
    """Return a queued message."""
    values: dict[str, Any] = {
        "recipient": "Abdi, Hodan",
        "address": "hodan.abdi@example.org",
        "subject": "Kallelse till kursstart",
        "body": "Välkommen!",
    }
    return services.queue_email(authority=authority, school=school, now=now or time.now(), **(values | given))
