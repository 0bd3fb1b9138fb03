"""The worker's part of the outbox."""

from datetime import date, timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kursvis.core import time
from kursvis.core.jobs import each_day
from kursvis.post import services


@app.task(name="post.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def deliver(*, message_id: int) -> None:
    """Send one message; tried again, with growing pauses, while the mail server is out of reach."""
    with time.one_reading():
        services.deliver(message_id=message_id, now=time.now())


@each_day("post.enqueue_waiting")
def enqueue_waiting(day: date) -> None:
    """Let nothing stay in the outbox because its job was given up, as after days without a mail server."""
    services.enqueue_waiting(before=time.at_noon(day) - timedelta(days=1))
