"""The worker's part of bulk runs. Each chunk is a job of its own, so that nothing else waits for a whole run."""

from datetime import date

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kursvis.core import time
from kursvis.core.jobs import each_day
from kursvis.work import services

_CHUNKS = RetryStrategy(max_attempts=8, exponential_wait=3)


@app.task(name="work.prepare", retry=_CHUNKS)
def prepare(*, run_id: int) -> None:
    """Look through the next rows of a run."""
    with time.one_reading():
        services.prepare_chunk(run_id=run_id, now=time.now())


@app.task(name="work.carry_out", retry=_CHUNKS)
def carry_out(*, run_id: int) -> None:
    """Take a run's step for its next rows."""
    with time.one_reading():
        services.carry_out_chunk(run_id=run_id, now=time.now())


@app.task(name="work.undo", retry=_CHUNKS)
def undo(*, run_id: int) -> None:
    """Take a run's step back for its next rows."""
    with time.one_reading():
        services.undo_chunk(run_id=run_id, now=time.now())


@each_day("work.resume")
def resume(day: date) -> None:
    """Let no run stand still because its job was given up. A chunk that is asked for twice is written once."""
    services.resume()
