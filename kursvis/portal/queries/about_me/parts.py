"""What an extract is made of: sections of entries of facts, the same on the page, in the JSON and in the PDF."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from kursvis.core.time import SWEDEN


@dataclass(frozen=True)
class Fact:
    """One thing that is held: a name for machines, a name for people, and the value as people write it."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class Entry:
    """One row that is held, and the address where the person herself reads it or its document."""

    title: str
    facts: tuple[Fact, ...]
    url: str = ""


@dataclass(frozen=True)
class Section:
    """The rows of a kind."""

    key: str
    heading: str
    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Extract:
    """Everything that is held about a person, at a moment."""

    name: str
    made_at: datetime
    sections: tuple[Section, ...]


def facts(*told: tuple[str, Any, Any]) -> tuple[Fact, ...]:
    """Return facts (key, label, value); what is empty is not held, and left out."""
    return tuple(Fact(key, str(label), _said(value)) for key, label, value in told if value not in (None, "", [], ()))


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, datetime):
        return value.astimezone(SWEDEN).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def from_to(starts_on: date, ends_on: date | None) -> str:
    """Return a period as people write it."""
    return f"{starts_on.isoformat()} – {ends_on.isoformat() if ends_on else _('tills vidare')}"
