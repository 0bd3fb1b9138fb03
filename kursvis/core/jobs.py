"""Background work: enqueued by name inside the transaction, so that it commits or vanishes with the change."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import procrastinate

from kursvis.core import time

STALLED_AFTER = timedelta(minutes=5)
EachDay = Callable[[date], None]
Often = Callable[[], None]
_each_day: dict[str, EachDay] = {}
_every_five_minutes: dict[str, Often] = {}


def each_day(name: str) -> Callable[[EachDay], EachDay]:
    """Register what is done once for every day (04:00). It must be idempotent: a day may be run again."""

    def register(work: EachDay) -> EachDay:
        _each_day[name] = work
        return work

    return register


def every_five_minutes(name: str) -> Callable[[Often], Often]:
    """Register what is done every five minutes. It must bear being left out, and being run twice at once."""

    def register(work: Often) -> Often:
        _every_five_minutes[name] = work
        return work

    return register


def run_often() -> list[str]:
    """Do what every process has registered for every five minutes; return the names of what was done."""
    for work in _every_five_minutes.values():
        work()
    return list(_every_five_minutes)


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
    """Add the timed tasks, and the one that retries a killed worker's jobs, which otherwise stay as being done for
    ever."""

    @app.periodic(cron="0 4 * * *")
    @app.task(name="core.each_day", queueing_lock="core.each_day")
    def run_today(timestamp: int) -> None:
        run_day(time.today())

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="core.every_five_minutes", queueing_lock="core.every_five_minutes")
    def run_every_five_minutes(timestamp: int) -> None:
        with time.one_reading():
            run_often()

    @app.periodic(cron="* * * * *")
    @app.task(name="core.retry_stalled", queueing_lock="core.retry_stalled", pass_context=True)
    async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:
        seconds = int(STALLED_AFTER.total_seconds())
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
            await app.job_manager.retry_job(job)
