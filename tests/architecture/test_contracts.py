"""Each import contract catches a violation that is planted for it, also inside a slice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]

PLANTED = [
    ("house", "kursvis/people/services/records.py", "from kursvis.grades import models"),
    ("house", "kursvis/core/time.py", "def late():\n    from kursvis.accounts import models"),
    ("inside", "kursvis/studies/models.py", "from kursvis.studies import services"),
    ("inside", "kursvis/grades/forms.py", "from kursvis.grades.views import grading"),
    ("pure", "kursvis/grades/rules.py", "import django.db"),
    ("pure", "kursvis/catalogue/rules/offer.py", "from kursvis.core import time"),
    ("rows", "kursvis/admissions/views.py", "from kursvis.admissions import models"),
    ("rows", "kursvis/accounts/login/testid/views.py", "from kursvis.accounts import models"),
    ("web", "kursvis/portal/queries/navigation.py", "from kursvis.studies.views import groups"),
    ("web", "kursvis/portal/views/start.py", "from kursvis.accounts.login.testid import views as door"),
    ("audit", "kursvis/studies/views/groups.py", "from kursvis.audit import services as log"),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("static", "data", "fonts", "__pycache__", "templates")
    shutil.copytree(ROOT / "kursvis", place / "kursvis", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


def _lint(place: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LINT, "--contract", contract],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("contract", ["house", "inside", "pure", "rows", "web", "audit"])
def test_the_house_keeps_its_contracts(copied: Path, contract: str) -> None:
    result = _lint(copied, contract)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract, file, line", PLANTED)
def test_a_planted_violation_is_caught(copied: Path, contract: str, file: str, line: str) -> None:
    path = copied / file
    original = path.read_text()
    path.write_text(f"{original}\n{line}\n")
    try:
        result = _lint(copied, contract)
    finally:
        path.write_text(original)
    assert result.returncode == 1 and "BROKEN" in result.stdout, result.stdout + result.stderr
