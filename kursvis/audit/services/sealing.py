"""Sealing: committed events are put, in order, into batches that each stand on the one before."""

from datetime import datetime

from django.db import connection, transaction

from kursvis.audit.models import Batch, Event
from kursvis.audit.queries.chain import head
from kursvis.audit.rules import CHAIN_BEGINS, FIXED, sealed

EVENTS_IN_A_BATCH = 2_000
LOCK = 0x6B75_7273
"""Held by who seals. Nobody who writes events asks for it."""


def seal(*, now: datetime) -> int:
    """Seal the events that are committed and not yet sealed; return how many. Gives up when somebody else seals.

    An event that is committed later than one with a higher id comes into a later batch. What was sealed before a crash
    stays; the rest is sealed the next time.
    """
    total = 0
    while count := _seal_batch(now=now):
        total += count
        if count < EVENTS_IN_A_BATCH:
            break
    return total


@transaction.atomic
def _seal_batch(*, now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    waiting = Event.objects.filter(batch_number__isnull=True).order_by("id")
    events = list(waiting.values_list(*FIXED)[:EVENTS_IN_A_BATCH])
    if not events:
        return 0
    newest = head()
    number, previous = (newest.number + 1, newest.digest) if newest else (1, CHAIN_BEGINS)
    result = sealed(events, previous=previous, number=number, sealed_at=now)
    Batch.objects.create(
        number=number,
        previous=previous,
        digest=result.digest,
        count=result.count,
        first_id=result.first_id,
        last_id=result.last_id,
        sealed_at=now,
    )
    Event.objects.filter(pk__in=[event[0] for event in events]).update(batch_number=number)
    return result.count
