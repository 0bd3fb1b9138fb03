"""The municipality's queue, and who is told what it answered; of two who press at once one wins (R01, R03, R04)."""

from datetime import date, timedelta
from typing import Any

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.queries import staff as read
from kursvis.accounts.queries.ways_in import has_electronic_id
from kursvis.accounts.services.assignments import change_last_day
from kursvis.accounts.services.users import create_user
from kursvis.accounts.tests.factories import OFFICIAL, actor, make_staff, make_user
from kursvis.accounts.tests.test_staff_pages import client_of, page
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.tests.races import race
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.post.models import Message

QUEUE = "/personal/aktivering/"
MOST_QUERIES = 15


class Office:
    """A municipality with a school, whose administrator asks and whose officer answers."""

    def __init__(self) -> None:
        self.authority: Authority = make_authority(name="Mälarviks kommun")
        self.school: School = make_school(authority=self.authority, name="Björkskolan")
        self.asker = make_staff(Role.SCHOOL_ADMINISTRATOR, school=self.school, email="amina@example.org")
        self.granter = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=self.authority)

    def asks_for(self, user: User, role: Role = Role.TEACHER, ends_on: date | None = None) -> Assignment:
        return services.assign(
            user=user,
            role=role,
            school=self.school,
            starts_on=time.today() - timedelta(days=9),
            ends_on=ends_on,
            by=actor(self.asker),
            now=time.now(),
        )

    def grants(self, assignment: Assignment) -> None:
        services.grant(assignment=assignment, by=actor(self.granter), now=time.now(), today=time.today())


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def test_the_queue_shows_what_waits_and_several_are_activated(office: Office) -> None:
    people = [make_user(last_name=name) for name in ("Ett", "Två", "Tre")]
    rows = [office.asks_for(user) for user in people]
    other = make_staff(Role.SYSTEM_ADMINISTRATOR)
    client = client_of(office.granter)
    shown = page(client, QUEUE)
    assert all(f"{user.last_name}, Hodan" in shown for user in people) and "Amina Lindqvist" in shown
    assert "Ett, Hodan" not in page(client_of(other), QUEUE)
    assert "3" in page(client, "/personal/").split("Aktivering")[1][:80]
    told = page(client, f"{QUEUE}aktivera/", row=[str(rows[0].uuid), str(rows[1].uuid)])
    assert "2 roller är aktiverade" in told and "Tre, Hodan" in told
    page(client, f"{QUEUE}aktivera/", row=[str(rows[2].uuid)], only=str(rows[2].uuid))
    assert set(Assignment.objects.filter(user__in=people).values_list("status", flat=True)) == {"granted"}
    assert "Ingen roll väntar" in page(client, QUEUE)
    assert "Välj minst en roll" in page(client, f"{QUEUE}aktivera/", row=["inget"])


def test_the_per_row_button_activates_its_row_only(office: Office) -> None:
    first, second = (office.asks_for(make_user(last_name=name)) for name in ("Ett", "Två"))
    page(client_of(office.granter), f"{QUEUE}aktivera/", row=[str(first.uuid)], only=str(second.uuid))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("requested", "granted")


def test_another_municipality_grants_nothing_here(office: Office) -> None:
    row = office.asks_for(make_user())
    client = client_of(make_staff(Role.SYSTEM_ADMINISTRATOR))
    client.post(f"{QUEUE}aktivera/", {"row": [str(row.uuid)]})
    assert client.get(f"{QUEUE}{row.uuid}/avsla/").status_code == 404
    row.refresh_from_db()
    assert row.status == "requested"


def test_a_role_is_refused_with_a_reason_that_the_school_reads_on_the_account_and_in_an_e_mail(office: Office) -> None:
    user = make_user(last_name="Ett")
    row, client = office.asks_for(user), client_of(office.granter)
    assert "Detta fält måste fyllas i" in page(client, f"{QUEUE}{row.uuid}/avsla/", why="")
    page(client, f"{QUEUE}{row.uuid}/avsla/", why="Legitimation saknas.")
    mail = Message.objects.get()
    assert (mail.address, mail.school) == ("amina@example.org", office.school)
    assert "Legitimation saknas." in mail.body and "Hodan Ett" in mail.body
    assert "Legitimation saknas." in page(client_of(office.asker), f"/personal/{user.uuid}/")
    assert "Legitimation saknas." in page(client_of(office.asker), f"/personal/{user.uuid}/handelser/")
    assert Event.objects.get(verb="user.role_refused").detail["why"] == "Legitimation saknas."
    again = page(client, f"{QUEUE}{row.uuid}/avsla/", why="En gång till.")
    assert "väntar inte längre" in again


def test_who_asked_is_told_that_it_was_granted_and_without_an_address_the_school_is(office: Office) -> None:
    office.grants(office.asks_for(make_user()))
    assert Message.objects.get().address == "amina@example.org"
    User.objects.filter(pk=office.asker.pk).update(email="")
    office.grants(office.asks_for(make_user()))
    assert Message.objects.latest("id").address == office.school.email


def test_what_has_run_out_cannot_be_activated_and_the_queue_says_why(office: Office) -> None:
    yesterday = time.today() - timedelta(days=1)
    row = office.asks_for(make_user(last_name="Sen"), ends_on=yesterday)
    client = client_of(office.granter)
    assert f"Rollens sista dag var {yesterday}" in page(client, QUEUE)
    told = page(client, f"{QUEUE}aktivera/", row=[str(row.uuid)])
    assert "Hodan Sen: Rollens sista dag var" in told


def test_a_school_without_an_administrator_who_gets_in_is_in_the_queue(office: Office) -> None:
    client = client_of(office.granter)
    empty = make_school(authority=office.authority, name="Tomma skolan")
    make_school(name="Granhults skola")
    make_school(authority=office.authority, name="Utan avtal", agreement=None)
    shown = page(client, QUEUE)
    assert "Tomma skolan" in shown and f"/personal/ny/?skola={empty.uuid}" in shown
    assert "Granhults skola" not in shown and "Björkskolan" not in shown
    User.objects.filter(pk=office.asker.pk).update(locked_at=time.now(), lock_reason="failed_attempts")
    shown = page(client, QUEUE)
    assert "Björkskolan" in shown and "lås upp kontot" in shown
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=office.school)
    assert "Björkskolan" not in page(client, QUEUE)


def test_accounts_that_nothing_leads_into_are_listed_with_why(office: Office, settings: Any) -> None:
    make_staff(Role.TEACHER, school=office.school, last_name="Utan", personnummer=None)
    client = client_of(office.granter)
    shown = page(client, QUEUE)
    assert "Amina Utan" in shown and "Personnummer saknas" in shown
    settings.DEMO = False  # an installation without any electronic ID: a personnummer alone lets nobody in
    assert has_electronic_id() is False
    able = make_user(user_name="kan", password="ett riktigt långt lösenord", last_name="Kan")
    services.assign(
        user=able, role=Role.TEACHER, school=office.school, starts_on=date(2026, 1, 1), by=SYSTEM, now=time.now()
    )
    wanted = read.StaffFilter(state="cannot_log_in")
    found = set(read.staff(actor(office.granter), wanted, today=time.today()).values_list("last_name", flat=True))
    assert {"Utan", "Lindqvist"} <= found and "Kan" not in found


def test_the_queue_costs_few_queries(office: Office, django_assert_max_num_queries: Any) -> None:
    for _ in range(60):
        office.asks_for(make_user())
    client = client_of(office.granter)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(QUEUE).status_code == 200
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(f"{QUEUE}?sida=2").status_code == 200


def test_one_grants_and_seven_refuse_or_grant_at_once(committed: None) -> None:
    office = Office()
    row = office.asks_for(make_user())
    copies = [Assignment.objects.select_related("user", "school").get(pk=row.pk) for _ in range(8)]
    by, now, today = actor(office.granter), time.now(), time.today()

    def answer(number: int) -> None:
        if number % 2:
            services.grant(assignment=copies[number], by=by, now=now, today=today)
        else:
            services.refuse(assignment=copies[number], why="Nej.", by=by, now=now)

    assert race(answer) == ["core.changed_meanwhile"] * 7 + ["won"]
    answers = Event.objects.filter(verb__in=("user.assigned", "user.role_refused"), detail__assignment_id=row.pk)
    row.refresh_from_db()
    assert answers.count() == Message.objects.count() == 1
    assert (answers.get().verb == "user.assigned") == (row.status == "granted")


def test_eight_end_a_role_at_once(committed: None) -> None:
    office = Office()
    row = office.asks_for(make_user())
    office.grants(row)
    copies = [Assignment.objects.get(pk=row.pk) for _ in range(8)]
    by, now = actor(office.granter), time.now()
    told = race(lambda number: services.end(assignment=copies[number], by=by, now=now))
    assert told == ["core.changed_meanwhile"] * 7 + ["won"]
    assert Event.objects.filter(verb="user.role_ended").count() == 1


def test_a_role_is_not_lengthened_while_another_ends_it(committed: None) -> None:
    office = Office()
    row = office.asks_for(make_user(), ends_on=time.today() + timedelta(days=9))
    office.grants(row)
    copies = [Assignment.objects.get(pk=row.pk) for _ in range(8)]
    by, now, today = actor(office.granter), time.now(), time.today()

    def step(number: int) -> None:
        if number % 2:
            services.end(assignment=copies[number], by=by, now=now)
        else:
            change_last_day(assignment=copies[number], ends_on=None, by=by, now=now, today=today)

    told = race(step)
    row.refresh_from_db()
    assert told.count("won") in (1, 2) and row.status in ("ended", "granted")
    assert Event.objects.filter(verb="user.role_ended").count() == (row.status == "ended")


def test_of_eight_who_create_the_same_user_name_at_once_each_gets_her_own(committed: None) -> None:
    school = make_school(prefix="bjo")
    told = race(
        lambda number: create_user(first_name="Åsa", last_name=f"Öst{number}", school=school, by=SYSTEM, now=time.now())
    )
    names = set(User.objects.values_list("user_name", flat=True))
    assert told == ["won"] * 8 and names == {"bjoasost", *(f"bjoasost{number}" for number in range(2, 9))}


def test_of_eight_who_create_the_same_person_at_once_one_wins_and_the_others_are_told(committed: None) -> None:
    school = make_school()
    told = race(
        lambda number: create_user(
            personnummer=OFFICIAL[0], first_name="Åsa", last_name="Öst", school=school, by=SYSTEM, now=time.now()
        )
    )
    assert told == ["accounts.has_account_already"] * 7 + ["won"]
