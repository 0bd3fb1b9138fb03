"""Changing and removing periods and rounds: what has passed stands, and what is used keeps its start (R13, R14)."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import Period, Round
from kursvis.catalogue.queries.rounds import last_start_in_use, use_of
from kursvis.catalogue.rules import round_changes as changes
from kursvis.catalogue.rules import rounds as rules
from kursvis.catalogue.rules.rounds import Continuous
from kursvis.catalogue.services.rounds import lock_period, lock_round, proposed_call
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.time import swedish_date


@transaction.atomic
def edit_period(
    *,
    period: Period,
    name: str,
    opens_on: date,
    offer_by: date,
    continuous: Continuous | None = None,
    by: Actor,
    now: datetime,
) -> Period:
    """Change a period's name and days. Days that have passed stand, and rounds lie after the opening.

    What is decided of continuous admission counts for the starts that are entered from now on; without it stands what
    was decided. A period of rounds has none.

    Raises `Refused` with every reason why not, or when the name is taken.
    """
    locked = lock_period(period)
    decided = (continuous or locked.continuous) if locked.continuous else None
    new = changes.PeriodDates(opens_on, offer_by, decided)
    last_days = list(locked.rounds.values_list("apply_by", flat=True))
    today = swedish_date(now)
    reasons = changes.against_editing_period(locked.dates(), new, last_days=last_days, today=today)
    last_used = last_start_in_use(locked)
    refuse_if(reasons + changes.against_editing_continuous(locked.dates(), new, last_used=last_used, today=today))
    fields = {"name": name, "opens_on": opens_on, "offer_by": offer_by, **(asdict(decided) if decided else {})}
    changed = _changed(locked, **fields)
    try:
        with transaction.atomic():
            locked.save(update_fields=list(fields))
    except IntegrityError as taken:
        raise Refused(Reason("catalogue.period_name_taken", {"name": name})) from taken
    audit.record(
        verb="period.edited", by=by, subject=locked, authority_id=locked.authority_id, now=now, changed=changed
    )
    return locked


@transaction.atomic
def edit_round(
    *, round_: Round, apply_by: date, basis_on: date, starts_on: date, call_by: date | None, by: Actor, now: datetime
) -> Round:
    """Change a round's days. Those that have passed stand, and so does the start that course starts use (R14).

    Without `call_by` it is proposed as for a new round. Raises `Refused` with every reason why not.
    """
    lock_period(round_.period)
    locked = lock_round(round_)
    new = rules.RoundDates(
        apply_by, basis_on, call_by or proposed_call(locked.period.authority_id, starts_on), starts_on
    )
    opens_on, decided, today = locked.period.opens_on, locked.period.continuous, swedish_date(now)
    reasons = changes.against_editing_round(locked.dates(), new, opens_on=opens_on, use=use_of(locked), today=today)
    if decided and starts_on != locked.starts_on:
        reasons += rules.against_start(starts_on, decided, opens_on=opens_on, today=today)
    refuse_if(reasons)
    changed = _changed(locked, **asdict(new))
    try:
        with transaction.atomic():
            locked.save(update_fields=list(asdict(new)))
    except IntegrityError as taken:
        raise Refused(Reason("catalogue.round_start_taken", {"day": starts_on})) from taken
    authority_id = locked.period.authority_id
    audit.record(verb="round.edited", by=by, subject=locked, authority_id=authority_id, now=now, changed=changed)
    return locked


@transaction.atomic
def delete_period(*, period: Period, by: Actor, now: datetime) -> None:
    """Remove a period without rounds. Raises `Refused` when it has any."""
    locked = lock_period(period)
    refuse_if(changes.against_deleting_period(locked.rounds.count()))
    audit.record(
        verb="period.deleted", by=by, subject=locked, authority_id=locked.authority_id, now=now, name=locked.name
    )
    locked.delete()


@transaction.atomic
def delete_round(*, round_: Round, by: Actor, now: datetime) -> None:
    """Remove a round that no course start uses. Raises `Refused` when any does, whatever its state."""
    locked = lock_round(round_)
    refuse_if(changes.against_deleting_round(use_of(locked)))
    authority_id = locked.period.authority_id
    day = locked.starts_on
    audit.record(verb="round.deleted", by=by, subject=locked, authority_id=authority_id, now=now, starts_on=day)
    locked.delete()


def _changed(row: Period | Round, **fields: Any) -> dict[str, Any]:
    """Set the fields that differ, and return them as before and after, for the log."""
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    logged = {name: [str(getattr(row, name)), str(value)] for name, value in differing.items()}
    for name, value in differing.items():
        setattr(row, name, value)
    return logged
