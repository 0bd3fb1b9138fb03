"""The pages of a run, from the list where its rows are chosen to its end: what they say, to whom, for how much."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice, make_waiting
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.people.rules import Protection
from kursvis.work.models import Run
from kursvis.work.tests.factories import carried_out, looked_through, make_run
from kursvis.work.tests.worker import work, work_once

pytestmark = pytest.mark.django_db
C, MOST_QUERIES = ChoiceStatus, 15
MANY, PASTED = reverse("admissions:distribute_many"), reverse("admissions:distribute_pasted")


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def client(office: Office) -> Client:
    return as_user(office.officer_user)


def url(name: str, run: Run) -> str:
    return reverse(f"work:{name}", args=[run.uuid])


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def subjects(address: str) -> set[int]:
    run = Run.objects.get(uuid=address.split("/")[-2])
    return set(run.rows.values_list("subject_id", flat=True))


def test_rows_are_ticked_or_taken_as_the_filter_shows_them(office: Office, client: Client) -> None:
    mine, others = make_waiting(3, office=office), make_waiting(2, office=Office())
    make_choice(office=office, last_name="Obeslutad")
    listed = page_of(client, reverse("admissions:list", query={"lage": "fordela", "q": "Elev1"}))
    assert "Fördela den enda …" in listed and "/ansokningar/fordela/?lage=fordela&amp;q=Elev1" in listed
    rows = [str(choice.uuid) for choice in (mine[0], others[0])] + ["skräp"]
    assert subjects(client.post(MANY, {"row": rows}).url) == {mine[0].pk}
    everything = client.post(f"{MANY}?lage=fordela", {"alla": "ja"}).url
    assert subjects(everything) == {choice.pk for choice in mine}
    filtered = client.post(f"{MANY}?lage=fordela&q=Elev1", {"alla": "ja", "row": rows}).url
    assert subjects(filtered) == {mine[1].pk}
    nothing = client.post(MANY, {})
    assert nothing.status_code == 409 and "Kryssa för minst en" in nothing.content.decode()


def test_a_pasted_column_is_read_line_by_line(office: Office, client: Client) -> None:
    waiting = make_waiting(2, office=office)
    refused = make_choice(office=office, status=C.DECIDED, outcome=Outcome.REFUSED)
    hidden = make_choice(office=office, status=C.DECIDED, protection=Protection.SECRECY_MARK)
    numbers = [choice.student.shown_personnummer for choice in (*waiting, refused, hidden)]
    typed = "\n".join([*numbers[:2], "", f" {numbers[1]} ", "199001010000", numbers[2], numbers[3]])
    assert page_of(client, PASTED).count("<textarea") == 1
    page = client.post(PASTED, {"numbers": typed}).content.decode()
    assert "Rad 5, 199001010000: Kontrollsiffran stämmer inte" in page and "199001010000\r\n" not in page
    assert f"Rad 7, {numbers[3]}: Ingen ansökan hos kommunen hör till numret." in page
    assert numbers[0] in page and "Skyddad person" not in page and not Run.objects.exists()
    assert Event.objects.filter(verb="student.searched", detail__place="distribution").count() == 1
    response = client.post(PASTED, {"numbers": typed, "skip": "on"})
    assert subjects(response.url) == {choice.pk for choice in (*waiting, refused)}
    only_wrong = client.post(PASTED, {"numbers": "abc", "skip": "on"}).content.decode()
    assert "Ingen ansökan är vald" in only_wrong and "abc" in only_wrong


def test_a_run_from_dry_run_to_undone_by_its_buttons(office: Office, client: Client) -> None:
    unfit = make_choice(office=office, last_name="Obeslutad")
    waiting = make_waiting(2, office=office)
    run = make_run(office=office, choices=[*waiting, unfit])
    page = page_of(client, url("show", run))
    assert "raderna kontrolleras" in page and 'http-equiv="refresh"' in page and "run.js" in page
    work()
    page = page_of(client, url("show", run))
    assert "behöver ett beslut först" in page and ">Fördela 2</button>" in page and "refresh" not in page
    assert "Obeslutad, " in page and "Elev1, " not in page
    assert "Elev1, " in page_of(client, url("show", run) + "?rader=gar")
    assert client.post(url("start", run)).url == url("show", run)
    assert client.post(url("start", run)).status_code == 409
    assert client.get(url("tell", run)).json() == {"status": "running", "done": 0, "total": 2, "text": "0 av 2"}
    assert ">Avbryt</button>" in page_of(client, url("show", run))
    work()
    page = page_of(client, url("show", run))
    assert "Går att ångra till" in page and "2 rader tas tillbaka" in page
    client.post(url("undo", run))
    work()
    assert "Körningen är ångrad" in page_of(client, url("show", run))
    assert "Fördelning till skolorna" in page_of(client, reverse("work:list"))
    assert "Fördelningen ångrad" in page_of(client, reverse("admissions:show", args=[waiting[0].uuid]))


def test_a_stop_and_a_time_that_has_passed_are_told(office: Office, client: Client) -> None:
    run = looked_through(make_run(office=office))
    client.post(url("stop", run))
    assert "Körningen avbröts" in page_of(client, url("show", run))
    run = carried_out(make_run(office=office), by=office.officer)
    Run.objects.filter(pk=run.pk).update(undo_until=time.real_now() - timedelta(seconds=1))
    page = page_of(client, url("show", run))
    assert "10 minuter, och de har gått" in page and "disabled" in page
    assert client.post(url("undo", run)).status_code == 409


def test_who_reaches_a_run(office: Office) -> None:
    run = looked_through(make_run(office=office))
    for user, answer in (
        (make_staff(Role.ADMISSIONS_OFFICER, authority=office.school.authority), 200),
        (make_staff(Role.ADMISSIONS_OFFICER), 404),
        (office.administrator_user, 404),
    ):
        client = as_user(user)
        assert [client.get(url(name, run)).status_code for name in ("show", "tell")] == [answer, answer]
    elsewhere = as_user(make_staff(Role.ADMISSIONS_OFFICER))
    assert [elsewhere.post(url(name, run)).status_code for name in ("start", "stop", "undo")] == [404] * 3
    assert "Inga körningar än" in page_of(elsewhere, reverse("work:list"))
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office.officer_user, backend="kursvis.accounts.backends.UserNameBackend")
    assert strict.post(url("start", run)).status_code == 403


def test_a_protected_applicant_is_an_alias_also_when_she_was_protected_afterwards(
    office: Office, client: Client
) -> None:
    choice = make_choice(office=office, status=C.DECIDED, last_name="Öberg")
    run = looked_through(make_run(office=office, choices=[choice]))
    assert "Öberg, " in page_of(client, url("show", run))
    type(choice.student).objects.filter(pk=choice.student_id).update(protection=Protection.SECRECY_MARK.value)
    page = page_of(client, url("show", run))
    assert "Skyddad person 1" in page and "Öberg" not in page and choice.student.shown_personnummer not in page


def test_pages_ask_few_questions_whatever_the_rows(
    office: Office, client: Client, django_assert_max_num_queries: object
) -> None:
    run = make_run(office=office, choices=make_waiting(120, office=office))
    for _ in range(3):
        make_run(office=office)
    for do in (lambda: None, work_once, work):
        do()
        for address in (url("show", run), url("show", run) + "?rader=alla&sida=2", reverse("work:list")):
            with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
                assert client.get(address).status_code == 200
    assert Choice.objects.filter(status="distributed").count() == 0
