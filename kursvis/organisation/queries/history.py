"""What has happened to a row of the set-up, for its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from kursvis.audit.queries import about
from kursvis.core.wording import labels

MOST_SHOWN = 100


@dataclass(frozen=True)
class Happened:
    """One event: when, what, who, and what it was and became."""

    at: datetime
    text: str
    who: str
    detail: str


def history(row: models.Model) -> list[Happened]:
    """Return what has happened to a row, newest first. The row must have been reached through its own queryset.

    Only set-up: what else is recorded on a municipality, such as searches for students, has its own pages.
    """
    known = labels()["setup_event"]
    return [
        Happened(
            event.at,
            str(known[event.verb].text),
            event.actor_name,
            changes(event.detail),
        )
        for event in about(row).filter(verb__in=known).reverse()[:MOST_SHOWN]
    ]


def changes(detail: dict[str, Any]) -> str:
    """Return, of what an event tells, the fields that changed (from what, to what) and those that people know."""
    fields = labels()["setup_field"]
    told = {
        str(fields[name].text) if name in fields else name: _became(value)
        for name, value in detail.items()
        if isinstance(value, list) and len(value) == 2 or name in fields and value not in (None, "", [])
    }
    return " · ".join(f"{name}: {value}" for name, value in told.items())


def _became(value: Any) -> str:
    return " → ".join(map(_said, value)) if isinstance(value, list) else _said(value)


def _said(value: Any) -> str:
    named = labels()["setup_value"].get(str(value))
    return str(named.text) if named else ", ".join(str(value or "–").splitlines())
