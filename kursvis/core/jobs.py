"""Background work: enqueued by name inside the transaction, so that it commits or vanishes with the change."""

from datetime import timedelta
from typing import Any

import procrastinate

STALLED_AFTER = timedelta(minutes=5)


def enqueue(name: str, **arguments: Any) -> None:
    """Put a task in the queue by its name, for instance "post.deliver", with ids as arguments."""
    from procrastinate.contrib.django import app  # noqa: PLC0415  (the app exists when Django is ready)

    app.configure_task(name).defer(**arguments)


def on_app_ready(app: procrastinate.App) -> None:
    """Add the task that retries the jobs of a killed worker, which otherwise stay as being done for ever."""

    @app.periodic(cron="* * * * *")
    @app.task(name="core.retry_stalled", queueing_lock="core.retry_stalled", pass_context=True)
    async def retry_stalled(context: procrastinate.JobContext, timestamp: int) -> None:
        seconds = int(STALLED_AFTER.total_seconds())
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds):
            await app.job_manager.retry_job(job)


