"""What is sent becomes a table by what it holds, or is refused; what is handed back runs nowhere."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.catalogue.rules.imports import limits
from kursvis.catalogue.rules.imports.columns import Column, guessed, heading_row
from kursvis.catalogue.rules.imports.files import table_of, text_of
from kursvis.catalogue.rules.imports.written import csv_of, safe
from kursvis.core.reasons import Refused
from kursvis.core.workbook_reader import plain

ROWS = [["Kurskod", "Ort", "Start"], ["MATE1A00X", "Åmål", "2026-08-17"], ["ENGE", "Öst; väst, norr", "17/8 2026"]]
BOOK = (
    '<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="Utbud" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET, HIDDEN = '<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>', ' state="hidden"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(cells: str, *, more: dict[str, str] | None = None) -> bytes:
    """Return a workbook whose sheet has these rows."""
    one = f'<Relationship Id="rId1" Type="{REL}/{{kind}}" Target="{{to}}"/>'
    rels = f'<Relationships xmlns="{PACKAGE}">{one}</Relationships>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": rels.format(kind="officeDocument", to="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": rels.format(kind="worksheet", to="worksheets/sheet1.xml"),
        "xl/workbook.xml": BOOK.format(main=MAIN, rel=REL),
        "xl/worksheets/sheet1.xml": SHEET.format(main=MAIN, rows=cells),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | (more or {})).items():
            archive.writestr(name, text)
    return out.getvalue()


def renamed(book: bytes, name: str) -> bytes:
    """Return a workbook whose sheet is a part with another name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            target = old.read(part).replace(b"worksheets/sheet1.xml", name.encode())
            new.writestr(part.replace("worksheets/sheet1.xml", name), target)
    return out.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_is_read_whatever_its_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS]
    table = table_of("\r\n".join(lines).encode(encoding))
    assert [list(cells) for _number, cells in table.rows] == ROWS and table.form == "CSV"


def test_rows_keep_the_numbers_that_their_program_shows() -> None:
    table = table_of(b"sep=;\n\nKurskod;Start\n\nA;B\n")
    assert [number for number, _cells in table.rows] == [3, 5]


def test_a_workbook_is_read_with_days_and_computed_cells() -> None:
    cells = f'<row r="1">{cell("A1", "Kurskod")}{cell("B1", "Platser")}</row>'
    cells += f'<row r="2">{cell("A2", "MATE1A00X")}<c r="B2"><f>10+10</f><v>20</v></c></row>'
    table = table_of(workbook(cells))
    assert table.form == "Excel" and table.rows == ((1, ("Kurskod", "Platser")), (2, ("MATE1A00X", "20")))
    assert plain(date(2026, 8, 17)) == "2026-08-17" and plain(7.0) == "7" and text_of('="007"') == "007"


FAR = workbook(f'<row r="1">{cell("A1", "x")}{cell("XFD1048576", "y")}</row>')
REPEATED = "".join(
    f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ") + "</row>"
    for row in range(1, 1001)
)
LONG = f'<sst xmlns="{MAIN}"><si><t>{"a" * 1_000_000}</t></si></sst>'
"""A text of a megabyte in ten thousand cells: a file of a few kilobytes, and ten gigabytes of memory."""
WRONG = {
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "file_unknown"),
    "a document": (b"%PDF-1.7\n\x00\x01\x02", "file_unknown"),
    "a program": (b"MZ\x90\x00\x03", "file_unknown"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old_or_locked"),
    "nothing": (b"", "file_empty"),
    "headings only": (b"Kurskod;Start", "file_empty"),
    "too large": (b"a" * (limits.MOST_BYTES + 1), "file_too_large"),
    "too many rows": (b"a;b\n" * (limits.MOST_ROWS + 2), "file_too_many_rows"),
    "too many columns": (b"a;" * 200 + b"\nb;c", "file_too_many_rows"),
    "another archive": (b"PK\x03\x04 and no more", "file_unknown"),
    "a far cell": (FAR, "file_too_many_rows"),
    "a far cell in a part by another name": (renamed(FAR, "theme.bin"), "file_too_many_rows"),
    "a text in many cells": (workbook(REPEATED, more={"xl/sharedStrings.xml": LONG}), "file_too_large"),
    "a far row": (workbook('<row r="1048576"><c><v>1</v></c></row>'), "file_too_many_rows"),
    "a place that hides": (workbook('<row r="1"><c r="&#88;FD9"><v>1</v></c></row>'), "file_unknown"),
    "a bomb": (workbook("", more={"xl/media/x.bin": "0" * (limits.MOST_UNPACKED + 1)}), "file_too_large"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_no_table_is_refused(what: str) -> None:
    content, code = WRONG[what]
    with pytest.raises(Refused, match=f"catalogue.{code}"):
        table_of(content)


def test_of_several_sheets_that_of_an_offer_is_read_and_the_others_are_named() -> None:
    names = ("Om filen", "Utbud", "Tomt", "Dolt", "Hösten")
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"{HIDDEN if name == "Dolt" else ""}/>'
        for number, name in enumerate(names, start=1)
    )
    offer = "".join(cell(f"{column}3", heading) for column, heading in zip("ABC", ROWS[0], strict=True))
    rows = {
        "Om filen": f'<row r="1">{cell("A1", "Kursstart")}</row>',
        "Utbud": f'<row r="3">{offer}</row><row r="4">{cell("A4", "MATE1A00X")}</row>',
        "Dolt": f'<row r="3">{offer}</row>',
        "Hösten": f'<row r="3">{offer}</row>',
    }
    more = {
        f"xl/worksheets/sheet{number}.xml": SHEET.format(main=MAIN, rows=rows.get(name, ""))
        for number, name in enumerate(names, start=1)
    }
    one = f'<Relationship Id="rId{{0}}" Type="{REL}/worksheet" Target="worksheets/sheet{{0}}.xml"/>'
    more["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{"".join(map(one.format, range(1, 6)))}</Relationships>'
    )
    more["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{sheets}</sheets></workbook>'
    table = table_of(workbook("", more=more))
    assert (table.sheet, table.left_out) == ("Utbud", ("Om filen", "Hösten"))
    assert table.rows[1] == (4, ("MATE1A00X",))


def test_a_quote_that_is_never_closed_spoils_its_own_row_only() -> None:
    table = table_of(b'Kurskod;Ort\nA;"Sal 1\nB;Sal 2\nC;"Sal; 3"\n')
    assert [cells for _number, cells in table.rows[2:]] == [("B", "Sal 2"), ("C", "Sal; 3")]
    assert table_of(b'Kurskod;Ort\nA;"Sal\n1"\n').rows[1] == (2, ("A", "Sal\n1"))


def test_rows_behind_many_empty_ones_are_read() -> None:
    assert table_of(b"Kurskod;Start\n" + b"\n" * 30_000 + b"A;B").rows[1] == (30_002, ("A", "B"))


def test_a_sign_that_no_database_keeps_is_left_out() -> None:
    cells = f'<row r="1">{cell("A1", "Kurskod")}</row><row r="2">{cell("A2", "MA_x0000_T_x0001_E")}</row>'
    assert table_of(workbook(cells)).rows[1] == (2, ("MATE",))


@given(content=st.binary(max_size=400))
def test_nothing_that_is_sent_is_more_than_refused(content: bytes) -> None:
    with suppress(Refused):
        assert len(table_of(content).rows) > 1


@given(text=st.text(alphabet=st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=20))
def test_no_cell_that_is_handed_back_is_a_formula_and_each_reads_back(text: str) -> None:
    for cell in (text, f"={text}", f"@{text}", f"-{text}", f"+{text}"):
        assert safe(cell)[0] not in "=+-@"
        assert text_of(safe(cell)) == text_of(cell) or cell.startswith(("'", '="'))


def test_a_file_that_is_handed_back_reads_as_it_was() -> None:
    table = table_of(csv_of([*ROWS, ["=HYPERLINK(1)", "-1", "a;b"]]))
    assert table.rows[-1][1] == ("=HYPERLINK(1)", "-1", "a;b") and b"'=HYPERLINK" in csv_of([["=HYPERLINK(1)"]])


def test_a_strangers_headings_are_recognised_under_a_title() -> None:
    rows = [["Utbud hösten 2026"], [], ["Kurs-kod", "STARTDATUM (prel.)", "Slut datum", "Antal platser", "Studie­ort"]]
    assert heading_row(rows) == 2
    assert guessed(rows[2])[Column.CODE] == 0 and guessed(rows[2])[Column.ENDS_ON] == 2
    assert guessed(("code", "name", "start_date", "end_date", "place")) == {
        Column.CODE: 0, Column.NAME: 1, Column.STARTS_ON: 2, Column.ENDS_ON: 3, Column.PLACE: 4,
    }  # fmt: skip
