"""What a municipality decides, in the browser: an industry, its price, a deadline; each page wide, narrow and dark."""

from datetime import timedelta

import pytest

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_provider
from tests.browser.test_offer import becomes
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


def adds_an_industry(visitor: Visitor) -> None:
    visitor.goes_to("/installningar/register/")
    visitor.clicks("Ny post")
    visitor.fills("Kod", "vard")
    visitor.fills("Namn", "Vård och omsorg")
    visitor.presses("Lägg till")
    visitor.sees("Vård och omsorg är tillagd")
    visitor.clicks("Vård och omsorg")
    visitor.sees("Efter sista dagen kan ingen välja den på nytt")
    visitor.presses("Avsluta", exact=True)
    visitor.clicks("Vård och omsorg")
    visitor.presses("Ta tillbaka slutet")
    visitor.sees("gäller tills vidare")


def moves_a_deadline(visitor: Visitor) -> None:
    visitor.goes_to("/installningar/tider/")
    visitor.clicks("Nytt värde Vårens sista dag för betygskataloger")
    visitor.fills("Nytt värde", "juni")
    visitor.presses("Spara")
    visitor.sees("Skriv MM-DD")
    visitor.fills("Nytt värde", "06-10")
    visitor.page.get_by_label("Gäller från").fill((time.today() + timedelta(days=30)).isoformat())
    visitor.presses("Spara")
    visitor.sees("det nya värdet gäller från")
    visitor.presses("Ta bort")
    visitor.sees("Det kommande värdet är borttaget")


def sets_prices(visitor: Visitor) -> None:
    visitor.goes_to("/installningar/prislistor/")
    visitor.clicks("Ny prislista")
    visitor.page.get_by_label("Namn").fill("Priser")
    visitor.page.get_by_label("Gäller från").fill(time.today().isoformat())
    visitor.fills("Vård och omsorg", "12,50")
    visitor.presses("Spara")
    visitor.sees("12,50")
    visitor.sees("började gälla")
    visitor.page.get_by_label("Namn på den nya prislistan").fill("Nästa års priser")
    visitor.page.get_by_label("Gäller från").fill((time.today() + timedelta(days=60)).isoformat())
    visitor.presses("Kopiera")
    visitor.fills("Vård och omsorg", "13,25")
    visitor.presses("Spara")
    visitor.sees("Vård och omsorg: 12,50 → 13,25")


def test_an_industry_a_deadline_and_a_price_are_decided_in_the_browser(visitor: Visitor) -> None:
    authority = make_authority()
    make_provider(authority=authority)
    becomes(visitor, make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority))
    adds_an_industry(visitor)
    moves_a_deadline(visitor)
    becomes(visitor, make_staff(Role.ECONOMIST, authority=authority))
    sets_prices(visitor)
