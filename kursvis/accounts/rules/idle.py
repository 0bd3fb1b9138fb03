"""How long a logged in session may rest. Counted in real time, also in a demo on another day (ADR 11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

WARNED_BEFORE = timedelta(minutes=2)
"""The page warns this long before, and offers to go on."""
NOTED_EVERY = timedelta(minutes=1)
"""That somebody is active is written at most so often."""


@dataclass(frozen=True)
class Rest:
    """When a session was last used, and how long it may rest."""

    seen_at: datetime
    minutes: int


def seconds_left(rest: Rest, *, now: datetime) -> int:
    """Return the seconds until the session has rested for too long; 0 when it has."""
    ends = rest.seen_at + timedelta(minutes=rest.minutes)
    return max(0, ceil((ends - now).total_seconds()))


def is_over(rest: Rest, *, now: datetime) -> bool:
    """Say whether the session has rested for too long. A clock that was set back ends nothing."""
    return seconds_left(rest, now=now) == 0


def is_to_be_noted(rest: Rest | None, *, now: datetime) -> bool:
    """Say whether it is time to write that the session is in use."""
    return rest is not None and abs(now - rest.seen_at) >= NOTED_EVERY
