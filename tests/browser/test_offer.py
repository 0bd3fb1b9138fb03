"""A school offers a course, the municipality publishes it, everybody finds it: in the browser, page by page."""

from datetime import date, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import confirm
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import CourseStart, Prerequisite
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_school
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def becomes(visitor: Visitor, user: User) -> None:
    """Put the user's session in the browser, where she has confirmed every step; the ways in are tested elsewhere."""
    client = Client()
    client.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
    confirm(client, user)
    session = client.cookies["sessionid"].value
    visitor.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visitor.base}])


def enters_a_draft(visitor: Visitor, starts_on: date) -> None:
    visitor.goes_to("/kursstarter/")
    visitor.clicks("Ny kursstart")
    visitor.page.get_by_label("Kursens namn, ämne eller kod").fill("mate2a")
    visitor.presses("Sök", exact=True)
    visitor.clicks("Matematik, nivå 2a")
    visitor.sees("70 timmar")
    visitor.page.get_by_label("Ansökningsomgång").select_option(index=1)
    visitor.page.get_by_label("Slutdatum").fill(starts_on.isoformat())
    visitor.fills("Antal platser", "24")
    visitor.presses("Spara utkast")
    visitor.sees("Välj ett senare slutdatum")
    visitor.page.get_by_label("Slutdatum").fill((starts_on + timedelta(days=60)).isoformat())
    visitor.presses("Spara utkast")
    visitor.sees("Tiderna i veckan saknas")


def completes_and_submits(visitor: Visitor) -> None:
    visitor.clicks("Ändra", exact=True)
    visitor.fills("Tider i veckan", "tisdag 18.00–20.30")
    visitor.fills("Beskrivning", "Vi räknar tillsammans.")
    visitor.presses("Spara utkast")
    visitor.clicks("Skicka sent till kommunen")
    visitor.fills("Varför kommer kursstarten sent?", "Läraren blev klar i går.")
    visitor.presses("Skicka till kommunen")
    visitor.sees("Inskickad")


def test_from_draft_to_the_open_catalogue(visitor: Visitor) -> None:
    authority = make_authority(name="Mälarviks kommun")
    school = make_school(authority=authority, name="Björkskolan")
    administrator = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
    officer = make_staff(Role.ADMISSIONS_OFFICER, authority=authority)
    before = make_course(code="MATE1A00X", name="Matematik, nivå 1a", subject_name="Matematik")
    course = make_course(code="MATE2A00X", name="Matematik, nivå 2a", subject_name="Matematik")
    Prerequisite.objects.create(course=course, alternative=1, required=before, kind="advisory", source="prov")
    round_ = make_round(authority=authority)

    becomes(visitor, administrator)
    enters_a_draft(visitor, round_.starts_on)
    completes_and_submits(visitor)

    course_start = CourseStart.objects.get()
    visitor.goes_to(f"/kurser/{course_start.uuid}/?forhandsvisning=1")
    visitor.sees("Förhandsvisning")

    becomes(visitor, officer)
    visitor.goes_to("/kursstarter/?lage=submitted")
    visitor.clicks("Matematik, nivå 2a", within="table")
    visitor.clicks("Skicka tillbaka")
    visitor.fills("Vad behöver ändras?", "Skriv vilken sal.")
    visitor.presses("Skicka tillbaka")
    visitor.sees("Skriv vilken sal.")

    becomes(visitor, administrator)
    visitor.goes_to(f"/kursstarter/{course_start.uuid}/andra/")
    visitor.page.get_by_label("Lokal eller adress (frivilligt)").fill("Sal 12")
    visitor.presses("Spara utkast")
    visitor.clicks("Skicka sent till kommunen")
    visitor.presses("Skicka till kommunen")
    becomes(visitor, officer)
    visitor.goes_to(f"/kursstarter/{course_start.uuid}/")
    visitor.presses("Godkänn sen anmälan och publicera")
    visitor.sees("Publicerad i kurskatalogen")
    visitor.goes_to("/omgangar/")
    visitor.clicks("Ny period")

    visitor.logs_out()
    visitor.goes_to("/kurser/?q=matte")
    visitor.sees("vi visar matematik")
    visitor.clicks("Matematik, nivå 2a")
    visitor.sees("Bra att ha läst: Matematik, nivå 1a.")
    visitor.sees("Det är råd, inget krav")
    visitor.clicks("Tillgänglighet")


def test_the_catalogue_is_searched_without_javascript(browser: Browser, live_url: str) -> None:
    make_course_start(
        course=make_course(code="ENGE0500X", name="Engelska, nivå 1"), starts_on=time.today() + timedelta(60)
    )
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_url}/kurser/")
    page.get_by_label("Sök på ämne, kurs eller kurskod").fill("enge05")
    page.get_by_role("button", name="Sök").click()
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Kan sökas nu").check()
    page.get_by_role("button", name="Visa kurser").click()
    assert page.get_by_role("link", name="Ta bort: Kan sökas nu").is_visible()
    page.get_by_role("link", name="Engelska, nivå 1", exact=True).click()
    assert page.get_by_role("link", name="Ansök").is_visible()
    context.close()
