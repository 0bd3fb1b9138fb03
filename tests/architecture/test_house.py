"""What imports cannot show: foreign keys point down, texts exist for every reason, sizes stay small."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from kursvis.core import wording

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kursvis"


def _layers() -> dict[str, int]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["id"] == "house")
    lines = [[name.strip(" ()") for name in layer.split("|")] for layer in house["layers"]]
    return {name: -depth for depth, names in enumerate(lines) for name in names}


def _cross_app_keys() -> list[tuple[str, str, str, str]]:
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("kursvis."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and not field.auto_created:
                target = field.related_model
                if target._meta.app_label != model._meta.app_label:
                    hidden = field.remote_field.related_name == "+"
                    found.append(
                        (
                            f"{model.__name__}.{field.name}",
                            model._meta.app_label,
                            target._meta.app_label,
                            "+" if hidden else "",
                        )
                    )
    return found


def test_foreign_keys_point_down_and_cannot_be_followed_up() -> None:
    layers = _layers()
    keys = _cross_app_keys()
    assert len(keys) > 20
    upward = [key for key in keys if layers[key[1]] <= layers[key[2]]]
    reachable = [key for key in keys if key[3] != "+"]
    assert upward == [] and reachable == []


def _reason_codes() -> dict[str, str]:
    codes = {}
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Reason"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                codes[str(node.args[0].value)] = str(path.relative_to(ROOT))
    return codes


def test_every_reason_has_a_sentence_and_every_sentence_a_reason() -> None:
    codes = _reason_codes()
    assert len(codes) > 40
    missing = {code: file for code, file in codes.items() if code not in wording.sentences()}
    assert missing == {}
    rules = "".join(path.read_text() for path in _production_files() if path.name != "wording.py")
    assert [code for code in wording.sentences() if f'"{code}"' not in rules] == []


def test_every_state_has_a_label() -> None:
    from kursvis.accounts.rules import AssignmentStatus
    from kursvis.accounts.rules.delegations import DelegatedDecision
    from kursvis.accounts.rules.staff import StaffState
    from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Ground, Outcome, ReturnReason
    from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
    from kursvis.grades.rules import CatalogueStatus, GradeStatus
    from kursvis.post.rules import MessageStatus
    from kursvis.studies.rules import EnrolmentOutcome, GroupKind, Phase
    from kursvis.work.rules import RowStatus, RunStatus

    kinds = {
        "assignment_status": AssignmentStatus,
        "staff_state": StaffState,
        "delegated_decision": DelegatedDecision,
        "course_start": CourseStartStatus,
        "study_form": StudyForm,
        "choice": ChoiceStatus,
        "condition": ConditionStatus,
        "ground": Ground,
        "outcome": Outcome,
        "return_reason": ReturnReason,
        "enrolment": EnrolmentOutcome,
        "phase": Phase,
        "group_kind": GroupKind,
        "grade": GradeStatus,
        "grade_catalogue": CatalogueStatus,
        "message": MessageStatus,
        "run": RunStatus,
        "run_row": RowStatus,
    }
    missing = [
        (kind, member.value)
        for kind, enum in kinds.items()
        for member in enum
        if member.value not in wording.labels()[kind]
    ]
    assert missing == []


def _production_files() -> list[Path]:
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "runner").rglob("*.py")]
    return [path for path in files if not {"tests", "migrations"} & set(path.parts)]


def test_files_stay_small() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in _production_files()}
    assert {name: length for name, length in lengths.items() if length > 500} == {}
    short = sum(length <= 150 for length in lengths.values())
    assert short / len(lengths) >= 0.8


def _functions() -> list[tuple[str, ast.FunctionDef]]:
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", node)
        for path in _production_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]


def test_functions_stay_short_and_views_shorter() -> None:
    def length(node: ast.FunctionDef) -> int:
        return (node.end_lineno or node.lineno) - node.lineno + 1

    assert [name for name, node in _functions() if length(node) > 60] == []
    views = [(name, node) for name, node in _functions() if re.search(r"(^|/|_)views(/|\.py:)", name)]
    assert len(views) > 30
    assert [name for name, node in views if length(node) > 40] == []


def test_every_name_of_a_file_in_a_process_has_its_place_in_the_description() -> None:
    description = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    names = {path.name for path in PACKAGE.glob("*/*.py") if path.parent.name != "config"}
    assert {name for name in names - {"__init__.py", "apps.py", "urls.py"} if f"`{name}`" not in description} == set()


@pytest.mark.parametrize("forbidden", ["utils.py", "helpers.py", "common.py", "misc.py"])
def test_no_file_without_a_subject(forbidden: str) -> None:
    assert list(PACKAGE.rglob(forbidden)) == []


def test_no_signals_and_no_save_overrides() -> None:
    offending = []
    for path in _production_files():
        text = path.read_text()
        if "django.dispatch" in text or "db.models.signals" in text:
            offending.append(str(path))
        if path.name == "models.py" and "def save(" in text:
            offending.append(str(path))
    assert offending == []
