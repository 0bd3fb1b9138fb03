"""In by the municipality's directory, a provider that runs as its own process; and the ways in decided."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Route

from kursvis.core import time
from kursvis.demo.rules.cast import IN_DIRECTORY, MALARVIK, member
from kursvis.demo.services.directory import point_at
from kursvis.demo.services.whole import make_demo
from runner.directory import NEW_PERSON, SECRET
from tests.browser.visitor import Visitor
from tests.provider import run_provider

pytestmark = pytest.mark.browser
SOFIA, AMINA, KARIN = (member(key) for key in IN_DIRECTORY)


@pytest.fixture
def provider(settings: Any, live_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    settings.ADDRESS = live_url
    monkeypatch.setenv(SECRET, "any")
    with run_provider([(name, member(key).last_name) for key, name in IN_DIRECTORY.items()]) as issuer:
        yield issuer


def chooses(visitor: Visitor, name: str) -> None:
    """Log in at the provider, whose own pages are not ours to check."""
    visitor.page.get_by_role("button", name=name, exact=True).click()
    visitor.page.wait_for_load_state()
    visitor.checks_page()


def goes_to_the_directory(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name=MALARVIK, exact=True).click()


def without_the_web(route: Route) -> None:
    """The provider's page asks for a style sheet on the web; it does without."""
    route.fulfill(status=200, content_type="text/css", body="")


def looks_at_the_forms(visitor: Visitor) -> None:
    visitor.goes_to("/personal/")
    visitor.clicks("Haddad")
    visitor.clicks("Skriv namnet i katalogen")
    visitor.sees("Den som loggar in i katalogen med det namnet kommer in på kontot.")
    visitor.goes_to("/installningar/inloggning/katalog/")
    visitor.sees("3 personer har ett namn i katalogen.")


def test_in_by_the_directory_and_out_when_the_municipality_closes_a_way(visitor: Visitor, provider: str) -> None:
    visitor.page.route(re.compile("^https://"), without_the_web)
    make_demo(size="cast", today=time.today())
    point_at(issuer=provider, now=time.now())

    visitor.goes_to("/personal/")
    goes_to_the_directory(visitor)
    chooses(visitor, IN_DIRECTORY["school_administrator"])
    visitor.sees("Amina Lindqvist")
    assert visitor.page.url == f"{visitor.base}/personal/"

    visitor.logs_out()
    visitor.goes_to("/logga-in/")
    goes_to_the_directory(visitor)
    chooses(visitor, "Deny")
    visitor.sees("Inloggningen avbröts i katalogen")
    visitor.clicks("Logga in på ett annat sätt")
    goes_to_the_directory(visitor)
    chooses(visitor, NEW_PERSON[0])
    visitor.sees("Du är inloggad i kommunens katalog som greta.gast")
    visitor.sees("vuxenutbildning@malarvik.example")

    visitor.clicks("Tillbaka till inloggningen")
    goes_to_the_directory(visitor)
    chooses(visitor, IN_DIRECTORY["system_administrator"])
    looks_at_the_forms(visitor)
    visitor.goes_to("/installningar/")
    visitor.clicks("Sätt att logga in")
    visitor.sees(f"{visitor.base}/logga-in/katalog/")
    visitor.clicks("Ändra", exact=True)
    visitor.page.get_by_label("användarnamn och lösenord").uncheck()
    visitor.page.get_by_label("e-legitimation (BankID)").uncheck()
    visitor.presses("Spara")
    visitor.page.get_by_role("link", name="Bekräfta med kommunens katalog").click()
    chooses(visitor, IN_DIRECTORY["teacher"])
    visitor.sees("Du loggade in i katalogen som någon annan än den som är inloggad här.")
    visitor.clicks("Försök igen")
    visitor.page.get_by_role("link", name="Bekräfta med kommunens katalog").click()
    chooses(visitor, IN_DIRECTORY["system_administrator"])
    visitor.presses("Gör det nu")
    visitor.sees("Det nya gäller från")

    visitor.logs_in_as(KARIN)
    visitor.sees("Kommunen där du arbetar har stängt det sättet att logga in: e-legitimation (BankID).")
    visitor.sees("Kommunens katalog")
    visitor.clicks("Tillbaka till inloggningen")
    goes_to_the_directory(visitor)
    chooses(visitor, IN_DIRECTORY["teacher"])
    visitor.sees("Karin Öst")
    visitor.logs_in_as(member("student"))
    visitor.sees("Hodan Abdi")
