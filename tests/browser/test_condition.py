"""Granted on condition: called, not placed, until a passed grade is locked here; and a student who did not start."""

import pytest
from playwright.sync_api import expect

from kursvis.admissions.rules import Outcome
from kursvis.core import time
from kursvis.demo.rules.cast import member
from kursvis.demo.services.walks import Walker
from kursvis.demo.services.whole import make_demo, stage_of, starts_in
from tests.browser.test_journey import pdf_text
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
MAIN = "#innehall"


def _prepare() -> None:
    """Linh studies MATE1A in a group that has ended, and is received on condition to MATE2A; Åke is placed in a
    running one."""
    today = time.today()
    make_demo(size="cast", today=today)
    stage = stage_of(today=today)
    walker = Walker(stage, today)
    starts = starts_in(today)
    ended = [
        s for s in starts if s.plan.code == "MATE1A00X" and s.plan.school == "bjork" and s.course_start.ends_on < today
    ]
    coming = [s for s in starts if s.plan.code == "MATE2A00X" and s.round.starts_on > today]
    english = [s for s in starts if s.plan.code == "ENGE1000X" and s.plan.school == "bjork"]
    running = [s for s in english if s.round.starts_on <= today <= s.course_start.ends_on]
    walker.placed(stage.users["conditional_student"], ended[-1])
    walker.distributed(stage.users["conditional_student"], coming[0], Outcome.ON_CONDITION)
    walker.group(coming[0])
    walker.placed(stage.users["graded_student"], running[-1])


def test_a_passed_grade_locked_here_meets_the_condition(visitor: Visitor) -> None:
    _prepare()
    visitor.logs_in_as(member("school_administrator"))
    visitor.goes_to("/kursplacering/?q=Nguyen")
    visitor.clicks("Nguyen, Linh", within=MAIN)
    expect(visitor.page.get_by_role("button", name="Placera", exact=True)).to_be_disabled()
    visitor.sees("villkor")
    visitor.presses("Kalla", exact=True)
    assert "inte rätt att börja" in pdf_text(visitor, "Kallelse")

    visitor.logs_in_as(member("teacher"))
    visitor.goes_to("/grupper/?tid=ended")
    visitor.clicks("MATE1A", within="tbody")
    visitor.clicks("Betyg", within=MAIN)
    visitor.page.get_by_label("Betyg för Nguyen, Linh").fill("D")
    visitor.presses("Spara betyg")
    visitor.presses("Lås", exact=True)
    visitor.confirms()

    visitor.logs_in_as(member("school_administrator"))
    visitor.goes_to("/kursplacering/?q=Nguyen")
    visitor.clicks("Nguyen, Linh", within=MAIN)
    visitor.presses("Placera", exact=True)
    visitor.sees("Placerad i")


def test_who_did_not_start_gets_the_start_date_and_leaves_the_seat(visitor: Visitor) -> None:
    _prepare()
    visitor.logs_in_as(member("school_administrator"))
    visitor.goes_to("/grupper/?tid=ongoing")
    visitor.clicks("ENGE1", within="tbody")
    visitor.page.locator("summary", has_text="Började inte").first.click()
    visitor.presses("Ja, började inte")
    visitor.sees("Ej påbörjat")
    visitor.presses("Ångra ej påbörjat")
    visitor.does_not_see("Ångra ej påbörjat")


def test_the_protected_person_is_an_alias_until_a_named_reader_says_why(visitor: Visitor) -> None:
    today = time.today()
    make_demo(size="cast", today=today)
    visitor.logs_in_as(member("front_desk"))
    visitor.goes_to("/studerande/?q=Holmgren")
    visitor.does_not_see("Maja")
    visitor.goes_to("/studerande/?q=Skyddad")
    visitor.clicks("Skyddad person", within="tbody")
    visitor.does_not_see("Holmgren")
