"""Accounts: created once a person, with roles that are audited."""

from datetime import date

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Permission, Role
from kursvis.accounts import queries, services
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import OFFICIAL, actor, make_staff, make_user
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refusal.value.reasons]


def test_staff_get_the_user_name_of_the_schools_prefix_and_a_number_when_it_is_taken() -> None:
    school = make_school(prefix="bjo")
    first = make_user(first_name="Åsa", last_name="Öst", school=school)
    second = make_user(first_name="Asa", last_name="Ostman", school=school)
    assert (first.user_name, second.user_name) == ("bjoasost", "bjoasost2")


def test_a_personnummer_has_one_account() -> None:
    make_user(personnummer=OFFICIAL[0])
    with pytest.raises(Refused) as refusal:
        make_user(personnummer=f"{OFFICIAL[0][:8]}-{OFFICIAL[0][8:]}")
    assert _codes(refusal) == ["accounts.has_account_already"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"personnummer": "199001012384"}, "core.personnummer_check_digit"),
        ({"personnummer": "199013012384"}, "core.personnummer_date"),
        ({"personnummer": "9001012384"}, "core.personnummer_length"),
        ({"first_name": " "}, "accounts.name_missing"),
    ],
)
def test_wrong_accounts_are_refused_with_why(given: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        make_user(**given)
    assert _codes(refusal) == [code]


def test_a_stranger_is_created_once_when_her_electronic_id_vouches_for_her() -> None:
    stranger = {"personnummer": OFFICIAL[1], "first_name": "Ny", "last_name": "Person", "by": SYSTEM, "now": time.now()}
    first = services.ensure_person(**stranger)
    again = services.ensure_person(**(stranger | {"first_name": ""}))
    assert first == again
    assert not first.has_usable_password()
    assert Event.objects.filter(verb="user.created", subject_id=first.pk).count() == 1


def test_a_role_reaches_its_unit_for_its_period_and_is_audited() -> None:
    school = make_school()
    user = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    inside = queries.actor_of(user, today=date(2026, 6, 30))
    after = queries.actor_of(user, today=date(2026, 7, 1))
    assert inside.holds(Permission.PLACE, school_id=school.pk)
    assert not inside.holds(Permission.PLACE, school_id=make_school().pk)
    assert not after.is_staff
    event = Event.objects.get(verb="user.assigned", subject_id=user.pk)
    assert event.detail["role"] == "school_administrator" and event.authority_id == school.authority_id


def test_school_roles_are_held_at_schools_and_once_at_a_time() -> None:
    authority, school, user, now = make_authority(), make_school(), make_user(), time.now()

    def assign(role: Role, **unit: object) -> None:
        services.assign(user=user, role=role, by=SYSTEM, now=now, **unit)

    with pytest.raises(Refused) as refusal:
        assign(Role.TEACHER, authority=authority, starts_on=date(2026, 1, 1))
    assert _codes(refusal) == ["accounts.role_does_not_fit_unit"]
    with pytest.raises(Refused) as refusal:
        assign(Role.ECONOMIST, starts_on=date(2026, 1, 1))
    assert _codes(refusal) == ["accounts.unit_missing"]
    with pytest.raises(Refused) as refusal:
        assign(Role.TEACHER, school=school, starts_on=date(2026, 2, 1), ends_on=date(2026, 1, 1))
    assert _codes(refusal) == ["accounts.ends_before_start"]
    assign(Role.TEACHER, school=school, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    assign(Role.TEACHER, school=school, starts_on=date(2026, 2, 1))
    with pytest.raises(Refused) as refusal:
        assign(Role.TEACHER, school=school, starts_on=date(2026, 1, 31), ends_on=date(2026, 1, 31))
    assert _codes(refusal) == ["accounts.holds_role_already"]


def test_logging_in_and_out_is_noted_with_the_way() -> None:
    user = make_user()
    services.logged_in(user=user, way="password", by=actor(user), now=time.now())
    services.logged_out(user=user, by=actor(user), now=time.now())
    events = list(Event.objects.filter(actor_id=user.pk).order_by("id").values_list("verb", "detail"))
    assert events == [("user.logged_in", {"way": "password"}), ("user.logged_out", {})]


def test_the_number_of_an_account_is_checked_in_the_database_too() -> None:
    assert not User.objects.filter(personnummer__isnull=True, user_name__isnull=True).exists()
