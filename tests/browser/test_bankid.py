"""In with BankID, by the code on the screen and on the same device; the stand-in plays bank and app."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from fake_bankid.orders import Person
from kursvis.core import time
from kursvis.demo.rules.cast import member
from kursvis.demo.services.whole import make_demo
from tests.browser.bank import bank_with
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
HODAN, AMINA = member("student"), member("school_administrator")
NEW = Person("199001012385", "Nya", "Nyqvist")


@pytest.fixture
def app(tmp_path: Path, settings: Any, live_url: str) -> Iterator[str]:
    """Run the stand-in, and return the address of the page that plays the app."""
    known = [Person(one.personnummer, one.first_name, one.last_name) for one in (HODAN, AMINA)]
    with bank_with([*known, NEW], tmp_path, settings, live_url) as address:
        yield address


def test_in_by_the_code_on_the_screen(visitor: Visitor, app: str) -> None:
    make_demo(size="cast", today=time.today())
    visitor.goes_to("/logga-in/")
    visitor.clicks("Logga in med BankID")
    visitor.presses("BankID på en annan enhet")
    visitor.sees("Starta BankID-appen.")
    code = visitor.page.locator(".bankid__qr")
    first = code.get_attribute("src")
    expect(code).not_to_have_attribute("src", first or "", timeout=5_000)
    phone = visitor.page.context.new_page()
    phone.goto(app)
    phone.get_by_label("Jag är").select_option(AMINA.personnummer)
    phone.get_by_role("button", name="Öppna och vänta").click()
    visitor.sees("Skriv in din säkerhetskod i BankID-appen och välj Identifiera.")
    expect(code).to_be_hidden()
    phone.goto(app)
    phone.get_by_label("Jag är").select_option(AMINA.personnummer)
    phone.get_by_role("button", name="Identifiera").click()
    visitor.sees("Amina Lindqvist")
    visitor.sees("Att göra")


def test_in_on_the_same_device_and_out_of_a_mistake(visitor: Visitor, app: str) -> None:
    make_demo(size="cast", today=time.today())
    visitor.goes_to("/mitt-konto/")
    visitor.clicks("Logga in med BankID")
    visitor.presses("BankID på den här enheten")
    visitor.page.get_by_role("link", name="Starta BankID-appen").click()
    visitor.page.get_by_role("button", name="Avbryt").click()
    visitor.sees("Åtgärden avbröts.")
    visitor.checks_page()
    visitor.presses("Försök igen")
    visitor.clicks("Logga in med BankID")
    visitor.presses("BankID på den här enheten")
    visitor.page.get_by_role("link", name="Starta BankID-appen").click()
    visitor.page.get_by_label("Jag är").select_option(HODAN.personnummer)
    visitor.page.get_by_role("button", name="Identifiera").click()
    visitor.sees("Hodan Abdi")


def test_somebody_unknown_is_told_whom_to_ask(visitor: Visitor, app: str) -> None:
    make_demo(size="cast", today=time.today())
    visitor.goes_to("/logga-in/bankid/")
    visitor.presses("BankID på den här enheten")
    visitor.page.get_by_role("link", name="Starta BankID-appen").click()
    visitor.page.get_by_label("Jag är").select_option(NEW.personnummer)
    visitor.page.get_by_role("button", name="Identifiera").click()
    visitor.sees("ditt personnummer finns inte i Kursvis")
    visitor.checks_page()
    visitor.presses("Fortsätt som sökande")
    visitor.sees("Nya Nyqvist")
