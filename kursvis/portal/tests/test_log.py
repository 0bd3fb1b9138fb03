"""The log's pages: who finds what, in words, and what nobody may see there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit import queries
from kursvis.audit.models import Event
from kursvis.audit.services import seal
from kursvis.core import time
from kursvis.grades.tests.factories import Classroom, make_catalogue
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.services import update_contact
from kursvis.people.tests.factories import make_reader
from kursvis.portal.queries.log import search

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
SECRETS = ("Maja", "Holmgren", "hemlig@example.org")


@pytest.fixture
def office() -> Office:
    return Office()


def records_officer(office: Office) -> User:
    return make_staff(Role.RECORDS_OFFICER, authority=office.school.authority, first_name="Sven", last_name="Åberg")


def system_administrator(office: Office) -> User:
    return make_staff(Role.SYSTEM_ADMINISTRATOR, authority=office.school.authority)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, address: str, **given: str) -> str:
    return str(client.get(address, given).content.decode())


def change_phone(student: Student, office: Office) -> None:
    update_contact(student=student, phone="070-111 22 33", by=office.officer, now=time.now())


def _distributed(office: Office, **person: Any) -> Choice:
    return make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, **person)


def test_the_log_is_searched_by_who_what_and_whom(office: Office, django_assert_max_num_queries: Any) -> None:
    choice = _distributed(office, first_name="Hodan", last_name="Abdi")
    other = _distributed(office, first_name="Åke", last_name="Öst")
    client = client_of(office.administrator_user)
    client.get(f"/studerande/{choice.student.uuid}/")
    client = client_of(records_officer(office))
    with django_assert_max_num_queries(MOST_QUERIES):
        everything = page(client, "/logg/")
    assert "Fördelad till skolan" in everything and "Personkortet öppnat" in everything
    read = page(client, "/logg/", gjorde="read", studerande="abdi")
    assert "Personkortet öppnat" in read and office.administrator_user.full_name in read
    assert "Fördelad till skolan" not in read and "Öst, Åke" not in read
    assert other.student.listed_name in page(client, "/logg/", studerande=other.student.personnummer)
    by_officer = page(client, "/logg/", vem=str(office.officer_user.full_name), omrade="applications")
    assert "Fördelad till skolan" in by_officer and "Ansökan skickad" not in by_officer
    assert "Fördelad till skolan" not in page(client, "/logg/", galler="people.student")


def test_searching_the_log_is_a_reading_itself(office: Office) -> None:
    student = _distributed(office, last_name="Abdi").student
    user = records_officer(office)
    client_of(user).get("/logg/", {"studerande": "abdi", "gjorde": "read"})
    event = Event.objects.get(verb="log.searched")
    assert (event.actor_id, event.authority_id) == (user.pk, office.school.authority_id)
    assert event.detail == {"filters": ["fran", "gjorde", "studerande", "till"]}
    shown = Event.objects.get(verb="student.searched")
    assert (shown.detail["place"], shown.detail["student_ids"]) == ("log", [student.pk])
    assert "abdi" not in str(event.detail) + str(shown.detail)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"fran": "2026-11-20", "till": "2026-11-01"}, "Sista dagen ligger före den första"),
        ({"fran": "2020-01-01", "till": "2026-11-01"}, "Välj högst 366 dagar"),
        ({"fran": "i går", "till": "2026-11-01"}, "giltigt datum"),
        ({"fran": "", "till": "2026-11-01"}, "Välj en dag"),
        ({"vem": "Ingenstans"}, "Ingen i personalen heter så"),
        ({"studerande": "Ingenstans"}, "Ingen studerande heter så"),
        ({"gjorde": "allt"}, "allt"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_told_and_kept(office: Office, given: dict[str, str], message: str) -> None:
    shown = page(client_of(records_officer(office)), "/logg/", **given)
    assert message in shown and not Event.objects.filter(verb="log.searched").exists()
    assert all(f'value="{value}"' in shown for value in given.values() if value not in ("", "allt"))


def test_another_municipality_is_not_in_the_log(office: Office) -> None:
    elsewhere = _distributed(Office(), last_name="Annanstans")
    client = client_of(records_officer(office))
    assert "Annanstans" not in page(client, "/logg/")
    assert "Ingen studerande heter så" in page(client, "/logg/", studerande="annanstans")
    for address in (f"/logg/ansokan/{elsewhere.uuid}/", f"/studerande/{elsewhere.student.uuid}/logg/"):
        assert client.get(address).status_code == 404


def test_the_log_is_paged_by_its_key(office: Office) -> None:
    user = records_officer(office)
    fill_log(120, authority_id=office.school.authority_id, actor_id=user.pk)
    client, seen, key = client_of(user), [], ""
    for _turn in range(5):
        shown = client.get("/logg/", {"galler": "organisation.pricelist"} | ({"fore": key} if key else {})).context[
            "page"
        ]
        seen += [line.sort_key for line in shown.lines]
        key = shown.older
        if not key:
            break
    assert len(seen) == 120 and seen == sorted(seen, reverse=True) and len(set(seen)) == 120
    assert client.get("/logg/", {"fore": "trasig"}).status_code == 200


def test_values_are_shown_to_who_may_read_the_person_and_names_of_fields_to_the_others(office: Office) -> None:
    student = _distributed(office, last_name="Abdi").student
    change_phone(student, office)
    for address in ("/logg/", f"/studerande/{student.uuid}/logg/"):
        for_records = page(client_of(records_officer(office)), address)
        assert "070-111 22 33" in for_records and "telefon: 000-000 00 00" in for_records
        for_system = page(client_of(system_administrator(office)), address)
        assert "070-111 22 33" not in for_system and "Ändrat: telefon" in for_system


def _protected(office: Office) -> Choice:
    choice = _distributed(office, protection=Protection.SECRECY_MARK, first_name=SECRETS[0], last_name=SECRETS[1])
    update_contact(student=choice.student, email=SECRETS[2], by=actor(choice.student.user), now=time.now())
    return choice


def test_a_protected_person_is_in_the_log_by_her_alias_only(office: Office) -> None:
    choice = _protected(office)
    student = choice.student
    client_of(student.user).get("/mitt-konto/allt-om-mig/")
    for reader in (records_officer(office), system_administrator(office)):
        client = client_of(reader)
        pages = [
            page(client, address)
            for address in ("/logg/", "/logg/?studerande=skyddad", f"/logg/ansokan/{choice.uuid}/")
        ]
        pages.append(page(client, f"/studerande/{student.uuid}/logg/"))
        assert all(student.listed_name in shown for shown in pages)
        assert not [secret for secret in (*SECRETS, student.personnummer) for shown in pages if secret in shown]
        assert "Ingen studerande heter så" in page(client, "/logg/", studerande=SECRETS[1])
    assert not Event.objects.filter(verb="student.opened").exists()


def test_her_own_log_is_opened_by_a_named_reader_who_says_why(office: Office) -> None:
    student = _protected(office).student
    reader = records_officer(office)
    client, address = client_of(reader), f"/studerande/{student.uuid}/logg/"
    assert "Bara den som är utsedd" in client.post(address, {"reason": "Jag vill"}).content.decode()
    make_reader(student=student, user=reader)
    assert SECRETS[2] not in page(client, address) + client.post(address, {"reason": " "}).content.decode()
    opened = client.post(address, {"reason": "Hon frågar vem som läst"}).content.decode()
    assert SECRETS[2] in opened and "Hon frågar vem som läst" in opened
    read = Event.objects.filter(student_id=student.pk, actor_id=reader.pk).values_list("verb", flat=True)
    assert list(read.order_by("id")) == ["student.opened", "log.opened"]


def test_the_log_of_a_student_has_also_who_saw_her_in_lists_and_catalogues(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    classroom = Classroom(office=office)
    catalogue = make_catalogue(classroom, values=("C",))
    student = catalogue.entries.get().grade.enrolment.student
    client = client_of(classroom.teacher_user)
    for address in (f"/grupper/{classroom.group.uuid}/", f"/kataloger/{catalogue.uuid}/"):
        assert client.get(address).status_code == 200
    client_of(office.officer_user).get("/studerande/", {"q": student.last_name})
    client = client_of(records_officer(office))
    with django_assert_max_num_queries(MOST_QUERIES):
        readings = page(client, f"/studerande/{student.uuid}/logg/", visa="lasningar")
    for text in ("klasslista öppnad", "Betygskatalogen öppnad", "Sökning bland studerande", "i listan Studerande"):
        assert text in readings
    assert "Betyg satt" not in readings and "Betyg satt" in page(client, f"/studerande/{student.uuid}/logg/")


def test_every_kind_of_row_has_its_log_with_who_read_it(office: Office, django_assert_max_num_queries: Any) -> None:
    classroom = Classroom(office=office)
    catalogue = make_catalogue(classroom, values=("C",))
    grade = catalogue.entries.get().grade
    enrolment = grade.enrolment
    rows = {
        "ansokan": (enrolment.choice, "Ansökan skickad"),
        "kursdeltagande": (enrolment, "Placerad i grupp"),
        "betyg": (grade, "Betyg låst"),
        "grupp": (classroom.group, "Grupp skapad"),
        "kursstart": (classroom.group.course_start, "Kursstarten upplagd"),
        "katalog": (catalogue, "Betygskatalog skapad"),
    }
    client = client_of(records_officer(office))
    for slug, (row, text) in rows.items():
        address = f"/logg/{slug}/{row.uuid}/"
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(address)
        shown = page(client, address)
        assert text in shown and "Loggen öppnad" in shown and "Sven Åberg" in shown, slug


def test_a_colleagues_page_tells_what_she_did_read_and_searched(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    student = _distributed(office, last_name="Abdi").student
    colleague = office.administrator_user
    client = client_of(colleague)
    client.get(f"/studerande/{student.uuid}/")
    client.get("/studerande/", {"q": "abdi"})
    address = f"/personal/{colleague.uuid}/handelser/"
    for reader in (records_officer(office), system_administrator(office)):
        client = client_of(reader)
        with django_assert_max_num_queries(MOST_QUERIES):
            shown = page(client, address)
        for text in (
            "Personkortet öppnat",
            "Abdi, ",
            "på ord i listan Studerande, 1 studerande visades",
            "Kontot skapat",
        ):
            assert text in shown, text
        yesterday = (time.today() - timedelta(days=1)).isoformat()
        assert "Personkortet öppnat" not in page(client, address, fran=yesterday, till=yesterday)
    assert "Personkortet öppnat" not in page(client_of(office.administrator_user), address)
    assert client_of(make_user()).get(address).status_code == 403


def test_the_seal_is_shown_to_be_written_down(office: Office) -> None:
    client = client_of(records_officer(office))
    assert "inte förseglad än" in page(client, "/logg/")
    seal(now=time.now())
    head = queries.head()
    assert head and f"{head.number}:{head.digest}" in page(client, "/logg/")


def fill_log(number: int, *, authority_id: int, actor_id: int, student_id: int | None = None) -> None:
    """Write events straight into the table, one a minute backwards, as the services would have over a long time."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO audit_event (at, authority_id, actor_id, actor_name, verb, subject, subject_id, student_id,
                is_creation, changed_fields, detail, salt, detail_digest)
            SELECT %s - n * interval '1 minute', %s, CASE WHEN n %% 1000 = 0 THEN %s ELSE -n %% 50 END, 'Provnamn',
                'price_list.edited', 'organisation.pricelist', n, CASE WHEN n %% 500 = 0 THEN %s::bigint END,
                false, '{}', '{}', 'x', repeat('0', 64)
            FROM generate_series(1, %s) n
            """,
            [time.now(), authority_id, actor_id, student_id, number],
        )


def test_each_search_reads_an_index_among_tens_of_thousands(office: Office) -> None:
    """No count, and no walk through the table: the plan touches it by its indexes only."""
    user = records_officer(office)
    student = _distributed(office, last_name="Abdi").student
    fill_log(30_000, authority_id=office.school.authority_id, actor_id=user.pk, student_id=student.pk)
    fill_log(30_000, authority_id=-1, actor_id=-7)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_event")
    days = {"starts_on": time.today() - timedelta(days=300), "ends_on": time.today()}
    wanted = {
        "newest": search.LogFilter(**days),
        "by somebody": search.LogFilter(**days, actors=[user.pk]),
        "of somebody": search.LogFilter(**days, students=[student.pk]),
        "read": search.LogFilter(**days, sort="read"),
    }
    me = actor(user)
    for name, narrowed in wanted.items():
        plans = _plans(lambda narrowed=narrowed: search.search(me, narrowed))
        assert plans and not [plan for plan in plans if "Seq Scan on audit_event" in plan], (name, plans)
        assert not [plan for plan in plans if "Aggregate" in plan], name


def _plans(ask: Any) -> list[str]:
    """Return the plan of each question that was asked of the log."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    plans = []
    for query in asked.captured_queries:
        if '"audit_event"' in query["sql"] and "SELECT" in query["sql"]:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + query["sql"])
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return plans
