from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from kursvis.access.actors import NOBODY, SYSTEM, Held, Person
from kursvis.access.rules import Permission, Role
from kursvis.audit import services as audit
from kursvis.core import time
from kursvis.organisation import queries
from kursvis.organisation.models import Agreement, Authority, Provider, School
from kursvis.organisation.queries.history import history
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_authority, make_school

pytestmark = pytest.mark.django_db


def person(role: Role, authority_id: int, school_id: int | None = None) -> Person:
    return Person(user_id=1, name="Amina Lindqvist", held=(Held(role, authority_id, school_id),))


def test_a_school_role_reaches_its_school_and_a_municipal_one_every_school_of_the_authority() -> None:
    authority = make_authority()
    own, sister = make_school(authority=authority, name="Ö-skolan"), make_school(authority=authority, name="Almskolan")
    make_school()
    at_school = person(Role.SCHOOL_ADMINISTRATOR, authority.pk, own.pk)
    at_authority = person(Role.ADMISSIONS_OFFICER, authority.pk)
    assert list(queries.schools_where(at_school, Permission.EDIT_OFFER)) == [own]
    assert list(queries.schools_where(at_authority, Permission.PUBLISH_OFFER)) == [sister, own]  # å ä ö last
    assert list(queries.schools_where(at_authority, Permission.EDIT_OFFER)) == []
    assert list(queries.schools_where(NOBODY, Permission.SEE_OFFER)) == []
    assert list(queries.authorities_where(at_authority, Permission.EDIT_ROUNDS)) == [authority]
    assert list(queries.authorities_where(at_school, Permission.SEE_OFFER)) == []


TODAY = date(2026, 11, 23)


def school_with(authority: Authority, name: str, *agreements: tuple[date, date | None]) -> School:
    school = make_school(authority=authority, name=name, agreement=None)
    for first, last in agreements:
        make_agreement(school=school, kind=AgreementKind.ORDINARY, starts_on=first, ends_on=last)
    return school


def test_pickers_leave_out_schools_whose_every_agreement_has_ended_unless_they_are_asked_for_or_ones_own() -> None:
    authority = make_authority()
    without = school_with(authority, "Avenboken")
    ended = school_with(
        authority, "Björken", (date(2024, 1, 1), date(2025, 1, 1)), (date(2026, 1, 1), date(2026, 11, 22))
    )
    last_day = school_with(authority, "Cedern", (date(2024, 1, 1), TODAY))
    coming = school_with(authority, "Eken", (date(2024, 1, 1), date(2025, 1, 1)), (date(2026, 11, 24), None))
    shown = [without, last_day, coming]
    assert list(queries.active_schools(School.objects.order_by("name_key"), today=TODAY)) == shown
    officer = person(Role.ADMISSIONS_OFFICER, authority.pk)
    assert list(queries.schools_for_picker(officer, Permission.SEE_OFFER, today=TODAY)) == shown
    assert queries.count_hidden(officer, Permission.SEE_OFFER, today=TODAY) == 1
    curious = replace(officer, shows_inactive=True)
    assert ended in queries.schools_for_picker(curious, Permission.SEE_OFFER, today=TODAY)
    assert queries.count_hidden(curious, Permission.SEE_OFFER, today=TODAY) == 0
    at_ended = person(Role.SCHOOL_ADMINISTRATOR, authority.pk, ended.pk)
    assert list(queries.schools_for_picker(at_ended, Permission.SEE_OFFER, today=TODAY)) == [ended]
    assert queries.count_hidden(at_ended, Permission.SEE_OFFER, today=TODAY) == 0


def test_agreements_come_as_facts_and_are_never_two_on_one_day() -> None:
    school = make_school(agreement=None)
    make_agreement(school=school, kind=AgreementKind.TEMPORARY, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    assert [a.kind for a in queries.agreements_of(school)] == [AgreementKind.TEMPORARY]
    with pytest.raises(IntegrityError, match="agreement_does_not_overlap"), transaction.atomic():
        Agreement.objects.create(school=school, kind=AgreementKind.ORDINARY.value, starts_on=date(2026, 12, 31))
    make_agreement(school=school, kind=AgreementKind.ORDINARY, starts_on=date(2027, 1, 1))
    assert len(queries.agreements_of(school)) == 2


@pytest.mark.parametrize(
    "field, wrong, constraint",
    [
        ("unit_code", "01234567", "school_unit_code_is_8_digits"),
        ("unit_code", "1234567", "school_unit_code_is_8_digits"),
        ("unit_code", "A2345678", "school_unit_code_is_8_digits"),
        ("prefix", "b", "school_prefix_is_2_to_6_letters"),
        ("prefix", "bjö", "school_prefix_is_2_to_6_letters"),
        ("prefix", "BJO", "school_prefix_is_2_to_6_letters"),
        ("prefix", "bj1", "school_prefix_is_2_to_6_letters"),
    ],
)
def test_what_has_a_form_has_it_in_the_database_too(field: str, wrong: str, constraint: str) -> None:
    school = make_school()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        School.objects.filter(pk=school.pk).update(**{field: wrong})


@pytest.mark.parametrize("model", [Authority, Provider])
def test_an_organisation_number_has_its_form_in_the_database_too(model: type[Authority] | type[Provider]) -> None:
    make_school()
    with pytest.raises(IntegrityError, match="has_organisation_number"), transaction.atomic():
        model.objects.update(organisation_number="5599000014")


def test_a_temporary_agreement_has_an_end() -> None:
    school = make_school(agreement=None)
    with pytest.raises(IntegrityError, match="temporary_agreement_has_an_end"), transaction.atomic():
        Agreement.objects.create(school=school, kind=AgreementKind.TEMPORARY.value, starts_on=date(2026, 1, 1))


def test_the_history_of_a_municipality_is_its_set_up_not_the_searches_of_its_staff() -> None:
    authority, now = make_authority(), time.now()
    for verb in ("authority.edited", "student.searched"):
        audit.record(verb=verb, by=SYSTEM, subject=authority, authority_id=authority.pk, now=now, text="words")
    told = [event.text for event in history(authority)]
    assert told[0] == "Ändrad" and not any("student" in text for text in told)
