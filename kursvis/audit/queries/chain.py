"""The chain of batches: its head, and whether it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby
from operator import itemgetter

from django.db import connection, transaction
from django.db.models import Count

from kursvis.audit.models import Batch, Event
from kursvis.audit.rules import CHAIN_BEGINS, FIXED, detail_digest, sealed

ERASURE = "log.erased"
"""The verb of an event that tells which events were erased; it is never erased itself."""
_ERASED_UNTOLD = """
SELECT batch_number, min(id) FROM audit_event e
WHERE salt IS NULL AND batch_number IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM (
        SELECT jsonb_array_elements_text(
            CASE jsonb_typeof(detail -> 'event_ids') WHEN 'array' THEN detail -> 'event_ids' ELSE '[]' END
        ) AS id FROM audit_event WHERE verb = %s
    ) told WHERE told.id = e.id::text
)
GROUP BY batch_number ORDER BY batch_number LIMIT 1
"""


@dataclass(frozen=True)
class Head:
    """The newest batch. Written down elsewhere, it shows whether the chain was made anew by somebody who could."""

    number: int
    digest: str
    sealed_at: datetime

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True)
class Broken:
    """The first batch that is not what it was, and why."""

    number: int
    why: str


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found."""

    head: Head | None
    events: int
    broken: Broken | None = None


def head() -> Head | None:
    """Return the head of the chain, or None before the first batch."""
    newest = Batch.objects.order_by("-number").values_list("number", "digest", "sealed_at").first()
    return Head(*newest) if newest else None


def digest_of(number: int) -> str:
    """Return the digest of a batch, or nothing where there is no such batch."""
    return Batch.objects.filter(number=number).values_list("digest", flat=True).first() or ""


def verify() -> Verdict:
    """Walk the chain from its beginning; stop at the first batch that is broken.

    One reading of the database, whatever is sealed and erased meanwhile; events are read batch by batch.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return _walk()


def _walk() -> Verdict:
    untold, events, expected, previous = _erased_untold(), 0, 1, CHAIN_BEGINS
    for number, batch, count in _batches_and_counts():
        if batch is None or number != expected:
            return Verdict(head(), events, Broken(min(number, expected), "the batch is missing"))
        why = _against(batch, previous, count, untold)
        if why:
            return Verdict(head(), events, Broken(number, why))
        previous, events, expected = batch.digest, events + count, expected + 1
    return Verdict(head(), events)


def _batches_and_counts() -> Iterator[tuple[int, Batch | None, int]]:
    """Yield each number that a batch has or an event speaks of, with the batch and how many such events there are."""
    speaking = Event.objects.filter(batch_number__isnull=False).values_list("batch_number").order_by("batch_number")
    counts = ((number, None, count) for number, count in speaking.annotate(count=Count("id")).iterator())
    batches = ((batch.number, batch, 0) for batch in Batch.objects.order_by("number").iterator())
    both: Iterator[tuple[int, Batch | None, int]] = merge(counts, batches, key=itemgetter(0))
    for number, found in groupby(both, key=itemgetter(0)):
        rows = list(found)
        yield number, next((batch for _number, batch, _count in rows if batch), None), sum(row[2] for row in rows)


def _erased_untold() -> int | None:
    """Return the first batch with an event that is erased without an event that tells so."""
    with connection.cursor() as cursor:
        cursor.execute(_ERASED_UNTOLD, [ERASURE])
        row = cursor.fetchone()
    return row[0] if row else None


def _against(batch: Batch, previous: str, count: int, untold: int | None) -> str:
    """Return why a batch is broken, or nothing."""
    if batch.previous != previous:
        return "it does not stand on the batch before it"
    if count != batch.count:
        return f"it has {count} events and was sealed with {batch.count}"
    if batch.number == untold:
        return "an event is erased, and no event tells that it was"
    rows = Event.objects.filter(batch_number=batch.number, id__range=(batch.first_id, batch.last_id)).order_by("id")
    events = list(rows.values_list(*FIXED, "salt", "actor_name", "detail"))
    for event in events:
        *fixed, salt, actor_name, detail = event
        is_whole = detail_digest(salt, actor_name, detail) == fixed[-1] if salt else (actor_name, detail) == ("", {})
        if not is_whole:
            return f"the details of event {fixed[0]} were changed"
    seal = sealed((e[: len(FIXED)] for e in events), previous=previous, number=batch.number, sealed_at=batch.sealed_at)
    same = (seal.digest, seal.count, seal.first_id, seal.last_id)
    is_same = same == (batch.digest, batch.count, batch.first_id, batch.last_id)
    return "" if is_same else "its digest is not that of its events"
