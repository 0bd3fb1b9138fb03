"""Nobody comes into somebody else's account, or learns its address, by asking for a role for her (R01, R04, R08)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services
from kursvis.accounts.models import Assignment, Link, User
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.services import links, locks
from kursvis.accounts.services.users import create_user, edit_user
from kursvis.accounts.tests.factories import OFFICIAL, PASSWORD, actor, make_staff
from kursvis.accounts.tests.test_staff_pages import client_of, page
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> Authority:
    return make_authority(name="Mälarviks kommun")


@pytest.fixture
def school(authority: Authority) -> School:
    return make_school(authority=authority, name="Björkskolan")


@pytest.fixture
def office(school: School) -> User:
    return make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, email="amina@example.org")


def asks(by: User, user: User, school: School, starts_on: date | None = None) -> Assignment:
    return services.assign(
        user=user,
        role=Role.TEACHER,
        school=school,
        starts_on=starts_on or time.today(),
        by=actor(by),
        now=time.now(),
    )


def edit(user: User, by: User, **changes: Any) -> None:
    kept = {name: getattr(user, name) for name in ("first_name", "last_name", "title", "email")}
    edit_user(
        user=user,
        personnummer=user.personnummer or "",
        **(kept | changes),
        by=actor(by),
        now=time.now(),
        today=time.today(),
    )


def test_a_school_that_only_asks_takes_nobodys_address_not_even_when_her_other_roles_have_ended(
    office: User, school: School
) -> None:
    yesterday = time.today() - timedelta(days=1)
    teacher = make_staff(Role.TEACHER, ends_on=yesterday, email="karin@example.org", password=PASSWORD)
    User.objects.filter(pk=teacher.pk).update(logged_in_at=time.now())
    asks(office, teacher, school)
    client, address = client_of(office), f"/personal/{teacher.uuid}/"
    assert "karin@example.org" not in page(client, address) + page(client, f"{address}andra/")
    teacher.refresh_from_db()
    with pytest.raises(Refused, match="accounts.not_your_colleague"):
        edit(teacher, office, email="min@example.org")
    role = Assignment.objects.get(user=teacher, school=school)
    granter = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority)
    services.grant(assignment=role, by=actor(granter), now=time.now(), today=time.today())
    edit(teacher, office, email="ny@example.org")


def test_the_old_address_stands_in_the_outbox_of_who_changed_it_and_no_other(
    office: User, authority: Authority, school: School
) -> None:
    teacher = make_staff(Role.TEACHER, school=school, email="karin@example.org")
    other = make_school(authority=authority)
    asked = asks(make_staff(Role.SCHOOL_ADMINISTRATOR, school=other), teacher, other, date(2099, 1, 1))
    municipality = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    edit(teacher, municipality, email="b@example.org")
    services.refuse(assignment=asked, why="Nej.", by=actor(municipality), now=time.now())
    teacher.refresh_from_db()
    edit(teacher, office, email="c@example.org")
    told = Message.objects.filter(address__in=("karin@example.org", "b@example.org"))
    assert [message.school for message in told] == [school, school]


@pytest.mark.parametrize("step", ["refuse", "withdraw"])
def test_who_was_never_given_a_role_keeps_no_way_into_the_account(office: User, school: School, step: str) -> None:
    """A school could otherwise make somebody's account, with an address of its own, and wait until she comes."""
    granter = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority)
    victim = create_user(
        personnummer=OFFICIAL[0],
        first_name="Åsa",
        last_name="Öst",
        email="inte-hennes@example.org",
        school=school,
        by=actor(office),
        now=time.now(),
    )
    role = asks(office, victim, school)
    secret = links.make_now(user=victim, kind=LinkKind.INVITATION, by=actor(office), now=time.now())
    links.use(secret=secret, password=PASSWORD, now=time.now())
    links.make_now(user=victim, kind=LinkKind.RESET, by=SYSTEM, now=time.now())
    if step == "refuse":
        services.refuse(assignment=role, why="Hon arbetar inte där.", by=actor(granter), now=time.now())
    else:
        services.withdraw(assignment=role, by=actor(office), now=time.now())
    victim.refresh_from_db()
    assert not victim.has_usable_password() and victim.email == ""
    assert not Link.objects.filter(user=victim, ended_at=None).exists()
    assert links.send_forgotten(typed=victim.user_name or "", now=time.now()) == 0


def test_a_refused_role_takes_nothing_from_who_has_had_or_awaits_another(office: User, school: School) -> None:
    granter = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority)
    ended = make_staff(Role.TEACHER, ends_on=date(2020, 2, 1), email="a@example.org", password=PASSWORD)
    waits = create_user(
        first_name="Bo", last_name="Ek", email="b@example.org", school=school, by=actor(office), now=time.now()
    )
    waits.set_password(PASSWORD)
    waits.save()
    other = make_school(authority=school.authority)
    asks(make_staff(Role.SCHOOL_ADMINISTRATOR, school=other), waits, other)
    for user in (ended, waits):
        role = asks(office, user, school)
        services.refuse(assignment=role, why="Nej.", by=actor(granter), now=time.now())
        user.refresh_from_db()
        assert user.check_password(PASSWORD) and user.email


def test_a_school_that_only_asks_learns_nothing_of_how_an_account_is_used(
    office: User, authority: Authority, school: School
) -> None:
    other = make_school(authority=authority)
    teacher = make_staff(Role.TEACHER, school=other, first_name="Karin", last_name="Väst", password=PASSWORD)
    User.objects.filter(pk=teacher.pk).update(logged_in_at=datetime(2026, 3, 4, 5, 6, tzinfo=UTC))
    teacher.refresh_from_db()
    municipality = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)
    locks.lock(user=teacher, by=actor(municipality), now=time.now())
    role = asks(office, teacher, school)
    client, address = client_of(office), f"/personal/{teacher.uuid}/"
    for where in ("/personal/", address, f"{address}handelser/"):
        shown = page(client, where)
        assert "2026-03-04" not in shown and "Låst av" not in shown and "Lås upp" not in shown, where
    assert "Karin Väst" not in page(client, "/personal/?lage=lasta")
    services.grant(assignment=role, by=actor(municipality), now=time.now(), today=time.today())
    shown = page(client, address)
    assert "2026-03-04" in shown and "Låst av" in shown and "Lås upp" in shown
    assert "2026-03-04" in page(client, "/personal/")


def test_a_name_is_one_line(office: User, school: School) -> None:
    """What stands in letters, e-mails and catalogues under somebody's name is her name."""
    user = create_user(
        first_name=" Åsa\r\nMaria ",
        last_name="Öst\t\n",
        school=school,
        by=actor(office),
        now=time.now(),
        email="a@b.se",
    )
    asks(office, user, school)
    assert (user.first_name, user.last_name) == ("Åsa Maria", "Öst")
    edit(user, office, last_name="Väst\nBcc: x", title="Lärare\n\nPS")
    user.refresh_from_db()
    assert (user.last_name, user.title) == ("Väst Bcc: x", "Lärare PS")
