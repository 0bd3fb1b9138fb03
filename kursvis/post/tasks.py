"""The worker's part of the outbox."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kursvis.core import time
from kursvis.post import services


@app.task(name="post.deliver", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def deliver(*, message_id: int) -> None:
    """Send one message; tried again, with growing pauses, while the mail server is out of reach."""
    with time.one_reading():
        services.deliver(message_id=message_id, now=time.now())
