"""Deadlines and limits: what counts on a day, and the page where a municipality decides."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.queries import about
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.wording import labels
from kursvis.organisation.models import Authority, SettingValue
from kursvis.organisation.queries.settings import settings_of, settings_on_page
from kursvis.organisation.rules import settings as rules
from kursvis.organisation.rules.settings import DEFAULTS, KINDS, Setting, Unit
from kursvis.organisation.services import settings as services
from kursvis.organisation.tests.factories import make_authority

FIRST = date(2026, 1, 1)
database = pytest.mark.django_db
ROWS = st.lists(
    st.tuples(st.sampled_from(list(Setting)), st.integers(1, 90), st.integers(0, 40)), unique_by=lambda r: (r[0], r[2])
)


@given(rows=ROWS, number=st.integers(-1, 41))
def test_the_latest_value_that_has_begun_counts(rows: list[tuple[Setting, int, int]], number: int) -> None:
    stored = [(setting, value, FIRST + timedelta(days=first)) for setting, value, first in rows]
    values = rules.values_on(stored, day=FIRST + timedelta(days=number))
    for setting in Setting:
        begun = [(first, value) for which, value, first in rows if which is setting and first <= number]
        assert values[setting] == (max(begun)[1] if begun else DEFAULTS[setting])


@given(day=st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_a_day_of_the_year_is_read_as_it_is_written(day: date) -> None:
    value = rules.read_day_of_year(day.strftime("%m-%d"))
    assert rules.against_value(Setting.CATALOGUE_LAST_DAY, value) == []
    assert rules.written(Setting.CATALOGUE_LAST_DAY, value) == day.strftime("%m-%d")
    assert rules.day_of_year(value, year=2024) == day


@pytest.mark.parametrize("typed", ["", "juni", "0616", "13-01", "02-30", "6-", "-16", "06-160", "06-16-2"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    assert rules.against_value(Setting.CATALOGUE_LAST_DAY, rules.read_day_of_year(typed))


@given(setting=st.sampled_from([s for s in Setting if KINDS[s].unit is not Unit.DAY_OF_YEAR]), value=st.integers())
def test_a_value_has_limits_and_the_first_is_within(setting: Setting, value: int) -> None:
    kind = KINDS[setting]
    assert bool(rules.against_value(setting, value)) is not (kind.least <= value <= kind.most)
    assert rules.against_value(setting, kind.default) == []


def test_every_setting_says_what_it_is() -> None:
    every = {setting.value for setting in Setting}
    assert set(labels()["setting"]) == set(labels()["setting_about"]) == every


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def set_value(authority: Authority, value: int, starts_on: date, setting: Setting = Setting.CALL_DAYS) -> SettingValue:
    return services.set_value(
        authority=authority, setting=setting, value=value, starts_on=starts_on, by=SYSTEM, now=time.now()
    )


@database
def test_a_value_counts_from_its_day_and_what_was_before_is_in_the_log(authority: Authority) -> None:
    today = time.today()
    row = set_value(authority, 21, today + timedelta(days=10))
    assert set_value(authority, 28, today + timedelta(days=10)).pk == row.pk
    assert settings_of(authority.pk, on=today)[Setting.CALL_DAYS] == 14
    assert settings_of(authority.pk, on=today + timedelta(days=10))[Setting.CALL_DAYS] == 28
    assert settings_of(make_authority().pk, on=today + timedelta(days=10))[Setting.CALL_DAYS] == 14
    assert [event.detail["value"] for event in about(row)] == [[14, 21], [21, 28]]


@database
def test_what_has_been_is_neither_changed_nor_taken_back(authority: Authority) -> None:
    today = time.today()
    with pytest.raises(Refused, match=r"organisation\.setting_in_the_past"):
        set_value(authority, 21, today - timedelta(days=1))
    with pytest.raises(Refused, match=r"organisation\.setting_outside_limits"):
        set_value(authority, 0, today)
    begun, coming = set_value(authority, 21, today), set_value(authority, 30, today + timedelta(days=1))
    with pytest.raises(Refused, match=r"organisation\.setting_has_begun"):
        services.take_back_value(row=begun, by=SYSTEM, now=time.now())
    services.take_back_value(row=coming, by=SYSTEM, now=time.now())
    assert settings_of(authority.pk, on=today + timedelta(days=1))[Setting.CALL_DAYS] == 21


@database
def test_the_page_knows_what_is_what_comes_and_what_has_been(authority: Authority) -> None:
    today = time.today()
    set_value(authority, 20, today)
    set_value(authority, 25, today + timedelta(days=5))
    found = {row.setting: row for row in settings_on_page(authority.pk, today=today + timedelta(days=2))}
    call, other = found[Setting.CALL_DAYS], found[Setting.CATALOGUE_LAST_DAY]
    assert (call.now.value, [v.value for v in call.coming], [v.value for v in call.past]) == ("20", ["25"], ["14"])
    assert (other.now.value, other.now.starts_on, other.coming, other.past) == ("06-16", None, [], [])
    assert call.now.who == "Kursvis"


PAGE = "/installningar/tider/"


@database
def test_the_municipality_decides_in_the_browser(
    client: Client, authority: Authority, django_assert_max_num_queries: Any
) -> None:
    client.force_login(make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority))
    later = time.today() + timedelta(days=40)
    client.post(f"{PAGE}nytt/?vad=catalogue_last_day", {"value": "06-10", "starts_on": later.isoformat()})
    client.post(f"{PAGE}nytt/?vad=failed_attempts", {"value": "7", "starts_on": time.today().isoformat()})
    assert settings_of(authority.pk, on=later)[Setting.CATALOGUE_LAST_DAY] == 610
    assert settings_of(authority.pk, on=time.today())[Setting.FAILED_ATTEMPTS] == 7
    with django_assert_max_num_queries(15):
        page = client.get(PAGE).content.decode()
    assert "06-16" in page and "06-10" in page and "7 försök" in page and later.isoformat() in page
    coming = SettingValue.objects.get(setting="catalogue_last_day")
    assert "06-10" in client.get(f"{PAGE}nytt/?vad=catalogue_last_day").content.decode()
    client.post(f"{PAGE}{coming.uuid}/ta-tillbaka/")
    assert not SettingValue.objects.filter(pk=coming.pk).exists()


@database
@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("catalogue_last_day", "16 juni", "Skriv MM-DD"),
        ("call_days", "fjorton", "Skriv ett heltal"),
        ("call_days", "91", "Värdet ska vara mellan 1 och 90"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, authority: Authority, setting: str, value: str, said: str
) -> None:
    client.force_login(make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority))
    page = client.post(f"{PAGE}nytt/?vad={setting}", {"value": value, "starts_on": "2030-01-01"}).content.decode()
    assert said in page and f'value="{value}"' in page
    past = client.post(f"{PAGE}nytt/?vad=call_days", {"value": "20", "starts_on": "2020-01-01"}).content.decode()
    assert "Det som har varit ändras inte" in past


@database
def test_only_who_decides_for_the_municipality_comes_here(client: Client, authority: Authority) -> None:
    row = set_value(authority, 20, time.today() + timedelta(days=1))
    client.force_login(make_staff(Role.SYSTEM_ADMINISTRATOR))
    assert client.post(f"{PAGE}{row.uuid}/ta-tillbaka/").status_code == 404
    client.force_login(make_staff(Role.ECONOMIST, authority=authority))
    assert client.get(PAGE).status_code == 403
