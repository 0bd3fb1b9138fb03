"""The chain: whatever somebody with all power over the tables changes is found, and an erasure is not such a change."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import owner_connection
from kursvis.access.actors import SYSTEM, Person
from kursvis.accounts.models import User
from kursvis.audit import queries, services
from kursvis.audit.models import Batch, Event
from kursvis.audit.queries.chain import ERASURE, Broken, Verdict, verify
from kursvis.audit.services import sealing
from kursvis.core import jobs, time
from kursvis.core.tests.sequences import NUMBER, database_sequences

BATCHES, IN_EACH, UNSEALED = 6, 4, 2


def write(count: int, **also: Any) -> list[int]:
    """Write events; return their ids."""
    about = User(pk=5)
    told: dict[str, Any] = {"verb": "user.tested", "by": Person(7, "Amina Lindqvist"), "now": time.now()}
    for number in range(count):
        services.record(**(told | also), subject=about, authority_id=3, student_id=number, street=f"Storgatan {number}")
    return list(reversed(Event.objects.order_by("-id").values_list("id", flat=True)[:count]))


@pytest.fixture
def chain(committed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator["psycopg.Connection[Any]"]:
    """Six batches of four events, two of them not sealed; and the owner, who may do anything."""
    monkeypatch.setattr(sealing, "EVENTS_IN_A_BATCH", IN_EACH)
    for number in range(BATCHES):
        write(IN_EACH, changes={"email": ("a@example.org", f"{number}@example.org")} if number % 2 else None)
        services.seal(now=time.now())
    write(UNSEALED)
    with owner_connection() as owner:
        owner.autocommit = False
        yield owner


def test_what_is_committed_is_sealed_once_in_order(chain: Any) -> None:
    assert list(Batch.objects.order_by("number").values_list("number", "count")) == [(n + 1, IN_EACH) for n in range(6)]
    assert services.seal(now=time.now()) == UNSEALED
    assert services.seal(now=time.now()) == 0
    numbers = list(Event.objects.order_by("id").values_list("batch_number", flat=True))
    assert numbers == sorted(numbers) and None not in numbers
    head = queries.head()
    assert head is not None and verify() == Verdict(head, BATCHES * IN_EACH + UNSEALED)


def test_a_crash_in_the_middle_leaves_whole_batches_and_the_rest_is_sealed_the_next_time(
    chain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(2 * IN_EACH)
    whole = Batch.objects.create

    def crash(**values: Any) -> Batch:
        if values["number"] == BATCHES + 2:
            raise OSError("the power went")
        return whole(**values)

    with monkeypatch.context() as patch:
        patch.setattr(Batch.objects, "create", crash)
        with pytest.raises(OSError, match="the power went"):
            services.seal(now=time.now())
    assert (verify().broken, Batch.objects.count()) == (None, BATCHES + 1)
    assert services.seal(now=time.now()) == 2 * IN_EACH + UNSEALED - IN_EACH
    assert verify().broken is None and not Event.objects.filter(batch_number=None).exists()


def test_one_who_seals_while_somebody_else_does_gives_up(chain: Any) -> None:
    chain.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
    assert services.seal(now=time.now()) == 0
    chain.rollback()
    assert services.seal(now=time.now()) == UNSEALED


EVENT_COLUMNS = {
    "id": "id + 100000",
    "at": "at + interval '1 microsecond'",
    "authority_id": "coalesce(authority_id, 0) + 1",
    "actor_id": "NULL",
    "actor_name": "actor_name || 'x'",
    "verb": "'user.other'",
    "subject": "'accounts.link'",
    "subject_id": "subject_id + 1",
    "student_id": "NULL",
    "is_creation": "NOT is_creation",
    "changed_fields": "changed_fields || '{phone}'",
    "detail": 'detail || \'{"street": "Lillgatan 1"}\'',
    "salt": "repeat('0', 64)",
    "detail_digest": "repeat('0', 64)",
}
BATCH_COLUMNS = {
    "number": "number + 1000",
    "previous": "repeat('1', 64)",
    "digest": "repeat('1', 64)",
    "count": "count + 1",
    "first_id": "first_id - 1",
    "last_id": "last_id + 1",
    "sealed_at": "sealed_at + interval '1 microsecond'",
}
CHANGES = [
    *(("event", what) for what in (*EVENT_COLUMNS, "batch_number", "erased by hand", "removed", "added")),
    *(("batch", what) for what in (*BATCH_COLUMNS, "removed")),
]


def tamper(owner: Any, kind: str, what: str, place: int, other: int) -> int:
    """Change one thing as the owner, past every guard; return the first batch that is no longer what it was."""
    number, event = place // IN_EACH + 1, f"id = (SELECT min(id) FROM audit_event) + {place}"
    if kind == "batch":
        change = f"UPDATE audit_batch SET {what} = {BATCH_COLUMNS[what]}" if what in BATCH_COLUMNS else ""
        owner.execute(f"{change or 'DELETE FROM audit_batch'} WHERE number = {number}")
        return number
    copied = ", ".join(["at", *list(EVENT_COLUMNS)[2:], "batch_number"])
    statements = {
        "batch_number": f"UPDATE audit_event SET batch_number = {other}",
        "erased by hand": "UPDATE audit_event SET salt = NULL, detail = '{}', actor_name = ''",
        "removed": "DELETE FROM audit_event",
        "added": f"INSERT INTO audit_event ({copied}) SELECT {copied} FROM audit_event",
    }
    change = statements.get(what) or f"UPDATE audit_event SET {what} = {EVENT_COLUMNS[what]}"
    owner.execute(f"{change} WHERE {event}")
    return min(number, other) if what == "batch_number" else number


def test_any_single_change_is_found_and_the_first_broken_batch_named(chain: Any) -> None:
    chain.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    chain.execute("CREATE TABLE kept_event AS TABLE audit_event; CREATE TABLE kept_batch AS TABLE audit_batch")

    @settings(database_sequences, max_examples=max(4, NUMBER // 50))
    @given(st.integers(0, BATCHES * IN_EACH - 1), st.integers(-1, BATCHES + 2))
    def tampered(place: int, other: int) -> None:
        for kind, what in CHANGES:
            if what == "batch_number" and other == place // IN_EACH + 1:
                continue
            expected = tamper(chain, kind, what, place, other)
            chain.commit()
            broken = verify().broken
            assert broken is not None and broken.number == expected, (kind, what, broken)
            for table in ("event", "batch"):
                chain.execute(f"DELETE FROM audit_{table}; INSERT INTO audit_{table} SELECT * FROM kept_{table}")

    try:
        tampered()
        chain.commit()
        assert verify().broken is None
    finally:
        chain.rollback()
        chain.execute("DROP TABLE kept_event, kept_batch; ALTER TABLE audit_event ENABLE TRIGGER USER")
        chain.commit()


def test_an_erasure_is_no_such_change_but_what_follows_it_is(chain: Any) -> None:
    first = Event.objects.order_by("id")[: IN_EACH + 1]
    assert services.erase(events=Event.objects.filter(pk__in=[e.pk for e in first]), by=SYSTEM, now=time.now()) == 5
    erased = Event.objects.order_by("id")[0]
    assert erased.is_erased and (erased.actor_name, erased.detail, erased.actor_id) == ("", {}, 7)
    told = Event.objects.get(verb="log.erased")
    assert (told.authority_id, told.detail) == (3, {"event_ids": [event.pk for event in first]})
    assert services.erase(events=Event.objects.filter(pk__lte=told.pk, pk__gte=told.pk), by=SYSTEM, now=time.now()) == 0
    services.seal(now=time.now())
    assert verify().broken is None
    chain.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
    chain.execute("UPDATE audit_event SET salt = repeat('0', 64) WHERE id = %s", [first[IN_EACH].pk])
    chain.commit()
    assert verify().broken == Broken(2, f"the details of event {first[IN_EACH].pk} were changed")
    chain.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    chain.commit()


ERASED_AND = "salt = NULL, detail = '{}', actor_name = ''"


@pytest.mark.parametrize(
    "change",
    [
        "batch_number = NULL",
        "batch_number = 99",
        "detail = '{}'",
        "salt = NULL",
        "salt = repeat('0', 64)",
        "actor_name = 'X'",
        f"{ERASED_AND}, batch_number = 99",
    ],
)
def test_the_application_may_seal_once_and_erase_whole_and_nothing_else(chain: Any, change: str) -> None:
    sealed = Event.objects.order_by("id")[0]
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="sealed once, or erased whole"):
        cursor.execute(f"UPDATE audit_event SET {change} WHERE id = {sealed.pk}")
    for table in ("audit_event", "audit_batch"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"DELETE FROM {table}")


def _verify(*expected: str) -> str:
    out = StringIO()
    call_command("verify_audit", *(f"--expect={head}" for head in expected), stdout=out)
    return out.getvalue()


def test_the_command_knows_a_head_that_was_written_down_from_a_chain_made_anew(chain: Any) -> None:
    head = queries.head()
    assert head is not None and f"{BATCHES * IN_EACH} sealed events, head {head}" in _verify(str(head))
    first = Batch.objects.get(number=1)
    assert _verify(f"1:{first.digest}", str(head))
    with pytest.raises(CommandError, match="Batch 2 is broken: its digest is not the one"):
        _verify(f"2:{first.digest}")
    with pytest.raises(CommandError, match=f"Batch {BATCHES + 1} is broken"):
        _verify(f"{BATCHES + 1}:{head.digest}")
    with pytest.raises(CommandError, match="a batch's number, a colon"):
        _verify("latest")
    chain.execute("ALTER TABLE audit_event DISABLE TRIGGER USER; UPDATE audit_event SET batch_number = NULL")
    chain.execute("UPDATE audit_event SET verb = 'user.rewritten' WHERE id = (SELECT min(id) FROM audit_event)")
    chain.execute("DELETE FROM audit_batch; ALTER TABLE audit_event ENABLE TRIGGER USER")
    chain.commit()
    services.seal(now=time.now())
    assert "is whole" in _verify()
    with pytest.raises(CommandError, match=f"Batch {head.number} is broken"):
        _verify(str(head))


def test_the_worker_seals_every_five_minutes_and_tells_the_head_each_day(
    chain: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert "audit.seal" in jobs.run_often()
    assert not Event.objects.filter(batch_number=None).exists()
    with caplog.at_level("INFO"):
        assert "audit.tell_head" in jobs.run_day(time.today())
    assert f"audit head {queries.head()}" in caplog.text


def test_what_only_looks_like_an_erasure_hinders_no_verification(chain: Any) -> None:
    erased = Event.objects.filter(batch_number=2)
    services.erase(events=erased, by=SYSTEM, now=time.now())
    for told in ("all", ["all"], 10**30, [10**30], {"all": 1}, [None]):
        services.record(verb=ERASURE, by=SYSTEM, subject=Event(), now=time.now(), authority_id=3, event_ids=told)
    assert verify().broken is None
