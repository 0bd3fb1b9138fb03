"""*Inställningar* leads to everything that a municipality decides, each its own."""

import re

import pytest
from django.urls import reverse

from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.organisation.rules.registers import Register

pytestmark = pytest.mark.django_db
URL = "/installningar/"
LINKS = re.compile(r'<h3><a href="([^"]+)">')


def links_of(role: Role) -> list[str]:
    browser = as_user(make_staff(role))
    page = browser.get(URL).content.decode()
    links = [link.replace("&amp;", "&") for link in LINKS.findall(page)]
    assert all(browser.get(link).status_code == 200 for link in links)
    return links


def test_the_system_administrator_opens_every_section() -> None:
    links = links_of(Role.SYSTEM_ADMINISTRATOR)
    registers = [link for link in links if "register=" in link]
    assert len(registers) == len(Register) and len(links) == 11 + len(Register) == len(set(links))


def test_the_economist_sees_prices_and_the_registers_behind_them() -> None:
    entries = reverse("organisation:list_entries")
    assert links_of(Role.ECONOMIST) == [
        reverse("organisation:list_price_lists"),
        f"{entries}?register=industry",
        f"{entries}?register=economy_mark",
    ]


@pytest.mark.parametrize("role", [Role.ADMISSIONS_OFFICER, Role.SCHOOL_ADMINISTRATOR, Role.TEACHER])
def test_others_neither_see_nor_open_it(role: Role) -> None:
    browser = as_user(make_staff(role))
    assert browser.get(URL).status_code == 403
    assert URL not in browser.get(reverse("portal:start")).content.decode()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.ECONOMIST])
def test_it_stands_in_the_navigation(role: Role) -> None:
    assert f'href="{URL}"' in as_user(make_staff(role)).get(reverse("portal:start")).content.decode()
