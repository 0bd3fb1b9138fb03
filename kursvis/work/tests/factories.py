"""Runs for tests, made by the services: distributions, the first use."""

from collections.abc import Sequence

from kursvis.access.actors import Person
from kursvis.admissions.models import Choice
from kursvis.admissions.services import prepare_distribution
from kursvis.admissions.tests.factories import Office, make_waiting
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.work import services
from kursvis.work.models import Run, RunRow
from kursvis.work.tests.worker import work


def make_run(*, office: Office, choices: Sequence[Choice] | None = None, by: Person | None = None) -> Run:
    """Return a run that distributes the choices (two that wait, unless told otherwise), not looked through."""
    chosen = make_waiting(2, office=office) if choices is None else choices
    return prepare_distribution(choices=chosen, by=by or office.officer, now=time.now())


def looked_through(run: Run) -> Run:
    """Return the run after its dry run."""
    work()
    run.refresh_from_db()
    return run


def carried_out(run: Run, *, by: Person) -> Run:
    """Return the run after its dry run, its start and its end."""
    services.start(run=looked_through(run), by=by, now=time.now())
    return looked_through(run)


def states(run: Run) -> list[str]:
    """Return the states of the run's rows, in their order."""
    return list(RunRow.objects.filter(run=run).order_by("position").values_list("status", flat=True))


def codes(run: Run) -> list[list[str]]:
    """Return the reasons of the run's rows, in their order."""
    kept = RunRow.objects.filter(run=run).order_by("position").values_list("reasons", flat=True)
    return [[reason["code"] for reason in reasons] for reasons in kept]


def verbs(run: Run) -> list[str]:
    """Return what the log says of the run, oldest first."""
    events = Event.objects.filter(subject="work.run", subject_id=run.pk).order_by("id")
    return [verb.removeprefix("run.") for verb in events.values_list("verb", flat=True)]
