"""What is sent that nobody should send, and what of it must not come back."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.attack.field import Answer

MARK = "zxq"
TEXT = f'\'"><{MARK} onload=x>{{{{191*193}}}}{{% debug %}}${{191*193}}#read("/etc/passwd") \' OR 1=1 --'
"""Would be a tag, a template, a Typst expression or SQL, if anybody took it for more than text."""
RESULT = "36863"
GARBAGE: dict[str, str | bytes] = {
    "text that would run": TEXT,
    "NUL": "a\0b",
    "half a letter": b"\xed\xa0\x80\xff",
    "enormous": "å" * 200_000,
    "a number too large": "9" * 400,
    "nothing": "",
}
SMALL = ("0000-00-00", "-1", "²", "g0000000-0000-0000-0000-000000000000", "1e400", "NaN", "2026-02-30")
"""Nearly a date, a number or a key: a form gets another one in each field."""
EXTRA = {
    "id": "1",
    "pk": "1",
    "uuid": "11111111-1111-4111-8111-111111111111",
    "status": "approved",
    "authority_id": "2",
    "school_id": "2",
    "provider_id": "2",
    "student": "1",
    "student_id": "1",
    "user": "1",
    "user_id": "1",
    "by": "1",
    "by_id": "1",
    "decided_by_id": "1",
    "decided_at": "2001-01-01",
    "approved_at": "2001-01-01",
    "locked_at": "2001-01-01",
    "made_at": "2001-01-01",
    "now": "2001-01-01",
    "today": "2001-01-01",
    "is_active": "",
    "is_staff": "on",
    "is_superuser": "on",
    "protection": "none",
    "is_protected": "",
    "alias_number": "1",
    "number": "99999",
    "role": "system_administrator",
    "sealed": "",
    "address": "angripare@example.org",
    "confirmed": "on",
    "decider_id": "1",
    "seats_taken": "0",
    "password": "angriparens lösenord",
    "user_name": "angripare",
}


def garbage_for(names: list[str]) -> Iterator[tuple[str, dict[str, list[Any]]]]:
    """Give each kind of garbage in every field; what is enormous only in the first."""
    for what, value in GARBAGE.items():
        yield what, {name: [value] for name in names[: 1 if len(value) > 10_000 else None]}
    for first in (0, 3):
        yield f"small {first}", {name: [SMALL[(first + n) % len(SMALL)]] for n, name in enumerate(names)}


def harm_in(answer: Answer) -> Iterator[str]:
    """Say what in an answer should not be there: an error of ours, her tag, a text that was computed."""
    if answer.failed:
        yield answer.failed
    if f"<{MARK}" in answer.text:
        yield "its tag stands in the page"
    if RESULT in answer.text or "root:x:0" in answer.text:
        yield "its text was run"


def bodies(filled: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give bodies that are no form: arrays for single values, JSON, a torn upload, bytes that are no text."""
    names = [name for name in filled if name != "csrfmiddlewaretoken"] or ["x"]
    yield "arrays", {"data": {key: ["1", "2"] for name in names for key in (name, f"{name}[]", f"{name}[0][x]")}}
    yield "JSON", {"data": '{"status": ["approved"], "row": {"a": 1}}', "content_type": "application/json"}
    yield "torn", {"data": b"--x\r\nContent-Disposition: form", "content_type": "multipart/form-data; boundary=x"}
    raw = "&".join(f"{name}=%ED%A0%80%FF%00" for name in names)
    yield "no text", {"data": raw.encode(), "content_type": "application/x-www-form-urlencoded"}


def attackers(answer: Answer, names: set[str]) -> "Counter[tuple[str, str]]":
    """Count the columns that got the attacker's value, by table and name."""
    found: Counter[tuple[str, str]] = Counter()
    for write in answer.business:
        for column, value in write.changed.items():
            wanted = EXTRA.get(column) if column in names else None
            if wanted is not None and (str(value)[:10] == wanted[:10] or value is {"on": True, "": False}.get(wanted)):
                found[(write.table, column)] += 1
    return found
