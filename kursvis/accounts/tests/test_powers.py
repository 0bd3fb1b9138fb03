"""R10: what may be done, where, and the reason for each no."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM, Held, Person
from kursvis.access.rules import SCHOOL_ROLES, Permission, Role
from kursvis.accounts import services
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.rules.powers import Power, RoleFacts, against_account, powers_of
from kursvis.accounts.tests.factories import make_staff, make_user
from kursvis.core import time
from kursvis.core.wording import sentence
from kursvis.organisation.models import Agreement
from kursvis.organisation.rules import AgreementFacts, AgreementKind
from kursvis.organisation.tests.factories import make_authority, make_school

TODAY = date(2026, 11, 23)
P, A = Permission, AssignmentStatus
_DAYS = st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))


@st.composite
def _roles(draw: Any) -> RoleFacts:
    role = draw(st.sampled_from(list(Role)))
    authority_id = draw(st.sampled_from((1, 2)))
    school_id = authority_id * 10 + draw(st.sampled_from((0, 1))) if role in SCHOOL_ROLES else None
    return RoleFacts(
        role=role,
        status=draw(st.sampled_from(list(AssignmentStatus))),
        unit=f"Enhet {authority_id}-{school_id}",
        authority_id=authority_id,
        school_id=school_id,
        starts_on=draw(_DAYS),
        ends_on=draw(st.none() | _DAYS),
    )


def _person(roles: list[RoleFacts]) -> Person:
    held = [Held(f.role, f.authority_id, f.school_id, f.unit) for f in roles if f.counts(TODAY)]
    return Person(user_id=1, name="X", held=tuple(held))


def _holds_at(person: Person, permission: Permission, place: tuple[int, int | None]) -> bool:
    authority_id, school_id = place
    if school_id is None:
        return authority_id in person.authorities(permission)
    return school_id in person.schools(permission)


@given(st.lists(_roles(), max_size=6))
def test_each_permission_is_held_or_has_a_reason_and_is_held_where_the_actor_holds_it(roles: list[RoleFacts]) -> None:
    person = _person(roles)
    found = powers_of(roles, agreements={}, today=TODAY)
    assert [power.permission for power in found] == list(Permission)
    for power in found:
        assert bool(power.units) == person.holds(power.permission)
        assert power.units or power.against
        for place in {role.place for role in roles}:
            assert (place in power.units) == _holds_at(person, power.permission, place)
        for reason in [*power.against, *(why for _unit, why in power.limits)]:
            assert sentence(reason)


@given(st.lists(_roles(), max_size=4), st.booleans())
def test_a_locked_or_ended_account_may_nothing_and_is_told_why(roles: list[RoleFacts], is_active: bool) -> None:
    against = against_account(is_active=is_active, is_locked=True)
    for power in powers_of(roles, against=against, agreements={}, today=TODAY):
        assert not power.units and power.against


def test_an_account_in_order_has_nothing_against_it() -> None:
    assert against_account(is_active=True, is_locked=False) == []


def _facts(**changed: Any) -> RoleFacts:
    given: dict[str, Any] = {
        "role": Role.SCHOOL_ADMINISTRATOR,
        "status": A.GRANTED,
        "unit": "Björkskolan",
        "authority_id": 1,
        "school_id": 10,
        "starts_on": TODAY,
        "ends_on": None,
    }
    return RoleFacts(**(given | changed))


def _of(permission: Permission, *roles: RoleFacts, agreements: Any = None) -> Power:
    found = powers_of(list(roles), agreements=agreements or {}, today=TODAY)
    return next(power for power in found if power.permission is permission)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"status": A.REQUESTED}, "accounts.role_is_not_activated"),
        ({"starts_on": TODAY + timedelta(days=1)}, "accounts.role_has_not_begun"),
        ({"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)}, "accounts.role_has_ended"),
        ({"status": A.ENDED}, "accounts.role_has_ended"),
        ({"status": A.REFUSED}, "accounts.no_role_permits"),
        ({"status": A.WITHDRAWN}, "accounts.no_role_permits"),
        ({"role": Role.TEACHER}, "accounts.no_role_permits"),
    ],
)
def test_each_no_has_its_reason(changed: dict[str, Any], code: str) -> None:
    power = _of(P.PLACE, _facts(**changed))
    assert [reason.code for reason in power.against] == [code] and not power.units
    assert bool(power.roles) == (code == "accounts.no_role_permits")


def test_what_is_held_at_one_school_says_why_not_at_the_other() -> None:
    coming = _facts(school_id=11, unit="Norrskolan", starts_on=TODAY + timedelta(days=1))
    power = _of(P.PLACE, _facts(), coming)
    assert list(power.units.values()) == ["Björkskolan"]
    assert "Norrskolan" in sentence(power.against[0])


@pytest.mark.parametrize("permission", [P.PLACE, P.EDIT_OFFER, P.CHANGE_ENROLMENTS])
@given(last=st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=40)))
def test_an_ended_agreement_limits_offering_and_placing_and_nothing_else(permission: Permission, last: date) -> None:
    agreement = AgreementFacts(AgreementKind.ORDINARY, date.min, last)
    power = _of(permission, _facts(), agreements={10: [agreement]})
    assert list(power.units.values()) == ["Björkskolan"]
    assert bool(power.limits) == (permission is not P.CHANGE_ENROLMENTS and last < TODAY)


# The pages


@pytest.fixture
def administrator() -> User:
    return make_staff(Role.SCHOOL_ADMINISTRATOR, school=make_school(name="Björkskolan"), first_name="Amina")


def _school_of(user: User) -> Any:
    school = Assignment.objects.select_related("school").get(user=user).school
    assert school
    return school


def _assign(user: User, role: Role, **where: Any) -> None:
    services.assign(user=user, role=role, starts_on=time.today(), by=SYSTEM, now=time.now(), **where)


@pytest.mark.django_db
def test_a_school_reads_what_its_colleague_may_there_and_nothing_of_elsewhere(
    client: Client, administrator: User, django_assert_max_num_queries: Any
) -> None:
    teacher = make_staff(Role.TEACHER, school=_school_of(administrator), first_name="Karin", last_name="Öst")
    _assign(teacher, Role.SCHOOL_ADMINISTRATOR, school=make_school(name="Hemliga skolan"))
    Agreement.objects.filter(school=_school_of(administrator)).delete()
    client.force_login(administrator)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("accounts:powers", args=[teacher.uuid])).content.decode()
    yes, no = page.split("Får göra")[1].split("Får inte göra")
    assert "Sätta och låsa betyg i egna grupper" in yes and "Björkskolan" in yes
    assert "Kalla och placera sökande" in no and "skoladministratör" in no
    assert "Hemliga" not in page and administrator.full_name in page.split("Fråga den som ger roller")[1]


@pytest.mark.django_db
def test_who_may_see_it(client: Client, administrator: User) -> None:
    teacher = make_staff(Role.TEACHER, school=_school_of(administrator))
    stranger = make_staff(Role.TEACHER, school=make_school(name="Norrskolan"))
    office = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=make_authority(name="Annan kommun"))
    own = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=_school_of(administrator).authority)
    for asker, person, status in (
        (administrator, teacher, 200),
        (administrator, stranger, 404),
        (own, teacher, 200),
        (office, teacher, 404),
        (teacher, teacher, 403),
        (make_user(), teacher, 403),
    ):
        client.force_login(asker)
        assert client.get(reverse("accounts:powers", args=[person.uuid])).status_code == status


@pytest.mark.django_db
def test_my_account_says_why_not_and_whom_to_ask(
    client: Client, administrator: User, django_assert_max_num_queries: Any
) -> None:
    school = _school_of(administrator)
    teacher = make_staff(Role.TEACHER, school=school)
    services.assign(
        user=teacher,
        role=Role.SCHOOL_PRINCIPAL,
        school=school,
        starts_on=time.today() + timedelta(days=10),
        by=SYSTEM,
        now=time.now(),
    )
    client.force_login(teacher)
    with django_assert_max_num_queries(15):
        page = client.get("/mitt-konto/").content.decode()
    assert f"börjar gälla {time.today() + timedelta(days=10)}" in page.split("Får inte göra")[1]
    assert administrator.full_name in page


@pytest.mark.django_db
def test_a_locked_colleague_may_nothing(client: Client, administrator: User) -> None:
    teacher = make_staff(Role.TEACHER, school=_school_of(administrator))
    User.objects.filter(pk=teacher.pk).update(locked_at=time.real_now(), lock_reason="inactivity")
    client.force_login(administrator)
    page = client.get(reverse("accounts:powers", args=[teacher.uuid])).content.decode()
    assert "Ingenting i dag" in page and "Kontot är låst" in page
