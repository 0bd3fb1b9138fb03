"""Sealing while others write: nobody waits for it, nothing is lost, and nothing is sealed twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Flag
from time import perf_counter
from typing import Any

import pytest
from django.db import connections, transaction

from conftest import owner_connection
from kursvis.access.actors import SYSTEM
from kursvis.accounts.models import User
from kursvis.audit import services
from kursvis.audit.models import Batch, Event
from kursvis.audit.queries.chain import verify
from kursvis.audit.services import sealing
from kursvis.core import time

WRITERS, EACH = 4, 60
LONGEST = 1.0
"""Seconds that 99 of a hundred writes may take on a busy machine; who waited for the sealer would take `HELD`."""
HELD = 30.0


def write() -> None:
    """Write one event, in a transaction of its own as a step does."""
    with transaction.atomic():
        record()


def record() -> None:
    """Record an event."""
    services.record(verb="user.tested", by=SYSTEM, subject=User(pk=1), now=time.real_now(), authority_id=1, note="x")


def closing(work: Callable[[], Any]) -> Any:
    """Work in this thread, and let its connections go."""
    try:
        return work()
    finally:
        connections.close_all()


def test_writers_are_never_held_up_by_who_seals(committed: None) -> None:
    with transaction.atomic():
        for _ in range(sealing.EVENTS_IN_A_BATCH):
            record()
    begun, done = Flag(), Flag()

    def seal_and_hold() -> int:
        with transaction.atomic():  # every lock of the sealer is held while the others write
            count = services.seal(now=time.real_now())
            begun.set()
            done.wait(timeout=HELD)
        return count

    def write_and_measure() -> list[float]:
        begun.wait(timeout=20)
        seconds = []
        for _ in range(EACH):
            start = perf_counter()
            write()
            seconds.append(perf_counter() - start)
        return seconds

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        sealer = pool.submit(closing, seal_and_hold)
        writers = [pool.submit(closing, write_and_measure) for _ in range(WRITERS)]
        waits = sorted(second for writer in writers for second in writer.result())
        assert not sealer.done(), "the writers were to write while a batch was being sealed"
        done.set()
        assert sealer.result() == sealing.EVENTS_IN_A_BATCH
    assert waits[int(len(waits) * 0.99)] < LONGEST
    services.seal(now=time.real_now())
    assert Event.objects.filter(batch_number=None).count() == 0 and verify().broken is None


def test_four_who_write_and_two_who_seal_lose_nothing_and_seal_nothing_twice(
    committed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "EVENTS_IN_A_BATCH", 20)
    start, written = Barrier(WRITERS + 2), Flag()

    def write_all() -> int:
        start.wait(timeout=20)
        for _ in range(EACH):
            write()
        return 0

    def seal_on() -> int:
        start.wait(timeout=20)
        total = 0
        while not written.is_set():
            total += services.seal(now=time.real_now())
        return total

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        sealers = [pool.submit(closing, seal_on) for _ in range(2)]
        writers = [pool.submit(closing, write_all) for _ in range(WRITERS)]
        for writer in writers:
            writer.result()
        written.set()
        total = sum(sealer.result() for sealer in sealers) + services.seal(now=time.real_now())
    assert total == WRITERS * EACH == sum(Batch.objects.values_list("count", flat=True))
    assert Batch.objects.count() > 1 and verify().broken is None


def test_what_is_committed_late_with_a_lower_id_comes_into_the_next_batch(committed: None) -> None:
    with owner_connection() as late:
        late.autocommit = False
        late.execute(
            "INSERT INTO audit_event (at, actor_name, verb, subject, detail, salt, detail_digest, is_creation, "
            "changed_fields) SELECT now(), 'X', 'user.late', 'accounts.user', '{}', repeat('0', 64), repeat('0', 64), "
            "false, '{}'"
        )
        write()
        assert services.seal(now=time.real_now()) == 1
        late.commit()
    assert services.seal(now=time.real_now()) == 1
    assert list(Event.objects.order_by("id").values_list("verb", "batch_number")) == [
        ("user.late", 2),
        ("user.tested", 1),
    ]
