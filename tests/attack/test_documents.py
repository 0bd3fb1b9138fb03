"""Text from people in documents is text: Typst neither runs it nor opens a file for it."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from kursvis.core import pdf
from kursvis.core.tests.test_pdf import call_data, catalogue_data, row
from tests.attack import registry

ATTACKS = (
    '#read("/etc/passwd")',
    "#panic()",
    "#{191*193}",
    "$191*193$",
    '#image("/etc/hostname")',
    '#import "@preview/x:1.0.0": *',
    "{{191*193}}{% debug %}",
    '"]#set page(width: 1pt)[',
    "*_`<label>@ref\\",
)
RESULT = "36863"
_SENDER = {
    "title": "Titel",
    "date": "2026-12-07",
    "authority": "Vuxenutbildningen",
    "sender": "Björkskolan",
    "sender_address": ["Skolgatan 3", "990 10 Mälarvik"],
    "phone": "099-12 34 56",
    "email": "skolan@example.org",
}
SAMPLES: dict[str, dict[str, Any]] = {
    "grades/typst/catalogue.typ": catalogue_data([row()]),
    "letters/kinds/call/letter.typ": call_data(condition="Villkor", bring="Penna"),
    "people/typst/letter.typ": {**_SENDER, "name": "Åsa Öberg", "body": "Text"},
    "people/typst/envelope.typ": {
        **_SENDER,
        "forwarding_address": ["Förmedlingen", "990 99 Mälarvik"],
        "name": "Åsa Öberg",
        "personnummer": "19900101-2385",
    },
}
SAMPLES["portal/typst/about_me.typ"] = {
    "name": "Åsa Öberg",
    "made_on": "2026-12-07",
    "made_at": "2026-12-07 12:00",
    "sections": [
        {
            "heading": "Person",
            "text": "Text",
            "entries": [{"title": "Rad", "facts": [{"label": "Namn", "value": "Värde"}]}],
        }
    ],
}
DATES = re.compile(r"\d{4}-\d{2}-\d{2}$")


def _poisoned(value: Any, attack: str) -> Any:
    """Return the data with the attack in every text but dates, which we write ourselves."""
    if isinstance(value, dict):
        return {name: _poisoned(one, attack) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_poisoned(one, attack) for one in value]
    return attack if isinstance(value, str) and not DATES.match(value) else value


def test_every_document_is_attacked() -> None:
    assert set(SAMPLES) == registry.DOCUMENTS


@pytest.mark.parametrize("template", SAMPLES)
def test_text_in_a_document_is_only_text(template: str) -> None:
    attack = " ".join(ATTACKS)
    content = pdf.render(f"kursvis/{template}", _poisoned(SAMPLES[template], attack))
    reader = PdfReader(io.BytesIO(content))
    shown = re.sub(r"[\s\xad\u2010-]", "", "".join(page.extract_text() for page in reader.pages))
    assert re.sub(r"\s", "", ATTACKS[0]) in shown
    assert re.sub(r"\s", "", ATTACKS[6]) in shown
    assert RESULT not in shown and "root:x:0" not in shown
    assert 100 < float(reader.pages[0].mediabox.width) < 1000
    assert "/JavaScript" not in str(reader.trailer["/Root"]) and "/OpenAction" not in reader.trailer["/Root"]
