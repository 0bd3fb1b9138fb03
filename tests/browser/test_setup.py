"""From an empty installation to a course in the open catalogue: everything in the browser but the one command."""

from datetime import date, timedelta
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from kursvis.accounts.tests.factories import OFFICIAL
from kursvis.accounts.tests.mailroom import latest_link, work
from kursvis.core import time
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
PASSWORD = "en-helt-ny-kommun-2026"
MAIN = "#innehall"
FIRST, SECOND, THIRD = OFFICIAL


def creates_the_municipality() -> str:
    """Run the one command of an installation; return the path of the first administrator's link."""
    told = StringIO()
    call_command(
        "create_authority",
        name="Mälarviks kommun",
        adult_education_name="Vuxenutbildningen i Mälarvik",
        municipality_code="9901",
        organisation_number="219900-0015",
        catalogue_address="Vuxenutbildningen, 990 80 Mälarvik",
        email="vux@malarvik.example",
        phone="",
        prefix="mal",
        personnummer=FIRST,
        first_name="Sofia",
        last_name="Lindberg",
        administrator_email="sofia@malarvik.example",
        stdout=told,
    )
    return urlsplit(told.getvalue().split()[-1]).path


def chooses_a_password(visitor: Visitor, link: str) -> str:
    """Open a one-time link, choose a password there, and log in; return the user name."""
    visitor.logs_out()
    visitor.goes_to(link)
    user_name = visitor.page.locator("dd.code").inner_text()
    visitor.fills("Nytt lösenord", PASSWORD)
    visitor.page.get_by_label("Nytt lösenord igen").fill(PASSWORD)
    visitor.presses("Spara lösenordet")
    logs_in(visitor, user_name)
    return user_name


def logs_in(visitor: Visitor, user_name: str) -> None:
    visitor.logs_out()
    visitor.goes_to("/logga-in/")
    visitor.page.get_by_role("textbox", name="Användarnamn").fill(user_name)
    visitor.page.get_by_role("textbox", name="Lösenord").fill(PASSWORD)
    visitor.presses("Logga in", exact=True)


def opens_setup(visitor: Visitor, section: str) -> None:
    visitor.clicks("Inställningar", within="nav")
    visitor.clicks(section, within=MAIN, exact=True)


def enters_units(visitor: Visitor, today: date) -> None:
    opens_setup(visitor, "Skolor")
    visitor.sees("Lägg först in en anordnare")
    visitor.clicks("Ny anordnare", within=MAIN)
    visitor.fills("Namn", "Mälarviks kommun")
    visitor.fills("Organisationsnummer", "219900-0016")
    visitor.page.get_by_label("Kommunens egen").check()
    visitor.presses("Spara")
    visitor.sees("kontrollsiffra stämmer inte")
    visitor.fills("Organisationsnummer", "219900-0015")
    visitor.presses("Spara")
    visitor.sees("Lägg in dess skolor")

    opens_setup(visitor, "Skolor")
    visitor.clicks("Ny skola", within=MAIN)
    visitor.page.get_by_label("Anordnare").select_option(label="Mälarviks kommun")
    for label, value in (
        ("Namn", "Björkskolan"),
        ("Skolenhetskod", "99999901"),
        ("Prefix", "bjo"),
        ("Gatuadress", "Skolgatan 4"),
        ("Postnummer", "99010"),
        ("Ort", "Mälarvik"),
        ("E-post", "expedition@bjork.example"),
    ):
        visitor.fills(label, value)
    visitor.presses("Spara")
    visitor.sees("Utan avtal")
    visitor.clicks("Nytt avtal")
    visitor.sees("ingen ny placeras")
    visitor.page.get_by_label("Första dag").fill(today.isoformat())
    visitor.presses("Spara")
    visitor.sees("Avtal gäller")


def enters_a_round(visitor: Visitor, today: date) -> None:
    opens_setup(visitor, "Ansökningsomgångar")
    visitor.clicks("Ny period")
    visitor.fills("Namn", "Våren")
    visitor.page.get_by_label("Skolornas utbud ska vara inlagt").fill(today.isoformat())
    visitor.page.get_by_label("Katalogen öppnar för ansökningar").fill(today.isoformat())
    visitor.presses("Spara")
    visitor.clicks("Ny omgång", within=MAIN)
    for label, days in (("Sista ansökningsdag", 30), ("Underlag till skolorna", 35), ("Kursstart", 60)):
        visitor.page.get_by_label(label).fill((today + timedelta(days=days)).isoformat())
    visitor.presses("Spara")
    visitor.sees("Omgången är inlagd")


def adds_a_colleague(visitor: Visitor, number: str, name: str, unit: str, role: str, *, is_first: bool) -> None:
    first, last = name.split()
    visitor.clicks("Personal", within="nav")
    visitor.clicks("Ny kollega")
    visitor.fills("Personnummer", number)
    visitor.fills("Förnamn", first)
    visitor.fills("Efternamn", last)
    visitor.fills("E-post", f"{first.lower()}@malarvik.example")
    visitor.page.get_by_label("Var", exact=True).select_option(label=unit)
    visitor.page.get_by_label(role, exact=True).check()
    visitor.presses("Granska")
    visitor.presses("Lägg upp")
    if is_first:
        visitor.confirms()
    visitor.sees("är upplagd")


def offers_a_course(visitor: Visitor) -> None:
    visitor.clicks("Kursstarter", within="nav")
    visitor.clicks("Ny kursstart")
    visitor.page.get_by_label("Kursens namn, ämne eller kod").fill("MATE1A00X")
    visitor.presses("Sök", exact=True)
    visitor.clicks("Matematik", within=MAIN)
    visitor.page.get_by_label("Ansökningsomgång").select_option(index=1)
    visitor.fills("Antal platser", "24")
    visitor.fills("Tider i veckan", "tisdag 18.00–20.30")
    visitor.fills("Beskrivning", "Vi räknar tillsammans.")
    visitor.presses("Spara utkast")
    visitor.presses("Skicka till kommunen")
    visitor.sees("Inskickad")


def test_from_an_empty_installation_to_a_course_in_the_catalogue(visitor: Visitor) -> None:
    today = time.today()
    visitor.goes_to("/kurser/")
    link = creates_the_municipality()
    administrator = chooses_a_password(visitor, link)
    enters_units(visitor, today)
    enters_a_round(visitor, today)
    adds_a_colleague(visitor, SECOND, "Amina Lindqvist", "Björkskolan", "Skoladministratör", is_first=True)
    work()
    at_school = latest_link()
    adds_a_colleague(visitor, THIRD, "Amira Haddad", "Mälarviks kommun", "Antagningshandläggare", is_first=False)
    work()
    at_authority = latest_link()

    chooses_a_password(visitor, at_school)
    offers_a_course(visitor)

    chooses_a_password(visitor, at_authority)
    visitor.clicks("Kursstarter", within="nav")
    visitor.clicks("Matematik", within="table")
    visitor.presses("Publicera")
    visitor.sees("Publicerad i kurskatalogen")

    visitor.logs_out()
    visitor.goes_to("/kurser/?q=matte")
    visitor.clicks("Matematik", within="main")
    visitor.sees("Vi räknar tillsammans.")
    visitor.sees("Björkskolan")

    logs_in(visitor, administrator)
    opens_setup(visitor, "Skolor")
    visitor.clicks("Björkskolan", within=MAIN)
    visitor.sees("Sofia Lindberg")
