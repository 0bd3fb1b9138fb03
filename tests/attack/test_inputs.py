"""Files, addresses and fields that are wrong in ways no browser makes: refused or left out, never an error of ours."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from kursvis.catalogue.forms.table import _read
from kursvis.catalogue.rules.facets import MOST_CHOSEN, Facet, read_address
from kursvis.catalogue.rules.imports import workbooks
from kursvis.catalogue.rules.imports.limits import MOST_CELLS
from kursvis.core.logs import _SECRET_ADDRESS
from kursvis.core.reasons import Refused


def _book(method: int, sheet: str = "<sheetData><c r='A1'/></sheetData>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<a/>" * 200)
        archive.writestr("xl/worksheets/sheet1.xml", sheet * 20)
    return out.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_broken_archive_is_refused_wherever_it_is_broken(method: int) -> None:
    good, chance, passed = _book(method), random.Random(5), 0
    for _ in range(300):
        bad = bytearray(good)
        for _ in range(chance.choice((1, 2, 4))):
            bad[chance.randrange(len(bad))] = chance.randrange(256)
        with suppress(Refused):
            workbooks._refuse_bomb(bytes(bad))
            passed += 1
    assert 0 < passed < 300


def test_a_sheet_that_names_more_places_than_cells_is_refused() -> None:
    workbooks._refuse_far_cells(b"<sheetData>" + b'r="A1"' * 1000)
    with pytest.raises(Refused):
        workbooks._refuse_far_cells(b"<sheetData>" + b'r="A1"' * (2 * MOST_CELLS + 20_000))


def test_what_a_row_showed_may_be_any_text() -> None:
    assert _read("[" * 100_000) == _read("{") == _read("[]") == {}


@pytest.mark.parametrize("end", [".ics", "", ".ic", "%2eics", ".ICS", ".ics/", ".ics?x=1", '"'])
def test_no_spelling_of_a_calendars_address_is_logged(end: str) -> None:
    assert "HEMLIG" not in _SECRET_ADDRESS.sub(r"\1\2***", f"GET /kalender/HEMLIG{end} HTTP/1.1")


@pytest.mark.parametrize("path", ["/kalender/", "/kalender/?sprak=en", "/kalender/ny/", "/kalender/stang-av/"])
def test_pages_about_calendars_are_logged_as_they_are(path: str) -> None:
    assert _SECRET_ADDRESS.sub("***", f"GET {path} HTTP/1.1") == f"GET {path} HTTP/1.1"


def test_an_address_chooses_no_more_than_a_page_can_show() -> None:
    wanted = read_address({facet.value: [f"{n}" for n in range(50)] for facet in Facet})
    assert sum(len(wanted.of(facet)) for facet in Facet) == MOST_CHOSEN
