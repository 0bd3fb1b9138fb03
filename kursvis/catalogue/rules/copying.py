"""Copying a period's offer to another period's rounds (issue R11): which round becomes which, when a course ends."""

from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
_WEEK = timedelta(weeks=1)


def matched(old: Sequence[tuple[Key, date]], new: Sequence[tuple[Key, date]]) -> dict[Key, Key | None]:
    """Propose which new round each old one becomes: in order, that which lies about as many weeks into its period.

    Each new round is proposed once, and none before that of an earlier old round; old rounds that are left get None.
    """
    before = sorted(old, key=lambda one: one[1])
    after = sorted(new, key=lambda one: one[1])
    found: dict[Key, Key | None] = {}
    for number, (key, day) in enumerate(before):
        left_behind = len(before) - number - 1
        candidates = after[: max(len(after) - left_behind, 1)]
        if not candidates:
            found[key] = None
            continue
        weeks = (day - before[0][1]) // _WEEK
        nearest = min(candidates, key=lambda one: abs((one[1] - _first(new)) // _WEEK - weeks))
        found[key] = nearest[0]
        after = after[after.index(nearest) + 1 :]
    return found


def _first(rounds: Sequence[tuple[Key, date]]) -> date:
    """Return the first start of some rounds."""
    return min(day for _key, day in rounds)


def end_of_copy(*, starts_on: date, ends_on: date, new_start: date) -> date:
    """Return when the copy ends: as many days long, on the same day of the week also where it starts on another."""
    end = new_start + (ends_on - starts_on)
    off = (ends_on.weekday() - end.weekday() + 3) % 7 - 3
    moved = end + timedelta(days=off)
    return moved if moved > new_start else moved + _WEEK
