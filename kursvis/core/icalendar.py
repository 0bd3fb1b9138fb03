"""Days as an iCalendar file (RFC 5545), for a calendar program to fetch: whole days only, and no time zones."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True)
class DayEvent:
    """Something on a day. `uid` stays when it is changed; `revision` counts its changes, the latest at `changed_at`."""

    uid: str
    day: date
    title: str
    changed_at: datetime
    revision: int = 0
    detail: str = ""
    url: str = ""


def written(events: Iterable[DayEvent], *, name: str) -> bytes:
    """Return the events as a calendar with a name: lines end with CRLF and are folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kursvis//Kursvis//SV",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def escaped(text: str) -> str:
    """Return a text as the value of a property: one line, without control characters, its signs escaped."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in whole if sign == "\n" or sign.isprintable()).translate(_ESCAPED)


def _lines(event: DayEvent) -> Iterator[str]:
    changed = event.changed_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{event.revision}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    if event.detail:
        yield f"DESCRIPTION:{escaped(event.detail)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _folded(line: str) -> bytes:
    """Return a line in pieces of at most 75 octets, no sign cut in two; all but the first begin with a space."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > MOST_OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece])
