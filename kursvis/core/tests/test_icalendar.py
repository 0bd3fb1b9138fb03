"""The calendar file, read back by what follows RFC 5545 alone: unfold, split, unescape."""

import re
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kursvis.core.icalendar import DayEvent, written

AT = datetime(2026, 11, 23, 12, 0, 5, tzinfo=UTC)
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn", "Zs")) | st.sampled_from(" \n;,\\å💡")
)


def read(content: bytes) -> list[dict[str, str]]:
    """Return the events of a calendar, each as its properties (RFC 5545, 3.1 and 3.3.11)."""
    text = content.decode()
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events: list[dict[str, str]] = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]:
        name, value = line.split(":", 1)
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif events:
            events[-1][name] = re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)
    return events


@given(title=TEXTS, detail=TEXTS, day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), revision=st.integers(0, 99))
def test_what_is_written_is_read_back(title: str, detail: str, day: date, revision: int) -> None:
    event = DayEvent("7-apply_by@kursvis", day, title, AT, revision, detail, "https://kursvis.test/omgangar/")
    (found,) = read(written([event], name="Kursvis"))
    assert found["SUMMARY"] == title and found.get("DESCRIPTION", "") == detail
    assert found["DTSTART;VALUE=DATE"] == day.strftime("%Y%m%d")
    assert found["DTEND;VALUE=DATE"] == (day + timedelta(days=1)).strftime("%Y%m%d")
    assert (found["UID"], found["SEQUENCE"]) == ("7-apply_by@kursvis", str(revision))
    assert found["DTSTAMP"] == found["LAST-MODIFIED"] == "20261123T120005Z"


def test_a_text_begins_no_line_of_its_own() -> None:
    title = "Kurs\r\nEND:VEVENT\r\nBEGIN:VEVENT\x00\x0b"
    content = written([DayEvent("1@kursvis", date(2027, 1, 1), title, AT)], name="A\nB")
    assert [event["SUMMARY"] for event in read(content)] == ["Kurs\nEND:VEVENT\nBEGIN:VEVENT"]
