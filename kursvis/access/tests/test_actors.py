"""Who may what, where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import NOBODY, SYSTEM, Held, Person
from kursvis.access.rules import ROLES, SCHOOL_ROLES, Permission, Role

authorities, schools = st.integers(1, 3), st.integers(11, 16)


def _held(role: Role, authority: int, school: int) -> Held:
    return Held(role, authority, school if role in SCHOOL_ROLES else None)


people = st.builds(
    lambda held: Person(1, "Amina Lindqvist", tuple(held)),
    st.lists(st.builds(_held, st.sampled_from(Role), authorities, schools), max_size=4),
)


@given(people, st.sampled_from(Permission), authorities, schools)
def test_a_permission_is_held_at_the_units_that_the_querysets_filter_by(
    person: Person, permission: Permission, authority: int, school: int
) -> None:
    reaches = authority in person.authorities(permission) or school in person.schools(permission)
    assert person.holds(permission, authority_id=authority, school_id=school) is reaches
    assert person.holds(permission) is bool(person.authorities(permission) or person.schools(permission))


@given(people, st.sampled_from(Permission))
def test_school_roles_reach_no_authority_and_nothing_is_held_without_a_role_that_gives_it(
    person: Person, permission: Permission
) -> None:
    giving = [held for held in person.held if permission in ROLES[held.role]]
    assert person.authorities(permission) == {h.authority_id for h in giving if h.role not in SCHOOL_ROLES}
    assert person.schools(permission) == {h.school_id for h in giving if h.role in SCHOOL_ROLES}


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_and_the_system_hold_nothing_and_somebody_holds_everything(permission: Permission) -> None:
    assert not NOBODY.holds(permission) and not SYSTEM.holds(permission)
    assert [role for role in Role if permission in ROLES[role]]


def test_every_role_may_something() -> None:
    assert set(ROLES) == set(Role) and all(ROLES.values())


def test_who_decides_grades_never_receives_them_and_who_offers_never_publishes() -> None:
    for role in Role:
        assert not {Permission.GRADE, Permission.RECEIVE_CATALOGUES} <= ROLES[role]
        assert not {Permission.EDIT_OFFER, Permission.PUBLISH_OFFER} <= ROLES[role]
        assert not {Permission.GRADE, Permission.UNLOCK_GRADES} <= ROLES[role]
        assert not {Permission.DECIDE_RECEPTION, Permission.PLACE} <= ROLES[role]
