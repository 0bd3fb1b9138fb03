"""The registers of a municipality: their rules, what is written, and their pages."""

from dataclasses import replace
from datetime import date, timedelta
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
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.core.wording import labels
from kursvis.organisation.models import Authority, RegisterEntry
from kursvis.organisation.queries import registers as queries
from kursvis.organisation.rules import registers as rules
from kursvis.organisation.rules.first_entries import FIRST_ENTRIES
from kursvis.organisation.rules.registers import MEANINGS, TOLD, EntryFacts, Register
from kursvis.organisation.services import registers as services
from kursvis.organisation.tests.factories import make_authority

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
FORM = EntryFacts(Register.STUDY_FORM, "distans", "Distans", "", "distance", date(2026, 1, 1), None)
database = pytest.mark.django_db


def codes(reasons: list[Any]) -> list[str]:
    return [reason.code.removeprefix("organisation.") for reason in reasons]


def add(authority: Authority, register: Register = Register.INDUSTRY, **given: Any) -> RegisterEntry:
    values: dict[str, Any] = {"code": "vard", "name": "Vård och omsorg", "starts_on": time.today()}
    return services.add_entry(authority=authority, register=register, by=SYSTEM, now=time.now(), **(values | given))


@given(start=DAYS, other_start=DAYS, length=st.integers(0, 400), other_length=st.none() | st.integers(0, 400))
def test_a_study_form_has_one_entry_a_day(start: date, other_start: date, length: int, other_length: int) -> None:
    other_end = None if other_length is None else other_start + timedelta(days=other_length)
    new = replace(FORM, code="ny", starts_on=start, ends_on=start + timedelta(days=length))
    other = replace(FORM, starts_on=other_start, ends_on=other_end)
    days = [start + timedelta(days=number) for number in range(length + 1)]
    shared = any(rules.in_force(other, day=day) for day in days)
    assert codes(rules.against_new_entry(new, others=[other])) == (["meaning_is_taken"] if shared else [])
    reason = {"register": Register.RETURN_REASON, "meaning": "other"}
    assert rules.against_new_entry(replace(new, **reason), others=[replace(other, **reason)]) == []


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"name": " "}, ["entry_needs_code_and_name"]),
        ({"meaning": "evening"}, ["entry_needs_a_meaning"]),
        ({"register": Register.INDUSTRY}, ["entry_needs_a_meaning"]),
        ({"register": Register.CONDITION, "meaning": ""}, ["entry_needs_a_text"]),
        ({"ends_on": date(2025, 12, 31)}, ["ends_before_start"]),
    ],
)
def test_what_is_wrong_with_an_entry(changes: dict[str, Any], refused: list[str]) -> None:
    assert codes(rules.against_entry(replace(FORM, **changes))) == refused


def test_an_end_is_not_in_the_past_and_only_what_has_ended_is_reopened() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert codes(rules.against_ending(FORM, ends_on=yesterday, today=TODAY)) == ["end_has_been"]
    assert rules.against_ending(FORM, ends_on=TODAY, today=TODAY) == []
    assert codes(rules.against_ending(FORM, ends_on=date(2025, 1, 1), today=TODAY)) == ["ends_before_start"]
    assert codes(rules.against_reopening(FORM, others=[])) == ["entry_has_no_end"]
    ended, next_one = replace(FORM, ends_on=yesterday), replace(FORM, code="ny", starts_on=TODAY)
    assert rules.against_reopening(ended, others=[]) == []
    assert codes(rules.against_reopening(ended, others=[next_one])) == ["meaning_is_taken"]


def test_a_code_is_taken_whatever_its_capitals() -> None:
    assert codes(
        rules.against_new_entry(replace(FORM, code="DISTANS"), others=[replace(FORM, meaning="combined")])
    ) == ["entry_code_taken"]


def test_the_first_entries_are_right_and_cover_every_meaning_and_wording() -> None:
    assert [facts for facts in FIRST_ENTRIES if rules.against_entry(facts)] == []
    for number, facts in enumerate(FIRST_ENTRIES):
        same = [other for other in FIRST_ENTRIES[:number] if other.register is facts.register]
        assert rules.against_new_entry(facts, others=same) == []
    for register in (Register.STUDY_FORM, Register.RETURN_REASON):
        assert {facts.meaning for facts in FIRST_ENTRIES if facts.register is register} == set(MEANINGS[register])
    begun = {facts.register for facts in FIRST_ENTRIES}
    assert begun == set(Register) - {Register.INDUSTRY, Register.ECONOMY_MARK}
    assert {meaning for meanings in MEANINGS.values() for meaning in meanings} == set(labels()["meaning"])
    assert set(labels()["register_about"]) == set(labels()["register"]) == {register.value for register in Register}


@database
def test_a_new_authority_can_choose_from_the_first_day() -> None:
    authority = make_authority()
    choices = {register: queries.choices_for(authority.pk, register, time.today()) for register in Register}
    assert dict(choices[Register.STUDY_FORM])["classroom"] == "Klassrum"
    assert len(choices[Register.STUDY_FORM]) == len(choices[Register.RETURN_REASON]) == 5
    assert choices[Register.CONDITION] == [("underliggande", "Om godkänd på underliggande kurs, annars avslag")]
    assert choices[Register.INDUSTRY] == []
    assert [event.verb for event in about(authority)] == ["authority.created", "registers.begun"]
    assert queries.choices_for(make_authority().pk, Register.STUDY_FORM, date(1999, 12, 31)) == []


@database
def test_an_entry_is_added_edited_ended_and_reopened_with_an_event_each() -> None:
    authority = make_authority()
    entry = add(authority)
    step: dict[str, Any] = {"entry": entry, "by": SYSTEM, "now": time.now()}
    services.edit_entry(**step, name="Vård")
    services.edit_entry(**step, name="Vård")
    services.end_entry(**step, ends_on=time.today())
    tomorrow = time.today() + timedelta(days=1)
    assert queries.choices_for(authority.pk, Register.INDUSTRY, time.today()) == [("vard", "Vård")]
    assert queries.choices_for(authority.pk, Register.INDUSTRY, tomorrow) == []
    assert queries.names_of([authority.pk], Register.INDUSTRY) == {(authority.pk, "vard"): "Vård"}
    services.reopen_entry(**step)
    assert queries.chosen(authority.pk, Register.INDUSTRY, "vard", tomorrow) == entry
    events = [(event.verb, event.detail) for event in about(entry)]
    assert [verb.removeprefix("register_entry.") for verb, _detail in events] == [
        "added",
        "edited",
        "ended",
        "reopened",
    ]
    assert events[1][1]["name"] == ["Vård och omsorg", "Vård"]
    assert events[2][1]["ends_on"] == [None, time.today().isoformat()]


@database
def test_a_later_end_does_not_reach_into_the_days_of_what_has_taken_over() -> None:
    authority = make_authority()
    entry = queries.in_force(authority.pk, Register.STUDY_FORM, on=time.today()).filter(meaning="distance")[0]
    step: dict[str, Any] = {"entry": entry, "by": SYSTEM, "now": time.now()}
    services.end_entry(**step, ends_on=time.today())
    tomorrow = time.today() + timedelta(days=1)
    add(authority, Register.STUDY_FORM, code="ny", name="Ny", meaning="distance", starts_on=tomorrow)
    with pytest.raises(Refused, match=r"organisation\.meaning_is_taken"):
        services.end_entry(**step, ends_on=tomorrow)


@database
def test_the_service_refuses_what_the_rules_refuse_and_the_database_too() -> None:
    authority = make_authority()
    taken: dict[str, Any] = {"code": "fjarr", "name": "Fjärr", "meaning": "distance"}
    with pytest.raises(Refused, match=r"organisation\.meaning_is_taken"):
        add(authority, Register.STUDY_FORM, **taken)
    with pytest.raises(Refused, match=r"organisation\.entry_needs_a_text"):
        add(authority, Register.REFUSAL_REASON)
    with pytest.raises(IntegrityError, match="study_form_entries_do_not_overlap"), transaction.atomic():
        RegisterEntry.objects.create(authority=authority, register="study_form", starts_on=TODAY, **taken)
    for register in sorted(TOLD):
        entry = queries.entries(authority.pk, register).first()
        assert entry is not None
        with pytest.raises(Refused, match=r"organisation\.entry_needs_a_text"):
            services.edit_entry(entry=entry, name="Nytt namn", text=" ", by=SYSTEM, now=time.now())


@pytest.mark.usefixtures("committed")
def test_one_of_many_takes_a_code() -> None:
    authority = make_authority()
    assert race(lambda _: add(authority)) == ["organisation.entry_code_taken"] * (AT_ONCE - 1) + ["won"]


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def administrator(client: Client, authority: Authority) -> User:
    user = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    client.force_login(user)
    return user


LIST = "/installningar/register/"


@database
def test_the_pages_list_add_edit_end_and_reopen(client: Client, administrator: User, authority: Authority) -> None:
    typed = {"code": "bygg", "name": "Bygg", "text": "", "starts_on": "2026-01-01"}
    answer = client.post(f"{LIST}ny/?register=industry", typed)
    entry = RegisterEntry.objects.get(authority=authority, code="bygg")
    assert answer["location"] == f"{LIST}?register=industry&kommun={authority.uuid}"
    assert "Bygg" in client.get(answer["location"]).content.decode()
    client.post(f"{LIST}{entry.uuid}/", {"name": "Bygg och anläggning", "text": "", "code": "annan"})
    client.post(f"{LIST}{entry.uuid}/avsluta/", {"ends_on": time.today().isoformat()})
    entry.refresh_from_db()
    assert (entry.name, entry.code, entry.ends_on) == ("Bygg och anläggning", "bygg", time.today())
    page = client.get(f"{LIST}{entry.uuid}/").content.decode()
    assert "namn: Bygg → Bygg och anläggning" in page and "Ta tillbaka slutet" in page
    client.post(f"{LIST}{entry.uuid}/ta-tillbaka/")
    entry.refresh_from_db()
    assert entry.ends_on is None


@database
def test_what_is_wrong_is_said_in_the_form_and_what_was_typed_stays(
    client: Client, administrator: User, authority: Authority
) -> None:
    typed = {"code": "fjarr", "name": "Fjärrstudier", "meaning": "distance", "starts_on": time.today().isoformat()}
    page = client.post(f"{LIST}ny/?register=study_form", typed).content.decode()
    assert "Distans står redan för samma sak" in page and 'value="Fjärrstudier"' in page
    entry = queries.entries(authority.pk, Register.STUDY_FORM).first()
    assert entry is not None
    page = client.post(f"{LIST}{entry.uuid}/avsluta/", {"ends_on": "2020-01-01"}).content.decode()
    assert "Sista dagen kan vara i dag" in page and 'value="2020-01-01"' in page


@database
def test_what_has_ended_is_counted_and_shown_with_visa_inaktiva(
    client: Client, administrator: User, authority: Authority, django_assert_max_num_queries: Any
) -> None:
    yesterday = time.today() - timedelta(days=1)
    for number in range(60):
        add(authority, code=f"gammal{number}", name=f"Gammal {number}", starts_on=yesterday, ends_on=yesterday)
    add(authority, code="ny", name="Ny bransch")
    with django_assert_max_num_queries(15):
        page = client.get(f"{LIST}?register=industry").content.decode()
    assert "60 som har slutat gälla visas inte" in page and "Gammal" not in page and "Ny bransch" in page
    assert 'href="?register=industry&amp;inaktiva=1">Visa dem här</a>' in page
    page = client.get(f"{LIST}?register=industry&inaktiva=1").content.decode()
    assert "visas inte" not in page and "Gammal 1" in page
    User.objects.filter(pk=administrator.pk).update(shows_inactive=True)
    page = client.get(f"{LIST}?register=industry").content.decode()
    assert "visas inte" not in page and "Gammal 1" in page and "Har slutat gälla" in page


@database
def test_an_economist_reads_industries_and_marks_and_changes_nothing(client: Client, authority: Authority) -> None:
    entry = add(authority)
    client.force_login(make_staff(Role.ECONOMIST, authority=authority))
    page = client.get(LIST).content.decode()
    assert "Vård och omsorg" in page and "Ekonomimärken" in page and "Studieformer" not in page
    assert "Ny post" not in page and str(entry.uuid) not in page
    assert "Distans" not in client.get(f"{LIST}?register=study_form").content.decode()
    assert client.get(f"{LIST}{entry.uuid}/").status_code == client.get(f"{LIST}ny/").status_code == 403


@database
def test_another_municipalitys_register_is_not_there(client: Client, administrator: User) -> None:
    other = make_authority()
    entry = add(other)
    for address in (f"{LIST}?kommun={other.uuid}", f"{LIST}ny/?kommun={other.uuid}", f"{LIST}{entry.uuid}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{LIST}{entry.uuid}/avsluta/", {"ends_on": "2030-01-01"}).status_code == 404


@database
def test_who_works_for_two_municipalities_chooses(client: Client, administrator: User, authority: Authority) -> None:
    from kursvis.accounts import services as accounts

    other = make_authority()
    accounts.assign(
        user=administrator, role=Role.SYSTEM_ADMINISTRATOR, authority=other, school=None,
        starts_on=date(2020, 1, 1), ends_on=None, by=SYSTEM, now=time.now(),
    )  # fmt: skip
    add(other, code="tra", name="Trä")
    page = client.get(f"{LIST}?register=industry&kommun={other.uuid}").content.decode()
    assert "Trä" in page and authority.name in page and 'aria-current="true"' in page
