"""Who has read what about a student: asked by the records officer, and by the student herself."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
MAIN = "#innehall"


def test_the_records_officer_and_the_student_herself_see_who_has_read(visitor: Visitor, tmp_path: Path) -> None:
    office = Office()
    student = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, first_name="Hodan", last_name="Abdi").student
    records = make_staff(Role.RECORDS_OFFICER, authority=office.school.authority, first_name="Sven", last_name="Åberg")
    becomes(visitor, office.officer_user)
    visitor.page.goto(f"{visitor.base}/studerande/{student.uuid}/")

    becomes(visitor, records)
    visitor.goes_to("/logg/")
    visitor.fills("Om studerande", "Ingenstans")
    visitor.presses("Visa", exact=True, within=MAIN)
    visitor.sees("Ingen studerande heter så")
    expect(visitor.page.get_by_label("Om studerande")).to_have_value("Ingenstans")
    visitor.fills("Om studerande", "abdi")
    visitor.page.get_by_label("Vad", exact=True).select_option(label="Läst")
    visitor.presses("Visa", exact=True, within=MAIN)
    visitor.sees("Personkortet öppnat")
    visitor.sees(office.officer_user.full_name)
    visitor.clicks("Abdi, Hodan", within=MAIN)
    visitor.sees("Sökning bland studerande")
    visitor.clicks("Ansökan: ", within=MAIN)
    visitor.sees("Fördelad till skolan")
    visitor.goes_to(f"/studerande/{student.uuid}/")
    visitor.clicks("Som det var den …", within=MAIN)
    visitor.fills("Som det var den", "2020-01-01")
    visitor.presses("Visa", exact=True, within=MAIN)
    visitor.sees("Fanns inte då")
    visitor.goes_to(f"/personal/{office.officer_user.uuid}/handelser/")

    becomes(visitor, student.user)
    visitor.goes_to("/mitt-konto/")
    visitor.clicks("Allt om mig")
    visitor.sees("Vem som har läst")
    visitor.sees("Sven Åberg")
    with visitor.page.expect_download() as fetched:
        visitor.page.get_by_role("link", name="Hämta som JSON").click()
    path = tmp_path / fetched.value.suggested_filename
    fetched.value.save_as(path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["name"] == "Hodan Abdi" and "Sven Åberg" in path.read_text(encoding="utf-8")
