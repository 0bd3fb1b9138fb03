"""A bulk run: one step for many rows, looked through first, carried out in chunks, taken back for ten minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from kursvis.core.reasons import Reason

CHUNK = 25
"""Rows written in one transaction. Whoever wants one of these waits for the others (ADR 17)."""
LOOKED_THROUGH = 200
"""Rows looked through in one transaction; nothing but the run's own rows is written."""
MOST_ROWS = 10_000
UNDONE_WITHIN = timedelta(minutes=10)
"""How long a run can be taken back after its end, in real time: before the others have begun to build on it."""


class RunStatus(StrEnum):
    """Where a run stands. Stopped: by somebody, or because who started it may not any more."""

    PREPARING = "preparing"
    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"


R = RunStatus
TRANSITIONS: dict[RunStatus, frozenset[RunStatus]] = {
    R.PREPARING: frozenset({R.READY, R.STOPPED}),
    R.READY: frozenset({R.RUNNING, R.STOPPED}),
    R.RUNNING: frozenset({R.DONE, R.STOPPED}),
    R.DONE: frozenset({R.UNDOING}),
    R.STOPPED: frozenset({R.UNDOING}),
    R.UNDOING: frozenset({R.UNDONE}),
    R.UNDONE: frozenset(),
}
MOVES_BY_ITSELF = frozenset({R.PREPARING, R.RUNNING, R.UNDOING})
"""The states in which the worker is at it."""


class RowStatus(StrEnum):
    """Where one row of a run stands."""

    WAITING = "waiting"
    READY = "ready"
    AGAINST = "against"
    DONE = "done"
    REFUSED = "refused"
    UNDONE = "undone"
    NOT_UNDONE = "not_undone"


W = RowStatus
ROW_TRANSITIONS: dict[RowStatus, frozenset[RowStatus]] = {
    W.WAITING: frozenset({W.READY, W.AGAINST}),
    W.READY: frozenset({W.DONE, W.REFUSED}),
    W.DONE: frozenset({W.UNDONE, W.NOT_UNDONE}),
    W.AGAINST: frozenset(),
    W.REFUSED: frozenset(),
    W.UNDONE: frozenset(),
    W.NOT_UNDONE: frozenset(),
}
WITH_REASONS = frozenset({W.AGAINST, W.REFUSED, W.NOT_UNDONE})


@dataclass(frozen=True)
class RunFacts:
    """What the rules need to know about a run, with its rows counted."""

    status: RunStatus
    made_by: int
    ready: int
    done: int
    undo_until: datetime | None


def against_rows(number: int) -> list[Reason]:
    """Return why a run cannot be made of so many rows."""
    if not number:
        return [Reason("work.nothing_chosen")]
    return [Reason("work.too_many", {"most": MOST_ROWS, "chosen": number})] if number > MOST_ROWS else []


def against_acting(*, holds: bool) -> list[Reason]:
    """Return why she may not act in a run: she does not, or not any more, hold what its step asks for."""
    return [] if holds else [Reason("work.not_permitted")]


def against_starting(facts: RunFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return why the run may not be started: it is carried out in the name of who has seen what it will do."""
    if facts.status is not R.READY:
        return [Reason("work.wrong_state", {"state": ("run", facts.status)})]
    if facts.made_by != actor_user_id:
        return [Reason("work.not_yours")]
    return [] if facts.ready else [Reason("work.nothing_to_do")]


def against_stopping(facts: RunFacts) -> list[Reason]:
    """Return why the run cannot be stopped: it has come to its end."""
    if R.STOPPED in TRANSITIONS[facts.status]:
        return []
    return [Reason("work.wrong_state", {"state": ("run", facts.status)})]


def against_undoing(facts: RunFacts, *, real_now: datetime) -> list[Reason]:
    """Return why the run cannot be taken back now."""
    if R.UNDOING not in TRANSITIONS[facts.status]:
        return [Reason("work.wrong_state", {"state": ("run", facts.status)})]
    if not facts.done:
        return [Reason("work.nothing_done")]
    if facts.undo_until is None or real_now > facts.undo_until:
        minutes = int(UNDONE_WITHIN.total_seconds() // 60)
        return [Reason("work.too_late_to_undo", {"minutes": minutes})]
    return []


def stored(reasons: list[Reason]) -> list[dict[str, Any]]:
    """Return reasons as they are kept with a row: codes and values, never sentences."""
    return [{"code": r.code, "values": {name: _plain(value) for name, value in r.values.items()}} for r in reasons]


def restored(kept: list[Mapping[str, Any]]) -> list[Reason]:
    """Return kept reasons as they were given."""
    return [Reason(row["code"], {name: _given(value) for name, value in row["values"].items()}) for row in kept]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return {"all": [_plain(part) for part in value]}
    return [str(part) for part in value] if isinstance(value, tuple) else value


def _given(value: Any) -> Any:
    if isinstance(value, dict):
        return [_given(part) for part in value["all"]]
    return tuple(value) if isinstance(value, list) else value
