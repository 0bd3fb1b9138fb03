"""How long a bulk run takes, with a worker of its own process, and how long others wait who write at the same time.

The others press real buttons, over and over with a short breath between: they change students' contact details (also of
those in the run), decide other applications, and distribute others by hand.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from time import perf_counter, sleep
from urllib.parse import urlsplit, urlunsplit

from django.db import connection, connections

from kursvis.admissions import services as admissions
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import Outcome
from kursvis.admissions.tests.factories import Office, decision, make_waiting
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.organisation.tests.factories import make_school
from kursvis.people import services as people
from kursvis.work import services
from kursvis.work.models import Run, RunRow
from kursvis.work.rules import MOVES_BY_ITSELF

ROOT = Path(__file__).resolve().parents[1]
ROWS_OF_PROOF = 3000
SCHOOLS = 10
BREATH = 0.05
CALM = 5.0
Writers = dict[str, Callable[[], object]]
Times = dict[str, list[float]]


@dataclass
class Measured:
    """What was measured, in seconds."""

    done: int = 0
    undone: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    chunks: dict[str, list[float]] = field(default_factory=dict)
    calm: Times = field(default_factory=dict)
    waits: Times = field(default_factory=dict)

    def p99(self, who: str, *, calm: bool = False) -> float:
        """Return the milliseconds that 99 of 100 writes of a kind stay within."""
        return 1000 * quantiles((self.calm if calm else self.waits)[who], n=100)[98]

    def told(self) -> str:
        """Return the figures as the report has them."""
        lines = [f"- {step}: {seconds:.1f} s" for step, seconds in self.seconds.items()]
        for task, times in self.chunks.items():
            middle, longest = 1000 * median(times), 1000 * max(times)
            lines.append(f"- `{task}`: {len(times)} chunks, median {middle:.0f} ms, longest {longest:.0f} ms")
        lines += [
            "",
            "| who writes meanwhile | writes | p50 ms | p99 ms | longest ms | p99 ms without a run |",
            f"|{'---|' * 6}",
        ]
        for who, times in self.waits.items():
            figures = (1000 * median(times), self.p99(who), 1000 * max(times), self.p99(who, calm=True))
            lines.append(f"| {who} | {len(times)} | " + " | ".join(f"{figure:.0f}" for figure in figures) + " |")
        return "\n".join(lines) + "\n"


def measure(rows: int) -> Measured:
    """Prepare, carry out and take back a run of so many rows, while others write."""
    office = Office()
    starts = [make_course_start(school=make_school(authority=office.school.authority)) for _ in range(SCHOOLS)]
    waiting = [row for start in starts for row in make_waiting(rows // SCHOOLS, office=office, course_start=start)]
    writers = _writers(office, waiting)
    measured = Measured(calm=_written(writers, lambda: sleep(CALM)))
    began = perf_counter()
    run = admissions.prepare_distribution(choices=waiting, by=office.officer, now=time.now())
    measured.seconds["making the run"] = perf_counter() - began
    measured.seconds["dry run"] = worked(run)
    run.refresh_from_db()
    services.start(run=run, by=office.officer, now=time.now())
    measured.waits = _written(writers, lambda: measured.seconds.update({"carrying it out": worked(run)}))
    measured.done = _rows(run, "done")
    run.refresh_from_db()
    services.undo(run=run, by=office.officer, now=time.now())
    measured.seconds["taking it back"] = worked(run)
    measured.undone = _rows(run, "undone")
    measured.chunks = {name: _chunks(name) for name in ("work.prepare", "work.carry_out", "work.undo")}
    return measured


def _writers(office: Office, in_run: list[Choice]) -> Writers:
    others = make_waiting(200, office=office)
    students, numbers = cycle([row.student for row in in_run]), count()
    refused, granted = cycle(others[:100]), cycle(others[100:])
    Choice.objects.filter(pk__in=[row.pk for row in others[:100]]).update(outcome=Outcome.REFUSED.value)

    def decide() -> None:
        choice = Choice.objects.get(pk=next(refused).pk)
        admissions.decide(choice=choice, **decision(Outcome.REFUSED), by=office.officer, now=time.now())

    def distribute() -> None:
        choice, step = Choice.objects.get(pk=next(granted).pk), {"by": office.officer, "now": time.now()}
        if choice.status == "decided":
            admissions.distribute(choice=choice, **step)
        else:
            admissions.take_back(choice=choice, distributed_at=choice.status_at, run_id=0, **step)

    def change_contact() -> None:
        phone = f"070-{next(numbers)}"
        people.update_contact(student=next(students), by=office.officer, now=time.now(), phone=phone)

    return {"contact details": change_contact, "deciding": decide, "distributing by hand": distribute}


def _written(writers: Writers, meanwhile: Callable[[], object]) -> Times:
    """Let the writers write, each on a connection of her own, while something else is done; return their times."""
    over = Event()

    def write(step: Callable[[], object]) -> list[float]:
        times = []
        while not over.is_set():
            began = perf_counter()
            step()
            times.append(perf_counter() - began)
            over.wait(BREATH)
        connections.close_all()
        return times

    with ThreadPoolExecutor(len(writers)) as pool:
        writing = {who: pool.submit(write, step) for who, step in writers.items()}
        try:
            meanwhile()
        finally:
            over.set()
    return {who: times.result() for who, times in writing.items()}


def worked(run: Run) -> float:
    """Run the worker, as a process of its own, until it has left the run; return the seconds of its chunks."""
    address = urlsplit(os.environ["DATABASE_URL"])
    here = urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
    command = [sys.executable, "manage.py", "procrastinate", "worker"]
    began = time.real_now()
    worker = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": here}, stderr=subprocess.DEVNULL)
    try:
        while Run.objects.filter(pk=run.pk, status__in=sorted(MOVES_BY_ITSELF)).exists():
            assert worker.poll() is None, "the worker has ended"
            sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM max(e.at) - min(e.at)) FROM procrastinate_events e "
            "JOIN procrastinate_jobs j ON j.id = e.job_id "
            "WHERE j.task_name LIKE 'work.%%' AND e.type IN ('started', 'succeeded') AND e.at >= %s",
            [began],
        )
        return float(cursor.fetchone()[0])


def _chunks(task: str) -> list[float]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM max(e.at) - min(e.at)) FROM procrastinate_events e "
            "JOIN procrastinate_jobs j ON j.id = e.job_id "
            "WHERE j.task_name = %s AND e.type IN ('started', 'succeeded') GROUP BY j.id",
            [task],
        )
        return [float(seconds) for (seconds,) in cursor.fetchall()]


def _rows(run: Run, status: str) -> int:
    return RunRow.objects.filter(run=run, status=status).count()
