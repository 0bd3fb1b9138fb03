"""A school's agreement has ended: nobody new is offered, placed or called; who is placed is graded and approved."""

import pytest
from playwright.sync_api import expect

from kursvis.core import time
from kursvis.demo.rules.cast import member
from kursvis.demo.services.walks import Walker
from kursvis.demo.services.whole import make_demo, stage_of, starts_in
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
MAIN = "#innehall"
ENDED = "Skolans avtal slutade"


def _prepare() -> None:
    """Åke studied at Strandskolan, in a course that has ended; Linh was given to it too late to be placed."""
    today = time.today()
    make_demo(size="cast", today=today)
    stage = stage_of(today=today)
    walker = Walker(stage, today)
    starts = [start for start in starts_in(today) if start.plan.school == "strand"]
    over = [start for start in starts if start.course_start.ends_on < today]
    begun = [start for start in starts if start.course_start.starts_on <= today <= start.course_start.ends_on]
    walker.placed(stage.users["graded_student"], over[-1])
    walker.group(begun[-1])
    walker.distributed(stage.users["conditional_student"], begun[-1])


def _school_takes_in_nobody(visitor: Visitor) -> None:
    visitor.logs_in_as(member("strand_administrator"))
    visitor.goes_to("/kursstarter/ny/?q=ENGE1000X")
    visitor.clicks("Engelska", within=MAIN)
    expect(visitor.page.get_by_role("button", name="Spara utkast")).to_be_disabled()
    visitor.sees(ENDED)
    visitor.goes_to("/grupper/ny/")
    visitor.sees(ENDED)
    visitor.goes_to("/kursplacering/")
    visitor.clicks("Nguyen, Linh", within=MAIN)
    for step in ("Placera", "Kalla"):
        expect(visitor.page.get_by_role("button", name=step, exact=True)).to_be_disabled()
    visitor.sees(ENDED)


def _municipality_sees_who_waits(visitor: Visitor) -> None:
    visitor.logs_in_as(member("admissions_officer"))
    visitor.goes_to("/ansokningar/")
    visitor.clicks("Skolan saknar avtal", within=MAIN)
    visitor.sees("Nguyen, Linh")


def _school_gives_back(visitor: Visitor) -> None:
    visitor.logs_in_as(member("strand_administrator"))
    visitor.goes_to("/kursplacering/")
    visitor.clicks("Nguyen, Linh", within=MAIN)
    visitor.page.locator("summary", has_text="Returnera").click()
    expect(visitor.page.get_by_label("Förklaring")).to_have_value(
        "Skolans avtal med kommunen har slutat, så skolan tar inte emot någon ny."
    )
    visitor.presses("Ja, returnera")
    visitor.sees("Annat skäl")


def _teacher_finishes(visitor: Visitor) -> None:
    visitor.logs_in_as(member("strand_teacher"))
    visitor.goes_to("/grupper/?tid=ended")
    visitor.clicks("ENGE1", within="tbody")
    visitor.clicks("Betyg", within=MAIN)
    name = f"{member('graded_student').last_name}, {member('graded_student').first_name}"
    visitor.page.get_by_label(f"Betyg för {name}").fill("C")
    visitor.presses("Spara betyg")
    visitor.presses("Lås", exact=True)
    visitor.confirms()
    visitor.presses("Skapa betygskatalog")
    visitor.page.get_by_text("Markera som underskriven på papper och skickad").first.click()
    visitor.presses("Ja, markera som underskriven på papper och skickad")


def _municipality_approves(visitor: Visitor) -> None:
    visitor.logs_in_as(member("grade_registrar"))
    visitor.goes_to("/kataloger/")
    visitor.clicks("Katalog", within="tbody")
    visitor.presses("Markera som mottagen")
    visitor.page.get_by_text("Godkänn betygen").first.click()
    visitor.presses("Ja, godkänn betygen")
    visitor.sees("Godkänd")


def _student_has_her_grade(visitor: Visitor) -> None:
    visitor.logs_in_as(member("graded_student"))
    visitor.goes_to("/mina-betyg/")
    visitor.sees("Engelska")
    visitor.sees("Godkänt av kommunen")


def test_after_the_agreement_the_placed_are_graded_and_nobody_new_is_taken_in(visitor: Visitor) -> None:
    _prepare()
    _school_takes_in_nobody(visitor)
    _municipality_sees_who_waits(visitor)
    _school_gives_back(visitor)
    _teacher_finishes(visitor)
    _municipality_approves(visitor)
    _student_has_her_grade(visitor)
