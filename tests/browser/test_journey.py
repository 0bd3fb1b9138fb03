"""One student from the catalogue to an approved grade, in a browser, as everybody who takes part."""

import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from kursvis.core import time
from kursvis.demo.rules.cast import member
from kursvis.demo.rules.season import seasons
from kursvis.demo.services.whole import make_demo
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
COURSE, CODE = "Samhällskunskap, nivå 1b", "SAMH1B00X"
MAIN = "#innehall"


def pdf_text(visitor: Visitor, link: str) -> str:
    """Return the text of the PDF that a link on the page leads to."""
    address = visitor.page.get_by_role("link", name=re.compile(link)).first.get_attribute("href")
    response = visitor.page.request.get(f"{visitor.base}{address}")
    assert response.ok and response.headers["content-type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(response.body())).pages)


def _school_offers(visitor: Visitor, starts_on: str, ends_on: str) -> None:
    visitor.logs_in_as(member("school_administrator"))
    visitor.goes_to("/kursstarter/ny/?q=" + CODE.lower())
    visitor.clicks(COURSE, within=MAIN)
    options = visitor.page.get_by_label("Ansökningsomgång").locator("option")
    wanted = next(text for text in options.all_inner_texts() if starts_on in text)
    visitor.page.get_by_label("Ansökningsomgång").select_option(label=wanted)
    visitor.fills("Slutdatum", ends_on)
    visitor.fills("Antal platser", "1")
    visitor.page.get_by_label("Studieform").select_option("distance")
    visitor.presses("Spara utkast")
    visitor.sees("Utkast")
    visitor.sees("Tiderna i veckan saknas")
    visitor.clicks("Ändra", within=MAIN)
    visitor.fills("Tider i veckan", "Onsdag 18–20")
    visitor.fills("Beskrivning", "Demokrati, ekonomi och rättsväsende.")
    visitor.presses("Spara")
    visitor.clicks("Skicka sent till kommunen")
    visitor.fills("Varför kommer kursstarten sent?", "Läraren blev klar i går.")
    visitor.presses("Skicka till kommunen")


def _municipality_sends_back_then_publishes(visitor: Visitor) -> None:
    visitor.logs_in_as(member("admissions_officer"))
    visitor.goes_to(f"/kursstarter/?q={CODE}")
    visitor.clicks(COURSE, within=MAIN)
    visitor.clicks("Skicka tillbaka", within=MAIN)
    visitor.fills("Vad behöver ändras?", "Skriv var de fysiska träffarna är.")
    visitor.presses("Skicka tillbaka", within=MAIN)
    visitor.logs_in_as(member("school_administrator"))
    visitor.goes_to(f"/kursstarter/?q={CODE}")
    visitor.clicks(COURSE, within=MAIN)
    visitor.sees("Skriv var de fysiska träffarna är.")
    visitor.clicks("Ändra", within=MAIN)
    visitor.fills("Lokal eller adress", "Skolgatan 4")
    visitor.presses("Spara")
    visitor.clicks("Skicka sent till kommunen")
    visitor.presses("Skicka till kommunen")
    visitor.logs_in_as(member("admissions_officer"))
    visitor.goes_to(f"/kursstarter/?q={CODE}")
    visitor.clicks(COURSE, within=MAIN)
    visitor.presses("Godkänn sen anmälan och publicera")


def _student_applies(visitor: Visitor) -> None:
    visitor.logs_out()
    visitor.goes_to("/kurser/?q=samhällskunskap")
    visitor.clicks(COURSE, within="main")
    visitor.clicks("Ansök", within="main")
    visitor.clicks("Logga in med test-legitimation")
    visitor.presses(member("student").first_name)
    visitor.fills("Vad är målet med studierna?", "Läsa till socionom")
    visitor.presses("Skicka ansökan")
    visitor.sees(COURSE)
    visitor.goes_to("/mina-ansokningar/")
    visitor.sees(COURSE)


def _municipality_decides(visitor: Visitor) -> None:
    visitor.logs_in_as(member("admissions_officer"))
    visitor.goes_to(f"/ansokningar/?q={CODE}")
    visitor.clicks("Abdi, Hodan", within=MAIN)
    visitor.page.get_by_label("Mottagen", exact=True).check()
    visitor.page.get_by_role("group", name=re.compile("Grund")).get_by_role("checkbox").first.check()
    visitor.presses("Besluta")
    visitor.presses("Fördela till skolan")


def _school_calls_and_places(visitor: Visitor) -> None:
    visitor.logs_in_as(member("school_administrator"))
    visitor.goes_to("/kursplacering/?q=Abdi")
    visitor.clicks("Abdi, Hodan", within=MAIN)
    visitor.presses("Kalla", exact=True)
    text = pdf_text(visitor, "Kallelse")
    assert COURSE in text and "Hodan Abdi" in text
    visitor.clicks("Skapa en grupp för kursstarten")
    visitor.sees("70")
    visitor.page.get_by_label("Karin Öst").check()
    visitor.fills("Gruppens namn", "SAMH1B-resan")
    visitor.presses("Skapa gruppen")
    visitor.goes_to("/kursplacering/?q=Abdi")
    visitor.clicks("Abdi, Hodan", within=MAIN)
    visitor.presses("Placera", exact=True)
    visitor.sees("SAMH1B-resan")


def _teacher_grades(visitor: Visitor) -> None:
    visitor.logs_in_as(member("teacher"))
    visitor.goes_to("/grupper/")
    visitor.clicks("SAMH1B-resan", within=MAIN)
    visitor.sees("Abdi, Hodan")
    visitor.clicks("Betyg", within=MAIN)
    grade = visitor.page.get_by_label("Betyg för Abdi, Hodan")
    grade.fill("Q")
    visitor.presses("Spara betyg")
    expect(grade).to_have_value("Q")
    grade.fill("c")
    grade.press("Enter")
    visitor.presses("Spara betyg")
    expect(visitor.page.get_by_role("button", name="Lås", exact=True).first).to_be_disabled()
    expect(visitor.page.get_by_role("button", name="Skapa betygskatalog")).to_be_disabled()


def _teacher_locks_and_sends(visitor: Visitor) -> None:
    visitor.logs_in_as(member("teacher"))
    visitor.goes_to("/grupper/")
    visitor.clicks("SAMH1B-resan", within=MAIN)
    visitor.clicks("Betyg", within=MAIN)
    visitor.presses("Lås", exact=True)
    visitor.confirms()
    visitor.presses("Skapa betygskatalog")
    text = pdf_text(visitor, "Öppna PDF")
    for printed in (
        "Mälarviks kommun",
        "Björkskolan",
        "99999901",
        CODE,
        "19971202-2384",
        "Karin Öst",
        "Legitimerad lärare",
    ):
        assert printed in text
    visitor.page.get_by_text("Markera som underskriven på papper och skickad").first.click()
    visitor.presses("Ja, markera som underskriven på papper och skickad")


def _registrar_approves(visitor: Visitor) -> None:
    visitor.logs_in_as(member("grade_registrar"))
    visitor.goes_to("/kataloger/")
    visitor.clicks("1", within="tbody")
    visitor.presses("Markera som mottagen")
    visitor.page.get_by_text("Godkänn betygen").first.click()
    visitor.presses("Ja, godkänn betygen")


def _student_follows(visitor: Visitor, day: str) -> None:
    visitor.logs_in_as(member("student"))
    visitor.goes_to("/mina-betyg/")
    visitor.sees(COURSE)
    visitor.sees(day)
    visitor.sees("kommer senare")
    visitor.goes_to("/mina-studier/")
    visitor.sees(COURSE)


def test_one_student_from_the_catalogue_to_an_approved_grade(visitor: Visitor) -> None:
    today = time.today()
    make_demo(size="cast", today=today)
    round_ = next(r for r in seasons(today)[1].rounds if r.apply_by >= today)
    ends_on = round_.starts_on + timedelta(weeks=10, days=-3)
    _school_offers(visitor, round_.starts_on.isoformat(), ends_on.isoformat())
    _municipality_sends_back_then_publishes(visitor)
    _student_applies(visitor)
    visitor.is_on_day(round_.apply_by + timedelta(days=1))
    visitor.goes_to("/kurser/?q=samhällskunskap")
    visitor.clicks(COURSE, within="main")
    expect(visitor.page.get_by_role("link", name="Ansök", exact=True)).to_have_count(0)
    _municipality_decides(visitor)
    visitor.is_on_day(round_.call_by - timedelta(days=2))
    _school_calls_and_places(visitor)
    visitor.is_on_day(ends_on - timedelta(days=1))
    _teacher_grades(visitor)
    visitor.is_on_day(ends_on)
    _teacher_locks_and_sends(visitor)
    visitor.is_on_day(ends_on + timedelta(days=3))
    _registrar_approves(visitor)
    _student_follows(visitor, (ends_on + timedelta(days=3)).isoformat())
    assert len(visitor.checked) >= 25
