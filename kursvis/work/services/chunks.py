"""What the worker does with a run, a chunk of rows in a transaction: look through, carry out, take back.

The run's row is locked for as long as a chunk takes. A chunk that is asked for twice, by a job that is run again or by
two workers, is written once: a row is marked in the transaction that takes its step.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.core.jobs import enqueue
from kursvis.core.reasons import Reason, Refused
from kursvis.core.time import swedish_date
from kursvis.core.transitions import move
from kursvis.work import queries, rules
from kursvis.work.kinds import Kind, Outcome, Rows
from kursvis.work.models import Run, RunRow
from kursvis.work.rules import RowStatus, RunStatus
from kursvis.work.services.runs import end, record
from kursvis.work.services.taking import mark, save, take, take_together

JOBS = {
    RunStatus.PREPARING: "work.prepare",
    RunStatus.RUNNING: "work.carry_out",
    RunStatus.UNDOING: "work.undo",
}
"""The job that takes a run on from a state."""


@transaction.atomic
def prepare_chunk(*, run_id: int, now: datetime) -> None:
    """Look through the next rows by the rules of the step; when none is left, the run is ready to start."""
    begun = _begun(run_id, RunStatus.PREPARING, now)
    if begun is None:
        return
    run, actor = begun
    rows = _next(run, RowStatus.WAITING, rules.LOOKED_THROUGH)
    kind = queries.step_of(run)
    subjects = kind.rows([row.subject_id for row in rows], run.authority_id)
    against = kind.against(subjects, actor, now)
    for row in rows:
        gone = [] if row.subject_id in subjects else [Reason("work.gone")]
        mark(row, RowStatus.READY, RowStatus.AGAINST, gone or against.get(row.subject_id, []))
    save(rows)
    if not _goes_on(run, RowStatus.WAITING):
        move(run, RunStatus.READY)
        record(run, "run.prepared", by=actor, now=now, rows=asdict(queries.counts_of(run)))


@transaction.atomic
def carry_out_chunk(*, run_id: int, now: datetime) -> None:
    """Take the step for the next rows; when none is left, the run is done. Who started it must still be allowed to."""
    begun = _begun(run_id, RunStatus.RUNNING, now)
    if begun is None:
        return
    run, actor = begun
    kind = queries.step_of(run)
    rows = _next(run, RowStatus.READY, _chunk(kind))
    subjects = kind.rows([row.subject_id for row in rows], run.authority_id)

    def do(row: RunRow) -> None:
        row.undo = kind.do(_present(subjects, row), actor, now, run_id)

    def do_all(present: list[RunRow]) -> Mapping[int, Outcome]:
        assert kind.together is not None
        return kind.together.do([subjects[row.subject_id] for row in present], actor, now, run_id)

    together = do_all if kind.together else None
    if not take_together(rows, subjects, together, RowStatus.DONE, RowStatus.REFUSED):
        take(rows, do, RowStatus.DONE, RowStatus.REFUSED)
    if not _goes_on(run, RowStatus.READY):
        end(run, RunStatus.DONE, by=actor, now=now)


@transaction.atomic
def undo_chunk(*, run_id: int, now: datetime) -> None:
    """Take the step back for the next rows; when none is left, the run is undone."""
    run = _locked(run_id, RunStatus.UNDOING)
    if run is None:
        return
    actor, lost = queries.acting_in(run, today=swedish_date(now), undoing=True)
    kind = queries.step_of(run)
    rows = _next(run, RowStatus.DONE, _chunk(kind))
    subjects = kind.rows([row.subject_id for row in rows], run.authority_id)

    def take_back(row: RunRow) -> None:
        if lost:
            raise Refused(*lost)
        kind.undo(_present(subjects, row), row.undo, actor, now, run_id)

    def take_all_back(present: list[RunRow]) -> Mapping[int, Outcome]:
        assert kind.together is not None
        return kind.together.undo([(subjects[row.subject_id], row.undo) for row in present], actor, now, run_id)

    together = take_all_back if kind.together and not lost else None
    if not take_together(rows, subjects, together, RowStatus.UNDONE, RowStatus.NOT_UNDONE):
        take(rows, take_back, RowStatus.UNDONE, RowStatus.NOT_UNDONE)
    if not _goes_on(run, RowStatus.DONE):
        _finish_undoing(run, actor, now)


def resume() -> None:
    """Put the jobs of all unfinished runs in the queue anew."""
    for run in queries.unfinished():
        enqueue(JOBS[RunStatus(run.status)], run_id=run.pk)


def _finish_undoing(run: Run, actor: Actor, now: datetime) -> None:
    move(run, RunStatus.UNDONE, undone_at=now)
    record(run, "run.undone", by=actor, now=now, rows=asdict(queries.counts_of(run)))


def _begun(run_id: int, status: RunStatus, now: datetime) -> tuple[Run, Actor] | None:
    """Lock the run and return it with who acts; nothing when it has left the state, or stops: she may not any more."""
    run = _locked(run_id, status)
    if run is None:
        return None
    actor, lost = queries.acting_in(run, today=swedish_date(now))
    if lost:
        end(run, RunStatus.STOPPED, by=actor, now=now, reasons=lost)
        return None
    return run, actor


def _locked(run_id: int, status: RunStatus) -> Run | None:
    """Lock the run and return it; nothing when it has left the state in which this is to be done."""
    run = Run.objects.select_for_update(of=("self",), no_key=True).select_related("by", "undone_by").get(pk=run_id)
    return run if run.status == status else None


def _next(run: Run, status: RowStatus, number: int) -> list[RunRow]:
    return list(RunRow.objects.filter(run=run, status=status.value).order_by("position")[:number])


def _present(subjects: Rows, row: RunRow) -> object:
    if row.subject_id not in subjects:
        raise Refused(Reason("work.gone"))
    return subjects[row.subject_id]


def _chunk(kind: Kind) -> int:
    return kind.together.chunk if kind.together else rules.CHUNK


def _goes_on(run: Run, status: RowStatus) -> bool:
    """Put the next chunk in the queue, with this one's commit; say whether there is any."""
    more = RunRow.objects.filter(run=run, status=status.value).exists()
    if more:
        enqueue(JOBS[RunStatus(run.status)], run_id=run.pk)
    return more
