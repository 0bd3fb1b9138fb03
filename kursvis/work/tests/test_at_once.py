"""Several at once, each on a connection of her own: one start, and each row written once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from kursvis.admissions import services as admissions
from kursvis.admissions.models import ChoiceStep
from kursvis.admissions.tests.factories import GRANT, Office, make_choice, make_waiting
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.tests.races import race, told
from kursvis.people import services as people
from kursvis.work import rules, services, tasks
from kursvis.work.models import Run
from kursvis.work.tests.factories import codes, looked_through, make_run, states, verbs
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


def test_nobody_outside_the_chunk_being_written_waits() -> None:
    """While a chunk is written and not committed yet, others write: any lock in their way would end their wait."""
    office = Office()
    choices, other = make_waiting(120, office=office), make_choice(office=office)
    run = looked_through(make_run(office=office, choices=choices))
    services.start(run=run, by=office.officer, now=time.now())
    inside, outside = choices[0], choices[-1]
    step: dict[str, Any] = {"by": office.officer, "now": time.now()}

    def at_once(write: Callable[[], object]) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        try:
            return told(write)
        except OperationalError:
            return "waited"

    def written() -> list[str]:
        return [
            at_once(lambda: people.update_contact(student=inside.student, phone="070-1", **step)),
            at_once(lambda: people.update_contact(student=outside.student, phone="070-2", **step)),
            at_once(lambda: admissions.decide(choice=other, **GRANT, **step)),
            at_once(lambda: admissions.distribute(choice=outside, **step)),
            at_once(lambda: make_choice(office=office, course_start=other.course_start)),
            at_once(lambda: make_run(office=office, choices=[outside])),
            at_once(lambda: admissions.distribute(choice=inside, **step)),
        ]

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        tasks.carry_out(run_id=run.pk)
        assert states(run).count("done") == rules.CHUNK
        assert pool.submit(written).result() == ["won"] * 6 + ["waited"]
    work()
    assert states(run).count("done") == 119 and codes(run)[-1] == ["admissions.wrong_state"]
