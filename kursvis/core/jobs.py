"""Background work: enqueued by name inside the transaction, so that it commits or vanishes with the change."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import procrastinate

from kursvis.core import time

STALLED_AFTER = timedelta(minutes=5)
EachDay = Callable[[date], None]
_each_day: dict[str, EachDay] = {}


def each_day(name: str) -> Callable[[EachDay], EachDay]:
    """Register what is done once for every day (04:00). It must be idempotent: a day may be run again."""

    def register(work: EachDay) -> EachDay:
        _each_day[name] = work
        return work

    return register


def run_day(day: date) -> list[str]:
    """Do what every process has registered for a day; return the names of what was done."""
    for work in _each_day.values():
        work(day)
    return list(_each_day)


def enqueue(name: str, **arguments: Any) -> None:
    """Put a task in the queue by its name, for instance "post.deliver", with ids as arguments."""
    from procrastinate.contrib.django import app  # the app exists when Django is ready

    app.configure_task(name).defer(**arguments)


def on_app_ready(app: procrastinate.App) -> None:
    """Add the daily task, and the one that retries a killed worker's jobs, which otherwise stay as being done for
    ever."""

    @app.periodic(cron="0 4 * * *")
    @app.task(name="core.each_day", queueing_lock="core.each_day")
    def run_today(timestamp: int) -> None:
        run_day(time.today())

    @app.periodic(cron="* * * * *")
    @app.task(name="core.retry_stalled", queueing_lock="core.retry_stalled", pass_context=True)
    async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:
        seconds = int(STALLED_AFTER.total_seconds())
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
            await app.job_manager.retry_job(job)
