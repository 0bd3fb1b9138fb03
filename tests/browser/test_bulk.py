"""A distribution of many in the browser: chosen, looked through, carried out while the page follows, taken back."""

from datetime import timedelta

import pytest

from kursvis.admissions.tests.factories import Office, make_waiting
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.organisation.models import Agreement
from kursvis.organisation.tests.factories import make_school
from kursvis.work import rules
from kursvis.work.tests.worker import work, work_once
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def checks_this_state(visitor: Visitor) -> None:
    """Check the page once more: it is one page with several faces."""
    visitor.checked.clear()
    visitor.checks_page()


def pastes_a_number_that_nobody_has(visitor: Visitor) -> None:
    visitor.goes_to("/ansokningar/?lage=fordela")
    visitor.clicks("Klistra in personnummer")
    visitor.fills("Personnummer", "19900101-2386")
    visitor.presses("Till provkörningen")
    visitor.sees("Rad 1, 19900101-2386: Kontrollsiffran stämmer inte")


def chooses_all_and_sees_the_dry_run(visitor: Visitor) -> None:
    visitor.goes_to("/ansokningar/?lage=fordela")
    visitor.presses("Fördela alla 5 …")
    visitor.sees("Provkörning: raderna kontrolleras")
    work()
    visitor.sees("4 av 5 rader går")
    visitor.sees("Skolans avtal slutade")
    checks_this_state(visitor)


def follows_it_to_its_end(visitor: Visitor) -> None:
    visitor.presses("Fördela 4")
    visitor.sees("Ansökningarna fördelas till sina skolor")
    work_once()
    visitor.sees("2 av 4")
    checks_this_state(visitor)
    work()
    visitor.sees("Går att ångra till")
    checks_this_state(visitor)


def takes_it_back(visitor: Visitor) -> None:
    visitor.page.locator("summary", has_text="Ångra …").click()
    visitor.sees("4 rader tas tillbaka")
    visitor.presses("Ja, ångra")
    visitor.sees("Fördelningen ångras")
    work()
    visitor.sees("Körningen är ångrad")
    visitor.sees("Tillbaka hos kommunen")
    visitor.goes_to("/korningar/")
    visitor.sees("Fördelning till skolorna")
    visitor.goes_to("/ansokningar/?lage=fordela")
    visitor.sees("Fördela alla 5 …")


def test_many_are_distributed_and_taken_back(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "CHUNK", 2)
    office = Office()
    ended = make_school(authority=office.school.authority)
    make_waiting(4, office=office)
    make_waiting(1, office=office, course_start=make_course_start(school=ended))
    Agreement.objects.filter(school=ended).update(ends_on=time.today() - timedelta(days=1))
    becomes(visitor, office.officer_user)
    pastes_a_number_that_nobody_has(visitor)
    chooses_all_and_sees_the_dry_run(visitor)
    follows_it_to_its_end(visitor)
    takes_it_back(visitor)
