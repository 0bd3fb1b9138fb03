"""Printed documents: archive and accessibility standards, and text from people shown as it is."""

import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kursvis.core import pdf
from kursvis.core.pdf import render

CALL = "kursvis/letters/kinds/call/letter.typ"
CATALOGUE = "kursvis/grades/typst/catalogue.typ"


def call_data(**changes: Any) -> dict[str, Any]:
    return {
        "subject": "Kallelse till kursstart",
        "date": "2026-12-07",
        "authority": "Vuxenutbildningen i Mälarvik",
        "recipient": {"name": "Åsa Öberg", "street": "Björkvägen 12", "postal_code": "990 12", "locality": "Mälarvik"},
        "school": {
            "name": "Björkskolan",
            "street": "Skolgatan 3",
            "postal_code": "990 10",
            "locality": "Mälarvik",
            "phone": "099-12 34 56",
            "email": "bjorkskolan@malarvik.example",
        },
        "course": {
            "name": "Matematik, nivå 2a",
            "code": "MATE2A00X",
            "points": 100,
            "starts_on": "2027-01-11",
            "ends_on": "2027-03-19",
            "study_form": "Klassrum",
            "place": "Sal 12",
            "weekly_pattern": "Måndag och onsdag 17.30–20.30",
        },
        "condition": "",
    } | changes


def row(**changes: Any) -> dict[str, Any]:
    return {
        "personnummer": "19900101-2385",
        "name": "Öberg, Märta",
        "grade": "C",
        "grade_date": "2026-12-18",
        "provning": False,
        "carried_over": False,
        "information": "",
    } | changes


def catalogue_data(rows: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    return {
        "title": "Betygskatalog 17",
        "number": "17",
        "created_on": "2026-12-18",
        "authority": "Mälarviks kommun",
        "authority_address": ["Vuxenutbildningen", "990 10 Mälarvik"],
        "school": "Björkskolan",
        "unit_code": "99999901",
        "group": "MAT1a-26H",
        "course_code": "MATE1A00X",
        "course_name": "Matematik, nivå 1a",
        "points": "100",
        "decider_name": "Karin Öst",
        "decider_title": "Gymnasielärare",
        "replaces": [],
        "rows": rows,
    } | changes


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(content).pages).split())


def tags(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield (kind, element) of the structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from tags(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), node
        if "/K" in node:
            yield from tags(node["/K"])


@pytest.mark.parametrize(("template", "data"), [(CALL, call_data()), (CATALOGUE, catalogue_data([row()]))])
def test_archive_and_accessibility_standards(template: str, data: dict[str, Any]) -> None:
    content = render(template, data)
    reader = read(content)
    catalog = reader.trailer["/Root"]
    about = catalog["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in about and "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    assert catalog["/MarkInfo"]["/Marked"] and catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/Lang"] in ("sv", "sv-SE")
    assert reader.metadata and data.get("subject", data.get("title")) in str(reader.metadata.title)
    kinds = [kind for kind, _ in tags(catalog["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1 and "/P" in kinds


def test_the_table_of_grades_has_headers_for_its_columns() -> None:
    found = list(tags(read(render(CATALOGUE, catalogue_data([row(), row()]))).trailer["/Root"]["/StructTreeRoot"]))
    kinds = [kind for kind, _ in found]
    assert (kinds.count("/Table"), kinds.count("/TH"), kinds.count("/TD")) == (1, 7, 14)
    assert all("Column" in str(node["/A"]) for kind, node in found if kind == "/TH")


def test_the_call_says_what_the_student_must_know() -> None:
    text = text_of(render(CALL, call_data()))
    for part in (
        "Åsa Öberg", "990 12 Mälarvik", "Välkommen till Matematik, nivå 2a", "måndag 2027-01-11", "MATE2A00X", "100",
        "Måndag och onsdag 17.30–20.30", "bjorkskolan@malarvik.example", "Sida 1 av 1",
    ):  # fmt: skip
        assert part in text
    assert "Villkor" not in text


def test_a_conditional_call_says_so() -> None:
    text = text_of(render(CALL, call_data(condition="Du har inte rätt att börja kursen om du inte är behörig.")))
    assert "Villkor för att få börja" in text and "inte rätt att börja" in text and "Välkommen" not in text


def test_the_catalogue_holds_everything_that_it_must() -> None:
    rows = [
        row(name="Åkesson, Örjan", grade="–", information="Titel: Vård i hemmet"),
        row(name="Nguyễn, Thị", provning=True, carried_over=True),
    ]
    text = text_of(render(CATALOGUE, catalogue_data(rows, replaces=["11", "12"])))
    for part in (
        "Mälarviks kommun", "Björkskolan", "99999901", "MAT1a-26H", "MATE1A00X", "Matematik, nivå 1a", "19900101-2385",
        "Åkesson, Örjan", "Nguyễn, Thị", "2026-12-18", "PRÖVNING", "Vård i hemmet", "Karin Öst", "Gymnasielärare",
        "Betygskatalog 17", "Sida 1 av 1", "990 10 Mälarvik", "Underskrift", "Ort och datum", "Överfört", "11 och 12",
        "beslut att inte sätta betyg",
    ):  # fmt: skip
        assert part in text


def test_many_rows_fill_pages_with_the_header_on_each() -> None:
    rows = [row(name=f"Elev {number:03}") for number in range(120)]
    render(CATALOGUE, catalogue_data(rows))
    began = time.perf_counter()
    content = render(CATALOGUE, catalogue_data(rows))
    assert time.perf_counter() - began < 1
    pages = [" ".join(page.extract_text().split()) for page in read(content).pages]
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Sida {number} av {len(pages)}" in page
    assert all("Personnummer" in page for page in pages if "Elev " in page)
    assert sum(page.count("Elev ") for page in pages) == 120


HOSTILE = [
    '#read("/etc/passwd")',
    "*fet* _kursiv_ `kod` $x^2$ <etikett> @hänvisning",
    "\"citat\" 'enkelt' -- --- ... ~ // /* */ \\u{41}",
    '= Rubrik #import "x" ] [ } { ) (',
    "<script>alert(1)</script> -> => != 'åäö'",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_shown_as_it_is(text: str) -> None:
    course = call_data()["course"] | {"name": text, "place": text}
    school = call_data()["school"] | {"name": text, "email": text}
    squeezed = "".join(text.split())
    shown = "".join(text_of(render(CALL, call_data(course=course, school=school, condition=text, bring=text))).split())
    assert shown.count(squeezed) >= 5
    row_shown = "".join(text_of(render(CATALOGUE, catalogue_data([row(information=text)], course_name=text))).split())
    assert row_shown.count(squeezed) == 2


def test_letters_that_the_font_lacks_do_not_stop_a_letter() -> None:
    recipient = call_data()["recipient"] | {"name": "محمد Łukasz Ωμέγα Дарья 你好 😀 o\u0308\u200d\u202e"}
    text = text_of(render(CALL, call_data(recipient=recipient)))
    assert "???? Łukasz Ωμέγα Дарья ?? ? ö" in text


def test_every_character_can_be_printed() -> None:
    surrogates = range(0xD800, 0xE000)
    text = "".join(chr(code) for code in range(0x30000) if code not in surrogates)
    for start in range(0, len(text), 8_192):
        assert render(CALL, call_data(condition=text[start : start + 8_192])).startswith(b"%PDF-1.7")
    assert "a?b?c d" in text_of(render(CALL, call_data(condition="a\ue000b\x00c\u2009d\u200b")))


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_any_text_can_be_printed(text: str) -> None:
    data = call_data(condition=text, bring=text)
    data["recipient"] = data["recipient"] | {"name": text, "street": text}
    assert render(CALL, data).startswith(b"%PDF-1.7")


def test_a_template_reads_nothing_beside_itself(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text("hemligt", encoding="utf-8")
    (tmp_path / "t.typ").write_text(f'#read("{tmp_path}/secret.txt")', encoding="utf-8")
    monkeypatch.setattr(pdf, "_PROJECT", tmp_path)
    with pytest.raises(pdf.typst.TypstError):
        render("t.typ", {})


def test_optional_facts_may_be_missing() -> None:
    school = {"name": "Björkskolan", "street": None, "postal_code": "", "locality": "", "phone": None, "email": ""}
    course = call_data()["course"] | {"points": None, "place": "", "weekly_pattern": "", "study_form": ""}
    text = text_of(render(CALL, call_data(school=school, course=course)))
    assert "Frågor" not in text and "Plats" not in text and "Poäng" not in text
