"""What somebody may ask of the open data: which page, how many, changed since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum

DEFAULT_SIZE, MOST = 100, 2000
LAST_PAGE = 1_000_000


class Status(StrEnum):
    """How an item of a list stands, as the lists of EMIL 3 say it."""

    CURRENT = "current"
    REMOVED = "removed"


class NotUnderstood(ValueError):
    """A parameter that cannot be read; its text says which and what is allowed."""


@dataclass(frozen=True)
class Wanted:
    """A part of a list. With `since`, also what has been removed."""

    page: int = 0
    size: int = DEFAULT_SIZE
    since: datetime | None = None

    @property
    def first(self) -> int:
        """Return how many items come before the page."""
        return self.page * self.size


def wanted(parameters: Mapping[str, str], *, zone: tzinfo) -> Wanted:
    """Return what the parameters ask for. Raises `NotUnderstood`, so that no answer is mistaken for another."""
    return Wanted(
        page=_number(parameters, "page", default=0, least=0, most=LAST_PAGE),
        size=_number(parameters, "size", default=DEFAULT_SIZE, least=1, most=MOST),
        since=_moment(parameters.get("updatedSince", ""), zone),
    )


def pages_of(total: int, size: int) -> int:
    """Return how many pages a list has."""
    return -(-total // size)


def _number(parameters: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = parameters.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most):
        raise NotUnderstood(f"{name}: a whole number from {least} to {most}")
    return int(text)


def _moment(text: str, zone: tzinfo) -> datetime | None:
    """Return a day or a moment; without a time zone it is Swedish time."""
    if not text:
        return None
    try:
        moment = datetime.combine(date.fromisoformat(text), time()) if len(text) <= 10 else datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError) as wrong:
        raise NotUnderstood("updatedSince: a date (2026-11-23) or a date and time (2026-11-23T15:04:05)") from wrong
