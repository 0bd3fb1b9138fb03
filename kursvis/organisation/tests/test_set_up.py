"""*Inställningar*: authority, providers, schools and agreements in the browser."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services as accounts
from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.queries import about
from kursvis.core import time
from kursvis.organisation.models import Agreement, Authority, Provider, School
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_authority, make_provider, make_school

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def authority() -> Authority:
    return make_authority(name="Mälarviks kommun")


@pytest.fixture
def administrator(authority: Authority) -> User:
    return make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)


@pytest.fixture
def browser(administrator: User) -> Client:
    return as_user(administrator)


def address(name: str, row: Any = None) -> str:
    return reverse(f"organisation:{name}", args=[row.uuid] if row else [])


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def school_as_typed(provider: Provider, **changes: str) -> dict[str, str]:
    return {
        "provider": str(provider.uuid),
        "name": "Björkskolan",
        "unit_code": "99999901",
        "prefix": "BJO",
        "street": "Skolgatan 4",
        "postal_code": "99010",
        "locality": "Mälarvik",
        "email": "expedition@bjork.example",
        "phone": "",
    } | changes


def test_a_municipality_is_entered_from_nothing(browser: Client, authority: Authority) -> None:
    assert "Lägg först in en anordnare" in text_of(browser.get(address("list_schools")))
    typed = {"authority": str(authority.uuid), "name": "Mälarvik", "organisation_number": "2199000015", "kind": "own"}
    assert browser.post(address("add_provider"), typed).status_code == 302
    provider = Provider.objects.get()
    assert provider.organisation_number == "219900-0015" and provider.authority == authority
    assert "Lägg in skolan och sedan dess avtal" in text_of(browser.get(address("list_schools")))
    assert browser.post(address("add_school"), school_as_typed(provider)).status_code == 302
    school = School.objects.get()
    assert (school.prefix, school.postal_code, school.authority) == ("bjo", "990 10", authority)
    assert "Skolan har inget avtal" in text_of(browser.get(address("show_school", school)))
    today = time.today()
    dates = {"kind": "ordinary", "starts_on": today.isoformat(), "ends_on": ""}
    assert browser.post(address("add_agreement", school), dates).status_code == 302
    assert "Avtal gäller" in text_of(browser.get(address("list_schools")))
    shown = text_of(browser.get(address("show_school", school)))
    assert "Avtal inlagt" in shown and "tills vidare" in shown and f"gäller från: {today}" in shown


def test_what_is_typed_wrong_is_said_and_stays(browser: Client, authority: Authority) -> None:
    provider = make_provider(authority=authority)
    taken = make_school(provider=provider, prefix="bjo", unit_code="99999901")
    typed = school_as_typed(provider)
    page = text_of(browser.post(address("add_school"), typed))
    assert "En annan skola har redan skolenhetskoden 99999901." in page
    assert "En annan skola har redan prefixet bjo." in page and 'value="Skolgatan 4"' in page
    wrong = school_as_typed(provider, unit_code="123", prefix="b1", postal_code="9901", email="ingen")
    page = text_of(browser.post(address("add_school"), wrong))
    for said in ("åtta siffror", "två till sex bokstäver", "fem siffror", 'value="ingen"'):
        assert said in page
    number = {"authority": str(authority.uuid), "name": "X AB", "organisation_number": "559900-0010", "kind": "own"}
    assert "kontrollsiffra" in text_of(browser.post(address("add_provider"), number))
    number["organisation_number"] = provider.organisation_number
    assert "redan en anordnare" in text_of(browser.post(address("add_provider"), number))
    assert list(School.objects.all()) == [taken] and Provider.objects.count() == 1


def test_the_authority_is_changed_and_the_page_tells_what_stood_before(browser: Client, authority: Authority) -> None:
    typed = {
        "name": "Mälarviks kommun",
        "adult_education_name": "Vux Mälarvik",
        "email": "vux@malarvik.example",
        "phone": "099-1",
        "catalogue_address": "Vux\r\n990 80 Mälarvik",
        "prefix": "mal",
    }
    assert browser.post(address("edit_authority", authority), typed).status_code == 302
    authority.refresh_from_db()
    assert (authority.adult_education_name, authority.catalogue_address) == ("Vux Mälarvik", "Vux\n990 80 Mälarvik")
    event = about(authority).get(verb="authority.edited")
    assert event.detail["email"] == ["vux@example.org", "vux@malarvik.example"] and "name" not in event.detail
    page = text_of(browser.get(address("list_authorities")))
    assert "e-post: vux@example.org → vux@malarvik.example" in page and "Amina Lindqvist" in page
    assert browser.post(address("edit_authority", authority), typed).status_code == 302
    assert about(authority).filter(verb="authority.edited").count() == 1  # nothing new, nothing in the log
    make_authority(name="Granhults kommun")
    taken = typed | {"name": "Granhults kommun", "prefix": "m"}
    page = text_of(browser.post(address("edit_authority", authority), taken))
    assert "Det finns redan en kommun som heter Granhults kommun." in page and "två till sex bokstäver" in page


def test_a_school_and_a_provider_are_changed_with_old_and_new_in_the_log(browser: Client, authority: Authority) -> None:
    school, other = make_school(authority=authority), make_provider(authority=authority, name="Norr AB")
    typed = school_as_typed(other, name=school.name, unit_code=school.unit_code, prefix="nor")
    assert browser.post(address("edit_school", school), typed).status_code == 302
    event = about(school).get(verb="school.edited")
    assert event.detail["provider"] == [school.provider.name, "Norr AB"]
    assert event.detail["prefix"] == [school.prefix, "nor"] and "name" not in event.detail
    changed = {"name": "Norr ek. för.", "organisation_number": other.organisation_number, "kind": "contracted"}
    assert browser.post(address("edit_provider", other), changed).status_code == 302
    page = text_of(browser.get(address("edit_provider", other)))
    assert "namn: Norr AB → Norr ek. för." in page and "slag: kommunens egen → på entreprenad" in page


def test_a_school_never_moves_to_another_municipalitys_provider(browser: Client, authority: Authority) -> None:
    school, foreign = make_school(authority=authority), make_provider(authority=make_authority())
    typed = school_as_typed(foreign, unit_code=school.unit_code, prefix=school.prefix)
    assert browser.post(address("edit_school", school), typed).status_code == 200
    assert browser.post(address("add_school"), school_as_typed(foreign)).status_code == 200
    school.refresh_from_db()
    assert school.provider != foreign and School.objects.count() == 1


class TestAgreements:
    def test_the_effect_is_said_first_and_kind_and_first_day_stand_once_it_has_begun(
        self, browser: Client, authority: Authority
    ) -> None:
        school = make_school(authority=authority)
        agreement = school.agreements.get()
        page = text_of(browser.get(address("change_agreement", agreement)))
        assert "ingen ny placeras" in page and "får gå klart och få betyg" in page
        assert "Slag och första dag ändras inte längre" in page and "Ta bort avtalet" not in page
        last = time.today() + timedelta(days=30)
        typed = {"kind": "temporary", "starts_on": "2026-12-24", "ends_on": last.isoformat()}
        assert browser.post(address("change_agreement", agreement), typed).status_code == 302
        old = (agreement.kind, agreement.starts_on)
        agreement.refresh_from_db()
        assert (agreement.kind, agreement.starts_on, agreement.ends_on) == (*old, last)
        past = typed | {"ends_on": (time.today() - timedelta(days=1)).isoformat()}
        page = text_of(browser.post(address("change_agreement", agreement), past))
        assert "eller senare" in page and past["ends_on"] in page

    def test_overlap_is_told_in_words(self, browser: Client, authority: Authority) -> None:
        school = make_school(authority=authority)
        typed = {"kind": "ordinary", "starts_on": time.today().isoformat(), "ends_on": ""}
        page = text_of(browser.post(address("add_agreement", school), typed))
        assert "tills vidare. Sätt en sista dag på det först." in page
        typed = {"kind": "temporary", "starts_on": time.today().isoformat(), "ends_on": ""}
        assert "behöver en sista dag" in text_of(browser.post(address("add_agreement", school), typed))
        assert school.agreements.count() == 1

    def test_one_that_has_not_begun_is_taken_away(self, browser: Client, authority: Authority) -> None:
        school = make_school(authority=authority, agreement=None)
        tomorrow = time.today() + timedelta(days=1)
        agreement = make_agreement(school=school, kind=AgreementKind.ORDINARY, starts_on=tomorrow)
        assert "Ta bort avtalet" in text_of(browser.get(address("change_agreement", agreement)))
        assert browser.post(address("remove_agreement", agreement)).status_code == 302
        assert "Avtal borttaget" in text_of(browser.get(address("show_school", school)))
        assert browser.get(address("change_agreement", agreement)).status_code == 404

    def test_one_that_has_begun_is_not(self, browser: Client, authority: Authority) -> None:
        agreement = make_school(authority=authority).agreements.get()
        assert browser.post(address("remove_agreement", agreement)).status_code == 409
        assert Agreement.objects.filter(pk=agreement.pk).exists()


def test_inactive_schools_are_counted_and_shown_when_asked_for(
    browser: Client, authority: Authority, administrator: User
) -> None:
    make_school(authority=authority, name="Almskolan")
    ended = make_school(authority=authority, name="Strandskolan", agreement=None)
    make_agreement(school=ended, kind=AgreementKind.ORDINARY, ends_on=date(2021, 1, 1))
    for name, said in (("list_schools", "1 inaktiv visas inte"), ("list_agreements", "1 inaktiv visas inte")):
        page = text_of(browser.get(address(name)))
        assert said in page and "Almskolan" in page and "Strandskolan" not in page
        assert "Strandskolan" in text_of(browser.get(address(name) + "?inaktiva=1"))
    User.objects.filter(pk=administrator.pk).update(shows_inactive=True)
    page = text_of(browser.get(address("list_schools")))
    assert "Strandskolan" in page and "Avtal slut" in page and "visas inte" not in page
    assert "tagit slut" in text_of(browser.get(address("change_agreement", ended.agreements.get())))


def test_schools_stand_in_swedish_order(browser: Client, authority: Authority) -> None:
    for name in ("Ö-skolan", "Zenit", "Åsskolan", "Almskolan", "Älvskolan"):
        make_school(authority=authority, name=name)
    page = text_of(browser.get(address("list_schools")))
    places = [page.index(f">{name}<") for name in ("Almskolan", "Zenit", "Åsskolan", "Älvskolan", "Ö-skolan")]
    assert places == sorted(places)


PAGES: list[tuple[str, Callable[[School], Any]]] = [
    ("list_authorities", lambda school: None),
    ("show_authority", lambda school: school.authority),
    ("edit_authority", lambda school: school.authority),
    ("list_providers", lambda school: None),
    ("add_provider", lambda school: None),
    ("edit_provider", lambda school: school.provider),
    ("list_schools", lambda school: None),
    ("add_school", lambda school: None),
    ("show_school", lambda school: school),
    ("edit_school", lambda school: school),
    ("add_agreement", lambda school: school),
    ("list_agreements", lambda school: None),
    ("change_agreement", lambda school: school.agreements.get()),
]


@pytest.mark.parametrize("name, row_of", PAGES)
def test_a_page_asks_few_questions_however_many_rows_it_shows(
    browser: Client, authority: Authority, django_assert_max_num_queries: Any, name: str, row_of: Any
) -> None:
    schools = [make_school(authority=authority) for _ in range(12)]
    url = address(name, row_of(schools[0]))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get(url).status_code == 200


@pytest.mark.parametrize("name, row_of", PAGES)
def test_others_and_other_municipalities_are_kept_out(
    browser: Client, authority: Authority, name: str, row_of: Any
) -> None:
    foreign = make_school()
    row = row_of(foreign)
    if row is not None:
        assert browser.get(address(name, row)).status_code == 404
    else:
        assert foreign.name not in text_of(browser.get(address(name)))
    officer = as_user(make_staff(Role.ADMISSIONS_OFFICER, authority=foreign.authority))
    assert officer.get(address(name, row)).status_code == 403


def test_who_sets_two_municipalities_up_chooses_one(authority: Authority) -> None:
    second = make_authority(name="Granhults kommun")
    user = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    accounts.assign(
        user=user,
        role=Role.SYSTEM_ADMINISTRATOR,
        authority=second,
        school=None,
        starts_on=date(2020, 1, 1),
        by=SYSTEM,
        now=time.now(),
    )
    browser = as_user(user)
    page = text_of(browser.get(address("list_authorities")))
    assert page.index(">Granhults kommun<") < page.index(">Mälarviks kommun</a>")
    assert "Kommun" in text_of(browser.get(address("add_provider")))
    make_school(authority=second)
    assert "Granhults kommun" in text_of(browser.get(address("list_providers")))
    assert browser.get(address("show_school", make_school(authority=authority))).status_code == 200
    assert browser.get(reverse("organisation:show_school", args=[uuid4()])).status_code == 404
