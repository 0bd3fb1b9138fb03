"""Several at once, each on a connection of her own: one start, and each row written once."""

import pytest

from kursvis.admissions.models import ChoiceStep
from kursvis.admissions.tests.factories import Office, make_waiting
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.tests.races import race
from kursvis.work import rules, services, tasks
from kursvis.work.models import Run
from kursvis.work.tests.factories import looked_through, make_run, states, verbs
from kursvis.work.tests.worker import work

pytestmark = pytest.mark.usefixtures("committed")


def test_eight_presses_start_a_run_once() -> None:
    office = Office()
    run = looked_through(make_run(office=office))
    seen = [Run.objects.get(pk=run.pk) for _ in range(8)]
    results = race(lambda number: services.start(run=seen[number], by=office.officer, now=time.now()))
    assert results.count("won") == 1 and set(results) <= {"won", "core.changed_meanwhile"}
    assert verbs(run).count("started") == 1


def test_eight_workers_write_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "CHUNK", 5)
    office = Office()
    choices = make_waiting(40, office=office)
    run = looked_through(make_run(office=office, choices=choices))
    services.start(run=run, by=office.officer, now=time.now())
    assert race(lambda _: tasks.carry_out(run_id=run.pk)) == ["won"] * 8
    work()
    run.refresh_from_db()
    assert (run.status, set(states(run))) == ("done", {"done"})
    assert ChoiceStep.objects.filter(new="distributed").count() == 40
    assert Event.objects.filter(verb="choice.distributed").count() == 40 and verbs(run).count("done") == 1
