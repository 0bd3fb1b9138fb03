"""Price lists: whose price counts on a day, and that no two lists of one provider do."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.queries import about
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.spans import covers
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.models import Authority, PriceList, Provider, RegisterEntry
from kursvis.organisation.queries.prices import price_on
from kursvis.organisation.rules import prices as rules
from kursvis.organisation.rules.prices import PriceListFacts
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.services import prices as services
from kursvis.organisation.services import registers
from kursvis.organisation.tests.factories import make_authority, make_provider

FIRST, DAYS = date(2026, 1, 1), 60
OWN, OTHER = 7, 8
database = pytest.mark.django_db


def codes(reasons: list[Any]) -> list[str]:
    return [reason.code.removeprefix("organisation.") for reason in reasons]


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@st.composite
def periods(draw: st.DrawFn) -> PriceListFacts:
    start = draw(st.integers(0, DAYS))
    end = draw(st.none() | st.integers(start, DAYS))
    return PriceListFacts(draw(st.sampled_from([None, OWN, OTHER])), day(start), None if end is None else day(end))


@given(one=periods(), other=periods())
def test_two_lists_overlap_exactly_when_they_share_a_provider_and_a_day(
    one: PriceListFacts, other: PriceListFacts
) -> None:
    days = [day(number) for number in range(DAYS + 2)]
    share = any(covers(one, d) and covers(other, d) for d in days)
    same = one.provider_id == other.provider_id
    assert bool(rules.against_price_list(one, others=[other])) is (share and same)


@given(lists=st.lists(periods(), max_size=8), number=st.integers(0, DAYS + 1))
def test_the_providers_own_price_comes_before_the_one_for_everybody_else(
    lists: list[PriceListFacts], number: int
) -> None:
    kept: list[PriceListFacts] = []
    for facts in lists:
        if not rules.against_price_list(facts, others=kept):
            kept.append(facts)
    prices = [(facts, Decimal(place)) for place, facts in enumerate(kept, start=1)]
    found = rules.price_of(prices, provider_id=OWN, day=day(number))
    counting = {f.provider_id: price for f, price in prices if covers(f, day(number))}
    if OWN in counting:
        assert found == counting[OWN]
    else:
        assert found == counting.get(None)
    assert rules.price_of(reversed(prices), provider_id=OWN, day=day(number)) == found


@pytest.mark.parametrize(("price", "is_wrong"), [("0", False), ("10000", False), ("-0.01", True), ("10000.01", True)])
def test_a_price_has_limits(price: str, is_wrong: bool) -> None:
    assert bool(rules.against_price(Decimal(price))) is is_wrong


def test_a_list_that_has_ended_does_not_begin_to_count_again() -> None:
    over = PriceListFacts(None, day(0), day(5))
    assert codes(rules.against_ending(over, ends_on=day(30), today=day(6))) == ["price_list_is_over"]
    assert rules.against_ending(over, ends_on=day(30), today=day(5)) == []


def test_a_list_that_has_begun_is_not_changed_and_not_ended_in_the_past() -> None:
    facts, today = PriceListFacts(None, day(10), None), day(10)
    assert codes(rules.against_changing(facts, today=today)) == ["price_list_has_begun"]
    assert rules.against_changing(facts, today=day(9)) == []
    assert codes(rules.against_ending(facts, ends_on=day(14), today=day(15))) == ["end_has_been"]
    assert codes(rules.against_ending(facts, ends_on=day(9), today=day(5))) == ["ends_before_start"]
    assert codes(rules.against_copying(facts, starts_on=day(15), today=day(15))) == ["copy_begins_too_early"]
    assert rules.against_copying(facts, starts_on=day(16), today=day(15)) == []
    assert rules.against_copying(PriceListFacts(None, day(0), day(5)), starts_on=day(6), today=day(15)) == []


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def care(authority: Authority) -> RegisterEntry:
    return industry(authority)


def industry(authority: Authority, code: str = "vard", name: str = "Vård") -> RegisterEntry:
    return registers.add_entry(
        authority=authority, register=Register.INDUSTRY, code=code, name=name, starts_on=FIRST, by=SYSTEM,
        now=time.now(),
    )  # fmt: skip


def make_list(authority: Authority, provider: Provider | None = None, **given: Any) -> PriceList:
    values: dict[str, Any] = {"name": "Priser", "starts_on": time.today(), "ends_on": None, "prices": {}}
    return services.create_price_list(
        authority=authority, provider=provider, by=SYSTEM, now=time.now(), **(values | given)
    )


@database
def test_the_price_on_a_day_is_the_providers_own_or_everybody_elses(authority: Authority, care: RegisterEntry) -> None:
    own, other = make_provider(authority=authority), make_provider(authority=authority)
    today, week = time.today(), timedelta(days=7)
    other_industry = industry(authority, "bygg", "Bygg")
    make_list(authority, prices={care: Decimal("12.50"), other_industry: Decimal("9")})
    make_list(authority, own, prices={care: Decimal("15.75")}, ends_on=today + week)
    assert price_on(own.pk, care, today) == Decimal("15.75")
    assert price_on(own.pk, care, today + week + timedelta(days=1)) == Decimal("12.50")
    assert price_on(other.pk, care, today) == Decimal("12.50")
    assert price_on(own.pk, other_industry, today) == Decimal("9")
    assert price_on(own.pk, care, today - week) is None


@database
def test_a_list_is_changed_before_it_begins_and_copied_and_ended_after(
    authority: Authority, care: RegisterEntry
) -> None:
    today, tomorrow = time.today(), time.today() + timedelta(days=1)
    coming = make_list(authority, starts_on=tomorrow, prices={care: Decimal("10")})
    step: dict[str, Any] = {"by": SYSTEM, "now": time.now()}
    services.edit_price_list(
        price_list=coming, name="Priser", starts_on=today, ends_on=None, prices={care: Decimal("11")}, **step
    )
    with pytest.raises(Refused, match=r"organisation\.price_list_has_begun"):
        services.edit_price_list(price_list=coming, name="Priser", starts_on=tomorrow, ends_on=None, prices={}, **step)
    copied = services.copy_price_list(price_list=coming, name="Nästa", starts_on=today + timedelta(days=30), **step)
    coming.refresh_from_db()
    assert coming.ends_on == today + timedelta(days=29)
    assert price_on(0, care, today + timedelta(days=30)) == Decimal("11")
    services.end_price_list(price_list=copied, ends_on=today + timedelta(days=60), **step)
    with pytest.raises(Refused, match=r"organisation\.price_lists_overlap"):
        services.end_price_list(price_list=coming, ends_on=today + timedelta(days=40), **step)
    assert [event.verb for event in about(coming)] == ["price_list.created", "price_list.edited", "price_list.ended"]
    edited = about(coming)[1].detail
    assert edited["Vård"] == ["10,00", "11,00"] and edited["starts_on"] == [tomorrow.isoformat(), today.isoformat()]


@database
def test_only_industries_of_the_authority_have_prices(authority: Authority) -> None:
    for entry in (industry(make_authority()), RegisterEntry.objects.filter(authority=authority)[0]):
        with pytest.raises(Refused, match=r"organisation\.entry_of_another_register"):
            make_list(authority, prices={entry: Decimal("1")})
    with pytest.raises(Refused, match=r"organisation\.price_outside_limits"):
        make_list(authority, prices={industry(authority): Decimal("-1")})


@database
def test_the_database_holds_one_list_a_day_too(authority: Authority) -> None:
    make_list(authority)
    with pytest.raises(IntegrityError, match="price_list_does_not_overlap"), transaction.atomic():
        PriceList.objects.create(authority=authority, name="Två", starts_on=time.today())


@pytest.mark.usefixtures("committed")
def test_one_of_many_price_lists_for_the_same_days_is_made() -> None:
    authority = make_authority()
    results = race(lambda number: make_list(authority, starts_on=day(number), ends_on=day(DAYS)))
    assert results == ["organisation.price_lists_overlap"] * (AT_ONCE - 1) + ["won"]


LIST = "/installningar/prislistor/"


@pytest.fixture
def economist(client: Client, authority: Authority) -> User:
    user = make_staff(Role.ECONOMIST, authority=authority)
    client.force_login(user)
    return user


def entered(entry: RegisterEntry, **changes: str) -> dict[str, str]:
    start = (time.today() + timedelta(days=1)).isoformat()
    return {
        "name": "Priser",
        "provider": "",
        "starts_on": start,
        "ends_on": "",
        f"pris_{entry.uuid}": "1 012,5",
    } | changes


@database
def test_the_economist_makes_changes_copies_and_ends_a_list(
    client: Client, economist: User, authority: Authority, care: RegisterEntry
) -> None:
    provider = make_provider(authority=authority)
    answer = client.post(f"{LIST}ny/", entered(care, provider=str(provider.uuid)))
    made = PriceList.objects.get(authority=authority)
    assert answer["location"] == f"{LIST}{made.uuid}/" and made.provider == provider
    assert "1012,50" in client.get(answer["location"]).content.decode().replace("\xa0", "")
    page = client.get(f"{LIST}{made.uuid}/andra/").content.decode()
    assert 'value="1012,50"' in page
    client.post(f"{LIST}{made.uuid}/andra/", entered(care, **{f"pris_{care.uuid}": "14.25"}))
    assert price_on(provider.pk, care, made.starts_on) == Decimal("14.25")
    later = made.starts_on + timedelta(days=90)
    answer = client.post(f"{LIST}{made.uuid}/kopiera/", {"name": "Nästa", "starts_on": later.isoformat()})
    copied = PriceList.objects.get(name="Nästa")
    assert answer["location"] == f"{LIST}{copied.uuid}/andra/"
    client.post(f"{LIST}{copied.uuid}/avsluta/", {"ends_on": later.isoformat()})
    copied.refresh_from_db()
    assert copied.ends_on == later
    assert "Vård: 1012,50 → 14,25" in client.get(f"{LIST}{made.uuid}/").content.decode()


@database
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, economist: User, authority: Authority, care: RegisterEntry
) -> None:
    make_list(authority, name="Priser 2026")
    page = client.post(f"{LIST}ny/", entered(care)).content.decode()
    assert f"en del av tiden: Priser 2026 (från {time.today()})" in page and 'value="1 012,5"' in page
    page = client.post(f"{LIST}ny/", entered(care, **{f"pris_{care.uuid}": "tolv"})).content.decode()
    assert "Skriv priset i kronor" in page and 'value="tolv"' in page
    begun = PriceList.objects.get(authority=authority)
    page = client.get(f"{LIST}{begun.uuid}/andra/").content.decode()
    assert "disabled" in page and "började gälla" in page
    page = client.post(f"{LIST}{begun.uuid}/kopiera/", {"name": "X", "starts_on": time.today().isoformat()})
    assert "Välj en dag efter" in page.content.decode()


@database
def test_the_list_is_short_on_queries_and_hides_what_has_ended(
    client: Client, economist: User, authority: Authority, care: RegisterEntry, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_list(authority, name=f"Gammal {number}", starts_on=day(number), ends_on=day(number))
    provider = make_provider(authority=authority)
    made = make_list(authority, provider, name="Ny", prices={care: Decimal("1")})
    with django_assert_max_num_queries(15):
        page = client.get(LIST).content.decode()
    assert "30 som har slutat gälla visas inte" in page and "Gammal" not in page and provider.name in page
    assert "Gammal 1" in client.get(f"{LIST}?inaktiva=1").content.decode()
    with django_assert_max_num_queries(15):
        client.get(f"{LIST}{made.uuid}/")
    User.objects.filter(pk=economist.pk).update(shows_inactive=True)
    assert "Gammal 1" in client.get(LIST).content.decode()


@database
def test_another_municipalitys_prices_are_not_there(client: Client, economist: User) -> None:
    made = make_list(make_authority())
    assert client.get(f"{LIST}{made.uuid}/").status_code == 404
    assert client.post(f"{LIST}{made.uuid}/avsluta/", {}).status_code == 404
    client.force_login(make_staff(Role.ADMISSIONS_OFFICER))
    assert client.get(LIST).status_code == 403
