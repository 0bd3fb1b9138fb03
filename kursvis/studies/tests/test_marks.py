"""The industry and the economy mark of a group: of the municipality's registers, and in force (R28)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.accounts.tests.browsers import as_user
from kursvis.admissions.tests.factories import Office
from kursvis.audit.queries import about
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Authority, RegisterEntry
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.services import registers
from kursvis.organisation.tests.factories import make_authority
from kursvis.studies.models import Group
from kursvis.studies.tests.factories import make_group

pytestmark = pytest.mark.django_db


def add(authority: Authority, register: Register = Register.INDUSTRY, **given: Any) -> RegisterEntry:
    values: dict[str, Any] = {"code": "vard", "name": "Vård och omsorg", "starts_on": time.today()}
    if register is Register.ECONOMY_MARK:
        values |= {"code": "paket", "name": "Kurspaket", "meaning": "2"}
    return registers.add_entry(authority=authority, register=register, by=SYSTEM, now=time.now(), **(values | given))


def test_a_group_has_an_industry_and_an_economy_mark() -> None:
    office = Office()
    industry = add(office.school.authority)
    mark = add(office.school.authority, Register.ECONOMY_MARK)
    group = make_group(office=office, industry=industry, economy_mark=mark)
    assert (group.industry, group.economy_mark) == (industry, mark)
    assert about(group)[0].detail["industry"] == "vard"
    page = as_user(office.administrator_user).get(reverse("studies:show_group", args=[group.uuid])).content.decode()
    assert "Vård och omsorg" in page and "Ekonomimärke 2: Kurspaket" in page
    assert make_group(office=office).industry is None


def test_another_register_another_municipality_and_what_has_ended_are_refused() -> None:
    office = Office()
    authority, yesterday = office.school.authority, time.today() - timedelta(days=1)
    for entry in (add(authority, Register.ECONOMY_MARK), add(make_authority())):
        with pytest.raises(Refused, match=r"organisation\.entry_of_another_register"):
            make_group(office=office, industry=entry)
    ended = add(authority, code="gammal", name="Gammal", starts_on=yesterday, ends_on=yesterday)
    with pytest.raises(Refused, match=r"organisation\.entry_not_in_force"):
        make_group(office=office, industry=ended)


def test_the_form_offers_what_is_in_force_and_keeps_what_was_chosen(django_assert_max_num_queries: Any) -> None:
    office = Office()
    authority, yesterday = office.school.authority, time.today() - timedelta(days=1)
    industry = add(authority)
    add(authority, code="gammal", name="Gammal bransch", starts_on=yesterday, ends_on=yesterday)
    add(make_authority(), name="Grannens bransch")
    add(authority, Register.ECONOMY_MARK)
    start = make_course_start(school=office.school)
    address = reverse("studies:create_group", query={"kursstart": str(start.uuid)})
    client = as_user(office.administrator_user)
    with django_assert_max_num_queries(15):
        page = client.get(address).content.decode()
    assert "Vård och omsorg" in page and "Ekonomimärke 2: Kurspaket" in page
    assert "Gammal bransch" not in page and "Grannens bransch" not in page
    typed = {
        "name": "VÅRD-1",
        "kind": "ordinary",
        "starts_on": start.starts_on.isoformat(),
        "ends_on": start.ends_on.isoformat(),
        "industry": str(industry.uuid),
    }
    page = client.post(address, typed | {"name": ""}).content.decode()
    assert f'value="{industry.uuid}" selected' in page
    client.post(address, typed)
    assert Group.objects.get(name="VÅRD-1").industry == industry
    assert client.post(address, typed | {"name": "VÅRD-2", "industry": "ingen"}).status_code == 200
