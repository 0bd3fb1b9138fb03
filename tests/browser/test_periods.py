"""Continuous admission in the browser: the municipality opens it, a school chooses a day, and its calendar follows."""

from datetime import date, timedelta

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import Round
from kursvis.catalogue.tests.factories import make_course
from kursvis.core import time
from kursvis.core.tests.test_icalendar import read
from kursvis.organisation.tests.factories import make_authority, make_school
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def a_monday(days: int) -> date:
    """Return the first Monday after so many days."""
    day = time.today() + timedelta(days=days)
    return day + timedelta(days=(7 - day.weekday()) % 7)


def opens_a_period(visitor: Visitor) -> None:
    visitor.goes_to("/omgangar/")
    visitor.clicks("Löpande antagning")
    visitor.fills("Namn", "Löpande 2027")
    visitor.fills("Katalogen öppnar för ansökningar", time.today().isoformat())
    visitor.fills("Sista dag en kurs kan starta", (time.today() + timedelta(days=200)).isoformat())
    visitor.fills("Sista ansökningsdag, så många dagar före kursstart", "21")
    visitor.fills("Underlag till skolan, så många dagar före kursstart", "21")
    visitor.presses("Spara")
    visitor.sees("fler dagar före kursstarten")
    visitor.fills("Underlag till skolan, så många dagar före kursstart", "14")
    visitor.presses("Spara")
    visitor.sees("Ingen skola har valt någon dag ännu")


def enters_a_start(visitor: Visitor, day: date) -> None:
    visitor.goes_to("/kursstarter/ny/")
    visitor.page.get_by_label("Kursens namn, ämne eller kod").fill("prog1")
    visitor.presses("Sök", exact=True)
    visitor.clicks("Programmering, nivå 1")
    visitor.fills("Antal platser", "12")
    visitor.fills("Eller en egen startdag (löpande antagning)", (day + timedelta(days=5)).isoformat())
    visitor.presses("Spara utkast")
    visitor.sees("lördag eller söndag")
    visitor.fills("Eller en egen startdag (löpande antagning)", day.isoformat())
    visitor.presses("Spara utkast")
    visitor.sees("Utkast")


def test_a_school_chooses_its_day_and_follows_it_in_its_calendar(visitor: Visitor) -> None:
    school = make_school(authority=make_authority(name="Mälarviks kommun"), name="Lärcentrum Norr")
    make_course(code="PROG1000X", name="Programmering, nivå 1")
    becomes(visitor, make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority))
    opens_a_period(visitor)

    becomes(visitor, make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, email="amina@norr.exempel"))
    day = a_monday(40)
    enters_a_start(visitor, day)
    round_ = Round.objects.get(starts_on=day)
    visitor.goes_to("/omgangar/")
    visitor.sees("Öppen för ansökan")
    visitor.goes_to("/")
    visitor.sees("Kursstarter att skicka in")
    visitor.sees(f"ska vara inne {round_.apply_by}")

    visitor.clicks("I din egen kalender")
    visitor.presses("Gör en adress")
    address = visitor.page.get_by_label("Adress", exact=True).input_value()
    path = "/kalender/" + address.rpartition("/")[2]
    fetched = visitor.page.request.get(visitor.base + path, headers={"cookie": ""})
    days = {event["UID"]: event["DTSTART;VALUE=DATE"] for event in read(fetched.body())}
    assert days[f"{round_.uuid}-apply_by@kursvis"] == round_.apply_by.strftime("%Y%m%d")
    visitor.goes_to("/kalender/")
    visitor.page.get_by_text("Stäng av adressen").first.click()
    visitor.presses("Ja, stäng av adressen")
    visitor.sees("Adressen fungerar inte längre")
    assert visitor.page.request.get(visitor.base + path).status == 404
