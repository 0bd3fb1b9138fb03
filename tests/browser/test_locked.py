"""A colleague who is locked out, and one who has forgotten her password: from the mail to the page inside."""

import pytest
from django.core import mail

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import PASSWORD, make_staff
from kursvis.accounts.tests.mailroom import latest_link, work
from kursvis.core import time
from kursvis.organisation.tests.factories import make_school
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
NEW = "ett-helt-nytt-lösenord"
MAIN = "#innehall"


def _people() -> tuple[User, User]:
    """Return a teacher and the administrator of her school."""
    school = make_school(name="Björkskolan")
    administrator = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, first_name="Sara", last_name="Berg")
    given = {"first_name": "Karin", "last_name": "Öst", "user_name": "bjokaost", "email": "karin@example.org"}
    return make_staff(Role.TEACHER, school=school, password=PASSWORD, **given), administrator


def _logs_in(visitor: Visitor, password: str) -> None:
    visitor.goes_to("/logga-in/")
    visitor.fills("Användarnamn", "bjokaost")
    visitor.fills("Lösenord", password)
    visitor.presses("Logga in", exact=True)


def test_a_locked_colleague_is_unlocked_by_her_administrator(visitor: Visitor) -> None:
    _teacher, administrator = _people()
    for _ in range(5):
        _logs_in(visitor, "fel-lösenord-igen")
        visitor.sees("stämmer inte, eller så är kontot låst")
    work()
    body = str(mail.outbox[-1].body)
    assert "Sara Berg (Björkskolan)" in body and "felaktiga inloggningsförsök" in body
    _logs_in(visitor, PASSWORD)
    visitor.sees("stämmer inte, eller så är kontot låst")

    becomes(visitor, administrator)
    visitor.goes_to("/personal/")
    visitor.clicks("Öst", within=MAIN)
    visitor.sees("För många felaktiga inloggningsförsök")
    visitor.sees(time.today().isoformat())
    visitor.presses("Lås upp")
    visitor.does_not_see("För många felaktiga inloggningsförsök")

    visitor.logs_out()
    _logs_in(visitor, PASSWORD)
    visitor.goes_to("/mitt-konto/")
    visitor.sees("Karin Öst")
    work()
    assert mail.outbox[-1].subject == "Ditt konto i Kursvis är upplåst"


def test_a_forgotten_password_from_the_question_to_the_page_inside(visitor: Visitor) -> None:
    _people()
    visitor.goes_to("/logga-in/")
    visitor.clicks("Glömt lösenordet?")
    visitor.fills("Användarnamn eller e-postadress", "karin@example.org")
    visitor.presses("Skicka länk")
    visitor.sees("Om det finns ett konto")
    path = latest_link()

    visitor.goes_to(path)
    visitor.fills("Nytt lösenord", "kort")
    visitor.fills("Nytt lösenord igen", "kort")
    visitor.presses("Spara lösenordet")
    visitor.sees("minst 12 tecken")
    visitor.fills("Nytt lösenord", NEW)
    visitor.fills("Nytt lösenord igen", NEW)
    visitor.presses("Spara lösenordet")
    visitor.sees("Lösenordet är sparat")
    _logs_in(visitor, NEW)
    visitor.goes_to("/mitt-konto/")
    visitor.sees("Chrome, Linux")
    visitor.logs_out()
    visitor.goes_to(path)
    visitor.sees("redan använd, ersatt av en nyare eller för gammal")


def test_her_own_account(visitor: Visitor) -> None:
    _people()
    _logs_in(visitor, PASSWORD)
    visitor.goes_to("/mitt-konto/")
    visitor.clicks("Ändra e-postadress")
    visitor.fills("E-postadress", "ny@example.org")
    visitor.fills("Ditt lösenord", PASSWORD)
    visitor.presses("Spara")
    visitor.sees("ny@example.org")
    visitor.presses("Det var inte jag")
    visitor.sees("Byt lösenord nu")
    visitor.fills("Lösenordet du har", PASSWORD)
    visitor.fills("Nytt lösenord", NEW)
    visitor.fills("Nytt lösenord igen", NEW)
    visitor.presses("Byt lösenord")
    visitor.sees("Lösenordet är ändrat")
    visitor.presses("Logga ut överallt")
    visitor.sees("Du är utloggad överallt")
