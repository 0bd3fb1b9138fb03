"""An offer is imported in the browser: sent, mapped, looked through, carried out, taken back."""

import pytest

from kursvis.accounts.models import User
from kursvis.catalogue.models import CourseStart, OfferImport
from kursvis.catalogue.tests.imports import csv_of
from kursvis.catalogue.tests.test_imports import Setting
from kursvis.work.tests.worker import work
from tests.browser.test_bulk import checks_this_state
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
HEADINGS = ("Vad", "Startdatum", "Slutdatum", "Antal platser", "Studieform", "Sal")


def sends_the_file(visitor: Visitor, content: bytes) -> None:
    visitor.goes_to("/kursstarter/")
    visitor.clicks("Importera")
    visitor.page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "bild.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\x00\x01"}
    )
    visitor.presses("Läs filen")
    visitor.sees("går inte att läsa som en tabell")
    visitor.page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "hösten.csv", "mimeType": "text/csv", "buffer": content}
    )
    visitor.presses("Läs filen")


def says_what_the_columns_are(visitor: Visitor) -> None:
    visitor.sees("Raden saknar kurskod")
    visitor.page.get_by_label("Kurskod", exact=True).select_option(label="Vad")
    visitor.presses("Läs om")
    visitor.sees("De första raderna, som de läses")
    visitor.presses("Provkör alla rader")
    visitor.sees("Provkörning: raderna kontrolleras")


def sees_what_each_row_does(visitor: Visitor) -> None:
    work()
    visitor.sees("2 kursstarter läggs upp som utkast")
    visitor.sees("Kurskoden FINNSINTE finns inte i kursregistret")
    checks_this_state(visitor)
    visitor.clicks("Nya")
    visitor.does_not_see("FINNSINTE")


def imports_and_takes_back(visitor: Visitor) -> None:
    visitor.presses("Importera 2")
    visitor.sees("Raderna importeras")
    work()
    visitor.sees("Går att ångra till")
    checks_this_state(visitor)
    assert CourseStart.objects.count() == 2
    visitor.page.locator("summary", has_text="Ångra …").click()
    visitor.sees("nya utkast tas bort")
    visitor.presses("Ja, ångra")
    visitor.sees("Importen ångras")
    work()
    visitor.sees("Importen är ångrad")
    assert not CourseStart.objects.exists()


def test_a_file_becomes_drafts_and_is_taken_back(visitor: Visitor) -> None:
    at = Setting()
    rows = [at.row(at.one), at.row(at.other, code="FINNSINTE"), at.row(at.other)]
    becomes(visitor, User.objects.get(pk=at.by.user_id))
    sends_the_file(visitor, csv_of(rows, HEADINGS))
    says_what_the_columns_are(visitor)
    sees_what_each_row_does(visitor)
    imports_and_takes_back(visitor)
    assert OfferImport.objects.get().file_name == "hösten.csv"
