"""The pages of an import: a file is sent, read, looked through, carried out, and what did not go is handed back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import OfferImport
from kursvis.catalogue.rules.imports.files import table_of
from kursvis.catalogue.rules.imports.limits import MOST_BYTES
from kursvis.catalogue.tests.factories import make_course
from kursvis.catalogue.tests.imports import carried_out, csv_of, taken_back
from kursvis.catalogue.tests.test_imports import Setting
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.work.tests.worker import work

pytestmark = pytest.mark.django_db
UPLOAD = "/kursstarter/importera/"
MOST_QUERIES = 15


@pytest.fixture
def at() -> Setting:
    return Setting()


@pytest.fixture
def client(at: Setting, client: Client) -> Client:
    client.force_login(User.objects.get(pk=at.by.user_id), backend="kursvis.accounts.backends.ElectronicIdBackend")
    return client


def sends(client: Client, at: Setting, content: bytes, name: str = "utbud.csv") -> Any:
    return client.post(UPLOAD, {"school": at.school.uuid, "file": SimpleUploadedFile(name, content)})


def chosen(sent: OfferImport, **also: str) -> dict[str, str]:
    columns = {f"column_{name}": str(place) for name, place in sent.reading["columns"].items()}
    return columns | also


def test_from_a_file_to_rows_that_are_handed_back(at: Setting, client: Client) -> None:
    rows = [at.row(at.one), at.row(at.other, code="=FEL()", ort="@a"), at.row(at.other)]
    answer = sends(client, at, csv_of(rows), name="..\\..\\etc/hösten <b>2027.csv")
    sent = OfferImport.objects.get()
    assert sent.file_name == "hösten <b>2027.csv"
    page = client.get(answer["Location"]).content.decode()
    assert "hösten &lt;b&gt;2027.csv" in page and "<b>2027" not in page
    answer = client.post(answer["Location"], chosen(sent, do="look"))
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "Importera 2" in page and "Kurskoden =FEL() finns inte i kursregistret" in page
    file = client.get(f"{UPLOAD}{sent.uuid}/gick-inte.csv")
    assert file["Content-Type"].startswith("text/csv") and file["X-Content-Type-Options"] == "nosniff"
    assert b"'=FEL()" in file.content and b"'@a" in file.content
    assert table_of(file.content).rows[1][1][:1] == ("=FEL()",)
    assert Event.objects.filter(verb="offer_import.refused_opened", subject_id=sent.pk).count() == 1


def test_what_cannot_be_read_is_said_in_the_form(at: Setting, client: Client) -> None:
    assert "går inte att läsa som en tabell" in sends(client, at, b"\x89PNG\x00\x01").content.decode()
    assert "högst 5 MB" in sends(client, at, b"a" * (MOST_BYTES + 10)).content.decode()
    assert "högst 5 MB" in sends(client, at, b"a" * (7 * 1024 * 1024)).content.decode()
    assert not OfferImport.objects.exists()
    sends(client, at, b"Namn;Dag\nMatte;2027-01-01\n")
    sent = OfferImport.objects.get()
    page = client.post(f"{UPLOAD}{sent.uuid}/lasning/", {"do": "look", "all_seats": "17"}).content.decode()
    assert "Välj vilken kolumn som är Kurskod" in page and 'value="17"' in page
    twice = {"column_code": "0", "column_starts_on": "1", "column_ends_on": "1", "do": "look"}
    assert "Samma kolumn är vald två gånger" in client.post(f"{UPLOAD}{sent.uuid}/lasning/", twice).content.decode()


def test_the_first_rows_are_shown_as_they_would_be_read(at: Setting, client: Client) -> None:
    sends(client, at, csv_of([at.row(at.one, end="v. 10 2027", form="")]))
    sent = OfferImport.objects.get()
    page = client.post(f"{UPLOAD}{sent.uuid}/lasning/", chosen(sent, do="read", weeks="-1", all_study_form="distance"))
    text = page.content.decode()
    assert (at.starts - timedelta(weeks=1)).isoformat() in text and "2027-03-05" in text and "Distans" in text


def test_another_schools_import_is_not_there(at: Setting, client: Client) -> None:
    sends(client, at, csv_of([at.row(at.one)]))
    sent = OfferImport.objects.get()
    colleague, stranger = Client(), Client()
    elsewhere = make_school(authority=make_authority())
    for who, school in ((colleague, at.school), (stranger, elsewhere)):
        user = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
        who.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
    for address in (f"{UPLOAD}{sent.uuid}/lasning/", f"{UPLOAD}{sent.uuid}/gick-inte.csv"):
        assert colleague.get(address).status_code == 200
        assert stranger.get(address).status_code == 404
    forged = {"school": at.school.uuid, "file": SimpleUploadedFile("a.csv", b"a;b\nc;d")}
    assert stranger.post(UPLOAD, forged).status_code == 200 and OfferImport.objects.count() == 1


def test_the_example_can_be_read(at: Setting, client: Client) -> None:
    for name in ("Matematik", "Engelska", "Svenska"):
        make_course(name=name, subject_name=name)
    example = client.get(f"{UPLOAD}exempel.csv")
    answer = sends(client, at, example.content)
    sent = OfferImport.objects.get()
    client.post(answer["Location"], chosen(sent, do="look"))
    work()
    assert sorted(sent.rows.values_list("verdict", flat=True)) == ["new", "new", "new", "refused"]


def test_pages_ask_the_same_number_of_queries_for_many_rows(
    at: Setting, client: Client, django_assert_max_num_queries: Any
) -> None:
    sent = at.looked([at.row(make_course(), **({"seats": "x"} if n % 2 else {})) for n in range(70)])
    for page in ("", f"{sent.uuid}/lasning/", f"{sent.uuid}/", f"{sent.uuid}/?rader=alla"):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(f"{UPLOAD}{page}").status_code == 200
    done = carried_out(sent, by=at.by)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(f"{UPLOAD}{sent.uuid}/?rader=nya").status_code == 200
    taken_back(done, by=at.by)
    assert "Importen är ångrad" in client.get(f"{UPLOAD}{sent.uuid}/").content.decode()
    assert done.run and client.get(f"/korningar/{done.run.uuid}/")["Location"] == f"{UPLOAD}{sent.uuid}/"
