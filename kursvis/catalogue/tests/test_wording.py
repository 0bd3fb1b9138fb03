import csv
import re
from pathlib import Path

import pytest

from kursvis.catalogue import services, wording
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.core.reasons import Reason
from kursvis.core.wording import sentence

APP = Path(wording.__file__).parent
CODE = re.compile(r'Reason\(\s*"(catalogue\.\w+)"')
NAMED_CODES = re.compile(r'^[A-Z_, ]+ = ("catalogue\..*)$', re.MULTILINE)
GONE = {"course_start.import_removed"}
"""What is told of a course start that is no more: nobody reads it on its page."""


def codes_in_use() -> set[str]:
    folders = [APP / "rules", APP / "queries", Path(services.__file__).parent]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    text = "\n".join(file.read_text() for file in (*files, APP / "bulk.py"))
    named = {code for line in NAMED_CODES.findall(text) for code in re.findall(r"catalogue\.\w+", line)}
    return named | set(CODE.findall(text))


def test_every_reason_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert codes_in_use() == set(wording.REASONS)


@pytest.mark.parametrize("code", sorted(wording.REASONS))
def test_every_sentence_is_whole(code: str) -> None:
    named = re.findall(r"{(\w+)}", str(wording.REASONS[code]))
    said = sentence(Reason(code, dict.fromkeys(named, "7")))
    first = said.lstrip("”")[0]
    assert first.isupper() or first.isdigit()
    assert said.endswith(".") and "{" not in said


def test_every_state_step_and_form_is_named() -> None:
    assert set(wording.LABELS["course_start"]) == set(wording.LABELS["course_start_owner"]) == set(CourseStartStatus)
    assert set(wording.LABELS["study_form"]) == set(StudyForm)
    steps = "".join(file.read_text() for file in (APP / "services" / "offer").glob("*.py"))
    verbs = set(re.findall(r'record\("(\w+)", ', steps)) | set(re.findall(r'CourseStartStatus\.\w+, "(\w+)"', steps))
    every = "".join(file.read_text() for file in (APP / "services").rglob("*.py"))
    verbs |= set(re.findall(r'verb="course_start\.(\w+)"', every))
    assert {f"course_start.{verb}" for verb in verbs} - GONE == set(wording.LABELS["course_start_event"])


def test_every_level_of_the_register_is_named() -> None:
    with (APP / "data" / "courses.csv").open(encoding="utf-8") as rows:
        levels = {row["level"] for row in csv.DictReader(rows)}
    assert levels == set(wording.LABELS["level"])
