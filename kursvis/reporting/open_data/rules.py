"""What somebody may ask of the open data: which page, how many, changed since when, which school forms, whose."""

from collections.abc import Collection, Mapping
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
    """A part of a list. With `since`, also what has been removed; of some school forms, of one school."""

    page: int = 0
    size: int = DEFAULT_SIZE
    since: datetime | None = None
    school_types: tuple[str, ...] = ()
    provider: str = ""

    @property
    def first(self) -> int:
        """Return how many items come before the page."""
        return self.page * self.size


PARAMETERS = ("page", "size", "updatedSince", "schoolType")
OF_EVENTS = (*PARAMETERS, "providerId")
_TWICE = ("schoolType",)
"""What may be said more than once."""


def wanted(parameters: Mapping[str, list[str]], *, zone: tzinfo, known: Collection[str] = PARAMETERS) -> Wanted:
    """Return what the parameters ask for. Raises `NotUnderstood`, so that no answer is mistaken for another."""
    for name, values in parameters.items():
        if name not in known:
            raise NotUnderstood(f"{name[:40]}: no parameter here; there are {', '.join(known)}")
        if len(values) > 1 and name not in _TWICE:
            raise NotUnderstood(f"{name}: once")
    one = {name: values[0] for name, values in parameters.items() if values}
    return Wanted(
        page=_number(one, "page", default=0, least=0, most=LAST_PAGE),
        size=_number(one, "size", default=DEFAULT_SIZE, least=1, most=MOST),
        since=_moment(one.get("updatedSince", ""), zone),
        school_types=tuple(kind.upper() for kind in parameters.get("schoolType", ()) if kind),
        provider=one.get("providerId", ""),
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
    """Return a day or a moment; without a time zone it is Swedish time. The + of a zone may have become a space."""
    if not text:
        return None
    if len(text) > 19 and text[-6] == " ":
        text = f"{text[:-6]}+{text[-5:]}"
    try:
        moment = datetime.combine(date.fromisoformat(text), time()) if len(text) <= 10 else datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError) as wrong:
        raise NotUnderstood("updatedSince: a date (2026-11-23) or a date and time (2026-11-23T15:04:05)") from wrong
