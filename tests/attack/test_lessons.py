"""docs/security.md names tests; each exists. All sixteen lessons have a row with one."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`(test_\w+)`", TEXT))


def _tests() -> set[str]:
    files = [path for folder in ("tests", "kursvis", "fake_bankid") for path in (ROOT / folder).rglob("test_*.py")]
    return {name for path in files for name in re.findall(r"^def (test_\w+)\(", path.read_text("utf-8"), re.MULTILINE)}


def test_every_test_that_is_named_here_exists() -> None:
    assert len(NAMED) > 40
    assert NAMED - _tests() == set()


def test_each_of_the_sixteen_lessons_is_answered_with_a_test() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\| (.*) \|$", TEXT, re.MULTILINE)
    assert [int(number) for number, _held in rows] == list(range(1, 17))
    assert all("`test_" in held for _number, held in rows)


def test_how_to_report_stands_at_the_root_and_names_no_invented_address() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in text and "Versions" in text and not re.search(r"\S+@\S+", text)
