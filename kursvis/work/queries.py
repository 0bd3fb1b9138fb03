"""Reading runs: who reaches which, how far they have come, and their rows as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor, Person
from kursvis.accounts import queries as accounts
from kursvis.core.reasons import Reason
from kursvis.work import rules
from kursvis.work.kinds import Kind, Shown, all_kinds, kind_of
from kursvis.work.models import Run, RunRow
from kursvis.work.rules import RowStatus, RunFacts, RunStatus

ROWS: dict[str, frozenset[RowStatus]] = {
    "gar": frozenset({RowStatus.READY}),
    "gar_inte": rules.WITH_REASONS,
    "gjorda": frozenset({RowStatus.DONE}),
    "angrade": frozenset({RowStatus.UNDONE}),
    "vantar": frozenset({RowStatus.WAITING}),
    "alla": frozenset(RowStatus),
}
"""The states of the rows' list in the address, `?rader=`."""


def readable_by(actor: Actor) -> QuerySet[Run]:
    """Return the runs at the authorities, and of the schools, where the actor may take their step."""
    reached = Q(pk__in=[])
    for kind in all_kinds().values():
        seen = kind.permission
        whose = Q(authority_id__in=actor.authorities(seen)) | Q(school_id__in=actor.schools(seen))
        reached |= Q(kind=kind.name) & whose
    return Run.objects.filter(reached)


def get_for(actor: Actor, uuid: UUID) -> Run:
    """Return one run that the actor reaches, or raise Http404."""
    return get_object_or_404(readable_by(actor).select_related("authority", "by", "undone_by"), uuid=uuid)


@dataclass(frozen=True)
class Counts:
    """How many rows of a run stand in each state."""

    waiting: int = 0
    ready: int = 0
    against: int = 0
    done: int = 0
    refused: int = 0
    undone: int = 0
    not_undone: int = 0

    @property
    def total(self) -> int:
        """Return how many rows there are."""
        return self.among(RowStatus)

    @property
    def not_done(self) -> int:
        """Return how many rows the step was not taken for, by the dry run or when their turn came."""
        return self.among([RowStatus.AGAINST, RowStatus.REFUSED])

    def among(self, statuses: Iterable[RowStatus]) -> int:
        """Return how many rows stand in one of the states."""
        return sum(getattr(self, status.value) for status in statuses)


def counts_of(run: Run) -> Counts:
    """Return the counts of one run, in one query."""
    return counts_by_run([run])[run.pk]


def counts_by_run(runs: Iterable[Run]) -> dict[int, Counts]:
    """Return the counts of each run, in one query for all of them."""
    found: dict[int, dict[str, int]] = {run.pk: {} for run in runs}
    rows = RunRow.objects.filter(run_id__in=list(found)).values_list("run_id", "status")
    for run_id, status, number in rows.order_by().annotate(number=Count("pk")):
        found[run_id][status] = number
    return {run_id: Counts(**counted) for run_id, counted in found.items()}


def facts_of(run: Run, counts: Counts) -> RunFacts:
    """Return what the rules need."""
    return RunFacts(RunStatus(run.status), run.by_id, counts.ready, counts.done, run.undo_until)


def acting_in(run: Run, *, today: date, undoing: bool = False) -> tuple[Person, list[Reason]]:
    """Return who acts in a run as she is on a day, and why she may not any more: role over, or account locked."""
    user = run.undone_by if undoing and run.undone_by else run.by
    actor = accounts.actor_of(user, today=today)
    may = user.is_active and user.locked_at is None and holds(actor, run)
    return actor, rules.against_acting(holds=may)


def step_of(run: Run) -> Kind:
    """Return the kind of a run, with what was said once for all its rows."""
    kind = kind_of(run.kind)
    return kind.saying(run.said) if kind.saying and run.said else kind


def holds(actor: Actor, run: Run) -> bool:
    """Say whether the actor may take the run's step at its authority, or at the school whose run it is."""
    return actor.holds(kind_of(run.kind).permission, authority_id=run.authority_id, school_id=run.school_id)


@dataclass(frozen=True)
class Progress:
    """How far the worker has come with what it is at."""

    done: int
    total: int


def progress_of(run: Run, counts: Counts) -> Progress:
    """Return how many rows have been gone through of those that the run's present state goes through."""
    if run.status == RunStatus.PREPARING:
        return Progress(counts.total - counts.waiting, counts.total)
    if run.status == RunStatus.UNDOING:
        gone = counts.undone + counts.not_undone
        return Progress(gone, gone + counts.done)
    gone = counts.done + counts.refused
    return Progress(gone, gone + counts.ready)


@dataclass(frozen=True)
class Line:
    """One row of a run, as its page shows it. `shown` is nothing for what is gone."""

    status: str
    shown: Shown | None
    reasons: list[Reason]


@dataclass(frozen=True)
class RowTab:
    """One state of the rows' list, and how many stand in it."""

    name: str
    count: int
    is_on: bool


def row_tabs(counts: Counts, wanted: str | None) -> list[RowTab]:
    """Return the states of the rows' list that hold any; without a wish what did not go comes first."""
    tabs = {name: counts.among(statuses) for name, statuses in ROWS.items()}
    filled = {name: number for name, number in tabs.items() if number or name == "alla"}
    default = "gar_inte" if "gar_inte" in filled else "alla"
    on = wanted if wanted in filled else default
    return [RowTab(name, number, name == on) for name, number in filled.items()]


def rows_of(run: Run, tab: str) -> QuerySet[RunRow]:
    """Return the run's rows in a state of the list, in their order."""
    return RunRow.objects.filter(run=run, status__in=sorted(ROWS[tab])).order_by("position")


def lines_of(run: Run, rows: Iterable[RunRow]) -> list[Line]:
    """Return rows as lists show them, in the few queries of the kind."""
    kind, page = step_of(run), list(rows)
    subjects = kind.rows([row.subject_id for row in page], run.authority_id)
    return [Line(row.status, _shown(kind, subjects.get(row.subject_id)), rules.restored(row.reasons)) for row in page]


def _shown(kind: Kind, subject: Any) -> Shown | None:
    return None if subject is None else kind.shown(subject)


def unfinished() -> list[Run]:
    """Return the runs that the worker should be at."""
    return list(Run.objects.filter(status__in=sorted(rules.MOVES_BY_ITSELF)).order_by("pk"))
