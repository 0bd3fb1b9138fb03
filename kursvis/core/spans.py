"""From a day to a day, both included; without a last day until further notice. Pure: no Django.

The same questions to the database are `core.models.not_over` and `core.models.covering`.
"""

from datetime import date
from typing import Protocol


class Span(Protocol):
    """Anything with a first day, and perhaps a last one."""

    @property
    def starts_on(self) -> date:
        """Return the first day."""

    @property
    def ends_on(self) -> date | None:
        """Return the last day, or None."""


def covers(span: Span, day: date) -> bool:
    """Say whether a day is within the span."""
    return span.starts_on <= day and (span.ends_on is None or day <= span.ends_on)


def overlap(one: Span, other: Span) -> bool:
    """Say whether two spans share a day."""
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)
