"""A protected student applies, studies and is graded; nobody sees who she is but her named reader, with a reason."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from kursvis.catalogue.models import CourseStart
from kursvis.core import time
from kursvis.demo.rules.cast import CastMember, member
from kursvis.demo.services.whole import make_demo
from kursvis.people.models import Student
from tests.browser.test_journey import MAIN, pdf_text
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
SHE, GROUP, WHY = member("protected_student"), "Skyddade gruppen", "Hon ringde om kursen"
NUMBER = f"{SHE.personnummer[:8]}-{SHE.personnummer[8:]}"
SECRETS = (SHE.last_name, SHE.personnummer, NUMBER, NUMBER[2:])
DOORS = ("/logga-in/", "/demo/")
"""The demo's own pages, where one chooses whom to be."""


class Watch:
    """Looks at every page that somebody else than she is shown, and at its title and address."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.is_hers, self.looked = visitor, False, 0
        visitor.page.on("load", self.look)

    def look(self, page: Page) -> None:
        path = page.url.removeprefix(self.visitor.base)
        if self.is_hers or path.startswith(DOORS):
            return
        said = f"{page.url} {page.title()} {page.content()}"
        self.looked += 1
        assert not [secret for secret in SECRETS if secret in said], path

    def as_(self, person: CastMember) -> None:
        self.is_hers = person is SHE
        self.visitor.logs_in_as(person)

    def opens(self, button: str, path: str) -> None:
        """Open what is sealed with a reason: this one page may name her."""
        page = self.visitor.page
        page.locator(f"{MAIN} [name=reason]:visible").last.fill(WHY)
        self.is_hers = True
        with page.expect_navigation():
            page.locator(MAIN).get_by_role("button", name=button, exact=True).last.click()
        self.visitor.sees(SHE.last_name)
        self.visitor.checks_page()
        self.visitor.page.goto(self.visitor.base + path)
        self.is_hers = False
        self.look(self.visitor.page)


def _she_applies(watch: Watch, start: CourseStart) -> None:
    watch.as_(SHE)
    watch.visitor.goes_to(f"/kurser/{start.uuid}/")
    watch.visitor.clicks("Ansök", within="main")
    watch.visitor.fills("Vad är målet med studierna?", "Läsa till socionom")
    watch.visitor.presses("Skicka ansökan")
    watch.visitor.sees("kommer med brev, inte med e-post")


def _a_reader_is_named(watch: Watch, student: Student, reader: CastMember) -> None:
    watch.as_(member("municipal_principal"))
    watch.visitor.goes_to(f"/studerande/{student.uuid}/")
    watch.visitor.sees("Bara den som är utsedd")
    watch.visitor.clicks("Skydd och läsare", within=MAIN)
    watch.visitor.page.locator("select[name=user]").select_option(
        label=", ".join(filter(None, [f"{reader.first_name} {reader.last_name}", reader.title]))
    )
    watch.visitor.fills("Till och med", (time.today() + timedelta(days=200)).isoformat())
    watch.visitor.fills("Varför behöver hon eller han", "Beslutar om ansökan")
    watch.visitor.presses("Utse läsaren")
    watch.visitor.confirms()
    watch.visitor.sees("Beslutar om ansökan")


def _the_municipality_decides(watch: Watch, alias: str) -> None:
    watch.as_(member("admissions_officer"))
    watch.visitor.goes_to(f"/ansokningar/?q={alias.replace(' ', '+')}")
    watch.visitor.clicks(alias, within=MAIN)
    case = watch.visitor.page.url.removeprefix(watch.visitor.base)
    watch.visitor.page.get_by_text("Öppna uppgifterna", exact=True).click()
    watch.opens("Öppna", case)
    watch.visitor.page.get_by_label("Mottagen", exact=True).check()
    watch.visitor.page.get_by_role("group", name=re.compile("Grund")).get_by_role("checkbox").first.check()
    watch.visitor.presses("Besluta")
    watch.visitor.presses("Fördela till skolan")


def _the_school_calls_places_and_posts(watch: Watch, alias: str) -> None:
    watch.as_(member("school_administrator"))
    watch.visitor.goes_to(f"/kursplacering/?q={alias.replace(' ', '+')}")
    watch.visitor.clicks(alias, within=MAIN)
    watch.visitor.sees("inte med e-post")
    watch.visitor.presses("Kalla", exact=True)
    watch.visitor.clicks("Skapa en grupp för kursstarten")
    watch.visitor.page.get_by_label("Karin Öst").check()
    watch.visitor.fills("Gruppens namn", GROUP)
    watch.visitor.presses("Skapa gruppen")
    watch.visitor.goes_to(f"/kursplacering/?q={alias.replace(' ', '+')}")
    watch.visitor.clicks(alias, within=MAIN)
    watch.visitor.presses("Placera", exact=True)
    watch.visitor.goes_to("/utskick/")
    watch.visitor.does_not_see(alias)
    watch.visitor.goes_to("/skyddad-post/")
    watch.visitor.clicks("Kallelse", within=MAIN)
    watch.opens("Öppna brevet här", watch.visitor.page.url.removeprefix(watch.visitor.base))
    watch.visitor.presses("Markera som postat")
    watch.visitor.sees("Brevet är markerat som postat")


def _the_teacher_grades(watch: Watch, alias: str) -> None:
    watch.as_(member("teacher"))
    watch.visitor.goes_to("/grupper/")
    watch.visitor.clicks(GROUP, within=MAIN)
    watch.visitor.sees(alias)
    watch.visitor.clicks("Betyg", within=MAIN)
    watch.visitor.page.get_by_label(f"Betyg för {alias}").fill("B")
    watch.visitor.presses("Spara betyg")
    watch.visitor.presses("Lås", exact=True)
    watch.visitor.confirms()
    watch.visitor.presses("Skapa betygskatalog")
    text = pdf_text(watch.visitor, "Öppna PDF")
    assert alias in text and not [secret for secret in SECRETS if secret in text]
    watch.visitor.page.get_by_text("Markera som underskriven på papper och skickad").first.click()
    watch.visitor.presses("Ja, markera som underskriven på papper och skickad")


def _the_registrar_approves(watch: Watch) -> None:
    watch.as_(member("grade_registrar"))
    watch.visitor.goes_to("/kataloger/")
    watch.visitor.clicks("1", within="tbody")
    watch.visitor.presses("Markera som mottagen")
    watch.visitor.page.get_by_text("Godkänn betygen").first.click()
    watch.visitor.presses("Ja, godkänn betygen")


def _open_start(today: date) -> CourseStart:
    starts = CourseStart.objects.filter(school__unit_code="99999901", status="published", round__apply_by__gte=today)
    return starts.select_related("round", "course").order_by("starts_on", "pk")[0]


def test_a_protected_student_from_application_to_approved_grade(visitor: Visitor) -> None:
    today = time.today()
    make_demo(size="cast", today=today)
    student, start, watch = Student.objects.exclude(protection="none").get(), _open_start(today), Watch(visitor)
    alias = student.listed_name
    _she_applies(watch, start)
    _a_reader_is_named(watch, student, member("admissions_officer"))
    visitor.is_on_day(start.round.apply_by + timedelta(days=1))
    _the_municipality_decides(watch, alias)
    visitor.is_on_day(start.round.call_by - timedelta(days=2))
    _the_school_calls_places_and_posts(watch, alias)
    visitor.is_on_day(start.ends_on)
    _the_teacher_grades(watch, alias)
    visitor.is_on_day(start.ends_on + timedelta(days=3))
    _the_registrar_approves(watch)
    watch.as_(SHE)
    visitor.goes_to("/mina-betyg/")
    visitor.sees(start.course.name)
    assert watch.looked > 25
