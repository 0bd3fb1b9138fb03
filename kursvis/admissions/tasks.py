"""The worker's part of admissions."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kursvis.admissions import services
from kursvis.core import time


@app.task(name="admissions.tell_changes", retry=RetryStrategy(max_attempts=8, exponential_wait=3))
def tell_changes(*, course_start_id: int) -> None:
    """Tell the applicants of a course start what has changed. Safe to repeat: each change is told once."""
    with time.one_reading():
        services.tell_changes(course_start_id=course_start_id, now=time.now())
