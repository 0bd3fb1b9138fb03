"""A strip of bars, one a week, as a drawing: how many points a week a basket is."""

from collections.abc import Sequence
from dataclasses import dataclass

from kursvis.catalogue.rules.basket import Span
from kursvis.catalogue.rules.pace import EXTENTS, FULL_TIME

_WIDTH, _GAP, _A_POINT = 16, 3, 4
_ROOM_ABOVE = 5
"""Points of room above full time, so that its line shows."""


@dataclass(frozen=True)
class Bar:
    """One week's bar. `tone` is named by the study aid that its pace may give; *over* is more than full time."""

    x: int
    y: int
    height: int
    tone: str


@dataclass(frozen=True)
class Strip:
    """The drawing: its size, its bars, and the heights of the lines at full time, three quarters and half."""

    width: int
    height: int
    bar_width: int
    bars: list[Bar]
    lines: list[int]


def draw_strip(weeks: Sequence[Span]) -> Strip:
    """Return the drawing of the weeks."""
    top = max([FULL_TIME + _ROOM_ABOVE, *(int(week.points) + 1 for week in weeks)]) * _A_POINT
    bars = []
    for place, week in enumerate(weeks):
        height = int(week.points * _A_POINT)
        tone = "over" if week.is_too_much else str(week.extent)
        bars.append(Bar(place * (_WIDTH + _GAP), top - height, height, tone))
    lines = [top - int(limit * _A_POINT) for limit in EXTENTS]
    return Strip(max(1, len(weeks)) * (_WIDTH + _GAP) - _GAP, top, _WIDTH, bars, lines)
