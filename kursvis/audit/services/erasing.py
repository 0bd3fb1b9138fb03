"""Erasing what events tell of persons (gallring): the seal holds, since it stands on a salted digest."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.audit.models import Event
from kursvis.audit.queries.chain import ERASURE
from kursvis.audit.services.recording import record


@transaction.atomic
def erase(*, events: QuerySet[Event], by: Actor, now: datetime) -> int:
    """Erase the names and details of events; return how many were not erased before.

    Who, as an id, did what to which row and when stays. One event for each authority tells which events were erased;
    such events are never erased.
    """
    rows = events.filter(salt__isnull=False).exclude(verb=ERASURE).select_for_update(no_key=True).order_by("id")
    found: dict[int | None, list[int]] = defaultdict(list)
    for event_id, authority_id in rows.values_list("id", "authority_id"):
        found[authority_id].append(event_id)
    for authority_id, ids in found.items():
        Event.objects.filter(pk__in=ids).update(actor_name="", detail={}, salt=None)
        record(verb=ERASURE, by=by, subject=Event(), now=now, authority_id=authority_id, event_ids=ids)
    return sum(map(len, found.values()))
