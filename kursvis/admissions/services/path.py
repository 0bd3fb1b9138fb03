"""What every step of a choice does: lock and read it anew, move it, write its path and the log."""

from datetime import datetime
from typing import Any

from kursvis.access.actors import Actor
from kursvis.admissions.models import Choice, ChoiceStep
from kursvis.admissions.rules import ChoiceStatus
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, Refused
from kursvis.core.transitions import CHANGED_MEANWHILE, Changes, move

CARRIED = (
    "status",
    "outcome",
    "status_at",
    "called_at",
    "return_reason",
    "returned_as",
    "return_told",
    "return_text",
)


def locked(choice: Choice) -> Choice:
    """Lock the choice and return it as it is now. Raises `Refused` when somebody moved it since it was read.

    Choices are locked before course starts, so that two steps never wait for each other.
    """
    fresh = (
        Choice.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "application",
            "authority",
            "student",
            "course_start__course",
            "course_start__school",
            "course_start__round__period",
            "condition__required",
        )
        .get(pk=choice.pk)
    )
    if (fresh.status, fresh.status_at) != (choice.status, choice.status_at):
        raise Refused(Reason(CHANGED_MEANWHILE))
    return fresh


def advance(choice: Choice, new: ChoiceStatus, *, by: Actor, now: datetime, note: str = "", **also: Any) -> Changes:
    """Move the choice and write the step on its path; return what was changed, for the log."""
    old = choice.status
    changes = move(choice, new, status_at=now, **also)
    add_step(choice, old=old, new=new.value, by=by, now=now, note=note)
    return changes


def add_step(choice: Choice, *, old: str, new: str, by: Actor, now: datetime, note: str = "") -> None:
    """Write one step on the path of the choice."""
    ChoiceStep.objects.create(choice=choice, old=old, new=new, at=now, by_id=by.user_id, note=note[:500])


def carry_over(fresh: Choice, caller: Choice) -> Choice:
    """Let the caller's row in memory show what was done; return it."""
    for name in CARRIED:
        setattr(caller, name, getattr(fresh, name))
    caller._state.fields_cache.pop("condition", None)
    return caller


def person(by: Actor) -> int:
    """Return the user id of who decides: a decision is a person's, never the system's."""
    if by.user_id is None:
        raise ValueError("a decision needs a person")
    return by.user_id


def record(choice: Choice, verb: str, *, by: Actor, now: datetime, **detail: Any) -> None:
    """Write the step in the log, with what it changed (`changes`, as `advance` returns it)."""
    audit.record(
        verb=verb,
        by=by,
        subject=choice,
        authority_id=choice.authority_id,
        student_id=choice.student_id,
        now=now,
        **detail,
    )
