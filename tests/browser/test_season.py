"""A provider enters a season's offer: copies the last one, edits it in the table, imports a file, sends all of it in.

The municipality sends one back and publishes the rest. Page by page in the browser.
"""

from datetime import date, timedelta

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import CourseStart, Round
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.work.tests.worker import work
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
MATHS, SWEDISH = "Matematik, nivå 1a", "Svenska, nivå 1"


def copies_the_last_season(visitor: Visitor) -> None:
    visitor.goes_to("/kursstarter/")
    visitor.clicks("Kopiera utbud")
    visitor.sees("2 kursstarter kan kopieras")
    visitor.presses("Lägg upp de valda som utkast")
    visitor.sees("2 kursstarter är upplagda som utkast")


def edits_them_in_the_table(visitor: Visitor, starts_on: date) -> None:
    visitor.clicks("Ändra i tabell")
    page = visitor.page
    page.get_by_label(f"Platser, {MATHS} {starts_on}").fill("24")
    page.get_by_label(f"Tider i veckan, {SWEDISH} {starts_on}").fill("ibland")
    page.get_by_label(f"Platser, {MATHS} {starts_on}").press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Platser, Svenska")
    visitor.presses("Spara tabellen")
    visitor.sees("1 rad är sparad.")
    visitor.sees("Det går inte att läsa ”ibland” som dagar och tider")
    visitor.checked.clear()
    visitor.checks_page()
    page.get_by_label(f"Tider i veckan, {SWEDISH} {starts_on}").fill("mån, ons 17.30-20")
    visitor.presses("Spara tabellen")
    visitor.sees("1 rad är sparad.")


def imports_a_file(visitor: Visitor, starts_on: date) -> None:
    ends_on = starts_on + timedelta(days=60)
    text = (
        "Kurskod;Startdatum;Slutdatum;Platser;Studieform;Tider;Beskrivning\n"
        f"ENGE1000X;{starts_on};{ends_on};20;Distans;tisdag 18-20;Vi läser och talar.\n"
    )
    visitor.goes_to("/kursstarter/importera/")
    file = {"name": "utbud.csv", "mimeType": "text/csv", "buffer": text.encode()}
    visitor.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    visitor.presses("Läs filen")
    visitor.presses("Provkör alla rader")
    work()
    visitor.sees("1 kursstart läggs upp som utkast")
    visitor.presses("Importera 1")
    work()
    visitor.sees("Resultat")


def sends_them_in(visitor: Visitor) -> None:
    visitor.goes_to("/kursstarter/?lage=draft")
    visitor.presses("Skicka alla 3 …")
    work()
    visitor.sees("3 av 3 rader går")
    visitor.checks_page()
    visitor.presses("Skicka till kommunen 3")
    work()
    visitor.sees("Går att ångra till")


def sends_one_back_and_publishes_the_rest(visitor: Visitor) -> None:
    visitor.goes_to("/kursstarter/?lage=submitted")
    visitor.clicks(SWEDISH, within="table")
    visitor.clicks("Skicka tillbaka")
    visitor.fills("Vad behöver ändras?", "Skriv vilken sal.")
    visitor.presses("Skicka tillbaka")
    visitor.sees("Skriv vilken sal.")
    visitor.goes_to("/kursstarter/?lage=submitted")
    visitor.presses("Publicera alla 2 …")
    work()
    visitor.sees("2 av 2 rader går")
    visitor.presses("Publicera 2")
    work()
    visitor.sees("Går att ångra till")


def has_a_season(authority: Authority, school: School) -> Round:
    """Make last season's offer, published, and a season to come without any; return its round."""
    today = time.today()
    last = make_period(authority=authority, opens_on=today - timedelta(days=90), name="Förra terminen")
    round_ = make_round(authority=authority, period=last, starts_on=today + timedelta(days=5))
    for name, code in ((MATHS, "MATE1A00X"), (SWEDISH, "SVEN1000X")):
        form = StudyForm.CLASSROOM
        make_course_start(school=school, round=round_, course=make_course(code=code, name=name), study_form=form)
    make_course(code="ENGE1000X", name="Engelska, nivå 1")
    opens_on = today + timedelta(days=20)
    to_come = make_period(authority=authority, opens_on=opens_on, offer_by=today + timedelta(days=10), name="Nästa")
    return make_round(authority=authority, period=to_come, starts_on=today + timedelta(days=120))


def test_a_season_is_copied_edited_imported_and_published(visitor: Visitor) -> None:
    authority = make_authority(name="Mälarviks kommun")
    school = make_school(authority=authority, name="Björkskolan")
    starts_on = has_a_season(authority, school).starts_on

    becomes(visitor, make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    copies_the_last_season(visitor)
    edits_them_in_the_table(visitor, starts_on)
    imports_a_file(visitor, starts_on)
    sends_them_in(visitor)
    becomes(visitor, make_staff(Role.ADMISSIONS_OFFICER, authority=authority))
    sends_one_back_and_publishes_the_rest(visitor)

    to_come = CourseStart.objects.filter(starts_on=starts_on)
    states = dict(to_come.values_list("course__name", "status"))
    assert states == {MATHS: "published", "Engelska, nivå 1": "published", SWEDISH: "draft"}
    assert to_come.get(course__name=MATHS).seats == 24
