"""docs/generated/ is what the code says today."""

from pathlib import Path

import pytest

from kursvis.portal.management.documents import DOCUMENTS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "generated"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_generated_documents_are_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == DOCUMENTS[name](), "run manage.py generate_docs"
