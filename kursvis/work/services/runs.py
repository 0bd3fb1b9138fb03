"""What people do with a run: make it, start it, stop it, take it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core import time
from kursvis.core.jobs import enqueue
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.transitions import move
from kursvis.organisation.models import Authority, School
from kursvis.work import queries, rules
from kursvis.work.kinds import kind_of
from kursvis.work.models import Run, RunRow
from kursvis.work.rules import RunStatus


@transaction.atomic
def create(
    *,
    kind: str,
    authority: Authority,
    subject_ids: Iterable[int],
    by: Actor,
    now: datetime,
    school: School | None = None,
    said: Mapping[str, Any] | None = None,
) -> Run:
    """Make a run of the rows, in this order, and let the worker look through them. Nothing else is written yet.

    With a school it is that school's run. `said` is what the step is told of all rows (`Kind.saying`).
    Raises `Refused` without rows, with too many, and for who may not take the step there.
    """
    wanted = list(dict.fromkeys(subject_ids))
    holds = by.holds(kind_of(kind).permission, authority_id=authority.pk, school_id=school.pk if school else None)
    assert by.user_id is not None, "a run is a person's"
    refuse_if(rules.against_acting(holds=holds) or rules.against_rows(len(wanted)))
    run = Run.objects.create(
        kind=kind, authority=authority, school=school, by_id=by.user_id, created_at=now, said=dict(said or {})
    )
    RunRow.objects.bulk_create(
        [RunRow(run=run, position=place, subject_id=key) for place, key in enumerate(wanted, start=1)],
        batch_size=1000,
    )
    record(run, "run.created", by=by, now=now, is_creation=True, kind=kind, rows=len(wanted))
    enqueue("work.prepare", run_id=run.pk)
    return run


@transaction.atomic
def start(*, run: Run, by: Actor, now: datetime) -> Run:
    """Let the worker carry out a run that has been looked through. Of two presses one starts it.

    Raises `Refused` in a wrong state, without a row that goes, and for others than who made it.
    """
    facts = queries.facts_of(run, queries.counts_of(run))
    refuse_if(_against_acting(run, by) or rules.against_starting(facts, actor_user_id=by.user_id))
    move(run, RunStatus.RUNNING, started_at=now)
    record(run, "run.started", by=by, now=now, rows=facts.ready)
    enqueue("work.carry_out", run_id=run.pk)
    return run


@transaction.atomic
def stop(*, run: Run, by: Actor, now: datetime) -> Run:
    """Stop a run after the chunk that is being written. What is done stays done, and can be taken back.

    Raises `Refused` when it has come to its end.
    """
    counts = queries.counts_of(run)
    refuse_if(_against_acting(run, by) or rules.against_stopping(queries.facts_of(run, counts)))
    end(run, RunStatus.STOPPED, by=by, now=now)
    return run


@transaction.atomic
def undo(*, run: Run, by: Actor, now: datetime) -> Run:
    """Let the worker take back what a run has done. A row that others have built on stays, and says why.

    Raises `Refused` in a wrong state, when nothing was done, and after ten minutes.
    """
    facts = queries.facts_of(run, queries.counts_of(run))
    refuse_if(_against_acting(run, by) or rules.against_undoing(facts, real_now=time.real_now()))
    move(run, RunStatus.UNDOING, undone_by_id=by.user_id)
    record(run, "run.undo_started", by=by, now=now, rows=facts.done)
    enqueue("work.undo", run_id=run.pk)
    return run


def end(run: Run, status: RunStatus, *, by: Actor, now: datetime, reasons: Sequence[Reason] = ()) -> None:
    """Move a run to its end, done or stopped, with how long it can be taken back; in the caller's transaction."""
    until = time.real_now() + rules.UNDONE_WITHIN
    why = rules.stored(list(reasons))
    move(run, status, finished_at=now, undo_until=until, reasons=why)
    counted = asdict(queries.counts_of(run))
    record(run, f"run.{status}", by=by, now=now, rows=counted, reasons=[reason.code for reason in reasons])


def record(run: Run, verb: str, *, by: Actor, now: datetime, **detail: Any) -> None:
    """Write the step in the log."""
    audit.record(verb=verb, by=by, subject=run, authority_id=run.authority_id, now=now, **detail)


def _against_acting(run: Run, by: Actor) -> list[Reason]:
    return rules.against_acting(holds=queries.holds(by, run))
