"""A long form, the warning, going on, the time-out with everything given back; and the search from the keyboard."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from kursvis.access.rules import Role
from kursvis.accounts.models import SavedForm
from kursvis.accounts.rules.idle import WARNED_BEFORE
from kursvis.accounts.tests.factories import OFFICIAL, make_staff
from kursvis.core import time
from kursvis.organisation.rules.settings import KINDS, Setting
from kursvis.organisation.tests.factories import make_authority
from kursvis.people.tests.factories import make_student
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
LIMIT = KINDS[Setting.IDLE_MINUTES].default
FORM = "/omgangar/ny/"
NAME, OPENS = "Våren 2031 – en lång text", "2030-10-01"
ALERT = "dialog[role=alertdialog]"


@pytest.fixture
def officer(visitor: Visitor) -> Visitor:
    authority = make_authority()
    make_staff(Role.ADMISSIONS_OFFICER, authority=authority, first_name="Åsa", last_name="Berg")
    make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority, first_name="Sofia", last_name="Lindberg")
    make_student(authority=authority, first_name="Hodan", last_name="Abdi", personnummer=OFFICIAL[0])
    visitor.goes_to("/logga-in/test/")
    visitor.presses("Åsa Berg")
    return visitor


def _rests_until(seconds_left: float) -> None:
    """Let every session have been used so long ago that so much is left."""
    seen_at = time.real_now() - timedelta(minutes=LIMIT) + timedelta(seconds=seconds_left)
    Session.objects.update(expire_date=seen_at + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def _writes(visitor: Visitor) -> None:
    visitor.goes_to(FORM)
    visitor.fills("Namn", NAME)
    visitor.fills("Katalogen öppnar", OPENS)


def _reads_again(visitor: Visitor) -> None:
    """Let the page learn what the database says, as it does when it is shown again."""
    visitor.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_a_warning_comes_in_time_and_the_keyboard_goes_on(officer: Visitor) -> None:
    _writes(officer)
    alert = officer.page.locator(ALERT)
    expect(alert).not_to_be_visible()
    _rests_until(WARNED_BEFORE.total_seconds() - 15)
    _reads_again(officer)
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("Du loggas ut om 1 min")
    expect(officer.page.get_by_role("button", name="Fortsätt")).to_be_focused()
    officer.checked.clear()
    officer.checks_page()
    officer.page.keyboard.press("Enter")
    expect(alert).not_to_be_visible()
    assert officer.page.evaluate("fetch('/session/').then(r => r.json()).then(s => s.seconds_left)") > 25 * 60
    expect(officer.page.get_by_label("Namn")).to_have_value(NAME)


def test_another_tab_that_goes_on_takes_the_warning_away(officer: Visitor) -> None:
    _writes(officer)
    _rests_until(WARNED_BEFORE.total_seconds() - 5)
    _reads_again(officer)
    expect(officer.page.locator(ALERT)).to_be_visible()
    other = officer.page.context.new_page()
    other.goto(officer.base + "/grupper/")
    expect(officer.page.locator(ALERT)).not_to_be_visible(timeout=20_000)
    expect(officer.page.get_by_label("Namn")).to_have_value(NAME)


def test_what_was_written_survives_the_time_out_and_the_login(officer: Visitor) -> None:
    _writes(officer)
    _rests_until(0)
    _reads_again(officer)
    officer.page.wait_for_url("**/logga-in/?next=*")
    officer.checks_page()
    officer.sees(f"efter {LIMIT} minuter utan aktivitet")
    officer.does_not_see(NAME)
    assert SavedForm.objects.get().path == FORM
    officer.clicks("Logga in med test-legitimation")
    officer.presses("Åsa Berg")
    assert officer.page.url == officer.base + FORM
    officer.sees("Vi sparade det du hade skrivit")
    expect(officer.page.get_by_label("Namn")).to_have_value(NAME)
    expect(officer.page.get_by_label("Katalogen öppnar")).to_have_value(OPENS)
    officer.checked.clear()
    officer.checks_page()
    assert not SavedForm.objects.exists()
    officer.fills("Skolornas utbud ska vara inlagt", "2030-09-01")
    officer.presses("Spara", within="#innehall")
    officer.sees("Perioden är inlagd")


def test_without_javascript_what_was_sent_too_late_is_sent_again(officer: Visitor) -> None:
    plain = officer.page.context.browser.new_context(locale="sv-SE", java_script_enabled=False)
    plain.add_cookies(officer.page.context.cookies())
    page = plain.new_page()
    page.goto(officer.base + FORM)
    page.get_by_label("Namn").fill(NAME)
    page.get_by_label("Katalogen öppnar").fill(OPENS)
    page.get_by_label("Skolornas utbud ska vara inlagt").fill("2030-09-01")
    _rests_until(0)
    page.locator("#innehall").get_by_role("button", name="Spara").click()
    expect(page.locator("body")).to_contain_text("Det du skickade är sparat")
    page.get_by_role("link", name="Logga in med test-legitimation").click()
    page.get_by_role("button", name="Åsa Berg").click()
    expect(page.locator("h1")).to_contain_text("Vi sparade det du skickade")
    expect(page.locator("#innehall")).to_contain_text(NAME)
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.locator("body")).to_contain_text("Perioden är inlagd")
    plain.close()


def test_somebody_else_who_logs_in_sees_nothing_of_it(officer: Visitor) -> None:
    _writes(officer)
    _rests_until(0)
    _reads_again(officer)
    officer.page.wait_for_url("**/logga-in/?next=*")
    officer.clicks("Logga in med test-legitimation")
    officer.presses("Sofia Lindberg")
    assert officer.page.url == officer.base + FORM
    expect(officer.page.get_by_label("Namn")).to_have_value("")
    officer.does_not_see("Vi sparade det du hade skrivit")


def _searches(visitor: Visitor, text: str) -> None:
    visitor.page.keyboard.press("/")
    expect(visitor.page.locator("#global-search")).to_be_focused()
    visitor.page.keyboard.type(text)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def test_the_search_is_reached_from_any_page_by_the_keyboard(officer: Visitor) -> None:
    for path in ("/omgangar/", "/kursstarter/", "/studerande/"):
        officer.goes_to(path)
        officer.page.keyboard.press("/")
        expect(officer.page.locator("#global-search")).to_be_focused()
        officer.page.locator("h1").click()
    _searches(officer, "abd hod")
    officer.checks_page()
    officer.clicks("Abdi, Hodan", within="#innehall")
    card = officer.page.url
    _searches(officer, OFFICIAL[0])
    assert officer.page.url == card
    _searches(officer, "finns inte alls")
    officer.sees("Ingen träff")
    officer.checked.clear()
    officer.checks_page()
