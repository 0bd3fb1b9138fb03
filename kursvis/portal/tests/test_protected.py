"""Protecting persons on the pages: who marks, who is named, what was read, and the letters."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Action, Role
from kursvis.accounts.confirm import services as confirmations
from kursvis.accounts.confirm.rules import ConfirmWay
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.services import assign
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.grades.tests.factories import Classroom, make_catalogue
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_school
from kursvis.people import services as people
from kursvis.people.models import ProtectedReader, Student
from kursvis.people.rules import Protection
from kursvis.people.rules.protection import MOST_OPENINGS_A_DAY
from kursvis.people.tests.factories import make_reader
from kursvis.portal import todo
from kursvis.portal.queries import protected
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
SECRET = Protection.SECRECY_MARK
WHY = {"reason": "Besked från Skatteverket"}


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def municipal(office: Office) -> User:
    return make_staff(Role.MUNICIPAL_PRINCIPAL, authority=office.school.authority)


@pytest.fixture
def school(office: Office) -> User:
    return make_staff(Role.SCHOOL_PRINCIPAL, school=office.school)


def _student(office: Office, protection: Protection = SECRET) -> Student:
    choice = make_choice(
        office=office,
        status=ChoiceStatus.DISTRIBUTED,
        protection=protection,
        first_name="Maja",
        last_name="Holmgren",
    )
    return choice.student


def _as(client: Client, user: User) -> None:
    """Log in, and confirm that it is she."""
    client.force_login(user)
    session = client.session
    confirmations.confirmed(
        session,
        user=user,
        action=Action.PROTECT_STUDENTS,
        way=ConfirmWay.PASSWORD,
        by=actor(user),
        now=time.now(),
        real_now=time.real_now(),
    )
    session.save()


def _named(user: User, **given: Any) -> dict[str, Any]:
    today = time.today()
    return {"user": user.uuid, "starts_on": today, "ends_on": today + timedelta(days=30), "why": "Kallar"} | given


def test_who_is_marked_is_her_alias_at_once_and_a_school_cannot_take_it_back(
    client: Client, office: Office, school: User, municipal: User
) -> None:
    student = _student(office, Protection.NONE)
    _as(client, school)
    card = client.get(f"/studerande/{student.uuid}/").content.decode()
    assert f"/studerande/{student.uuid}/skydd/" in card
    address = f"/studerande/{student.uuid}/skydd/andra/"
    waiting = Message.objects.filter(concerns=student.uuid, status="queued").count()
    assert f"{waiting} e-brev väntar" in client.get(address).content.decode()
    page = client.post(address, {"protection": "secrecy_mark", **WHY}, follow=True).content.decode()
    assert "Skyddad person 1" in page and "Holmgren" not in page
    assert not Message.objects.filter(concerns=student.uuid, channel="email", status="queued").exists()
    refused = client.post(address, {"protection": "none", **WHY}).content.decode()
    assert "Bara kommunen tar bort" in refused and WHY["reason"] in refused
    _as(client, municipal)
    assert client.post(address, {"protection": "none", **WHY}).status_code == 302
    student.refresh_from_db()
    assert not student.is_protected


def test_nothing_is_changed_before_she_has_confirmed_that_it_is_she(
    client: Client, office: Office, municipal: User
) -> None:
    student = _student(office, Protection.NONE)
    client.force_login(municipal)
    asked = client.post(f"/studerande/{student.uuid}/skydd/andra/", {"protection": "secrecy_mark", **WHY})
    assert asked.status_code == 302 and "/bekrafta/" in asked["Location"]
    student.refresh_from_db()
    assert not student.is_protected


def test_a_schools_principal_names_her_own_staff_and_the_municipality_also_its_own(
    client: Client, office: Office, school: User, municipal: User
) -> None:
    student = _student(office)
    elsewhere = make_staff(Role.SCHOOL_ADMINISTRATOR, school=make_school(authority=office.school.authority))
    teacher = make_staff(Role.TEACHER, school=office.school)
    address = f"/studerande/{student.uuid}/skydd/"
    offered = {}
    for user in (school, municipal):
        _as(client, user)
        offered[user] = set(client.get(address).context["reader_form"].fields["user"].queryset)
    assert offered[school] == {office.administrator_user}
    assert offered[municipal] == {office.administrator_user, office.officer_user, school}
    assert not {elsewhere, teacher, student.user} & (offered[school] | offered[municipal])
    _as(client, school)
    for user in (office.officer_user, school, elsewhere):
        assert client.post(f"{address}lasare/", _named(user)).status_code == 200
    wrong = client.post(
        f"{address}lasare/", _named(office.administrator_user, ends_on=time.today() - timedelta(days=1))
    ).content.decode()
    assert "Slutdagen ligger före startdagen" in wrong and 'value="Kallar"' in wrong
    assert not ProtectedReader.objects.exists()
    assert client.post(f"{address}lasare/", _named(office.administrator_user)).status_code == 302
    page = client.get(address).content.decode()
    assert "Kallar" in page and school.full_name in page
    by_municipality = make_reader(student=student, user=office.officer_user)
    assert client.post(f"/skydd/lasare/{by_municipality.uuid}/avsluta/").status_code == 404
    own = ProtectedReader.objects.get(user=office.administrator_user)
    assert client.post(f"/skydd/lasare/{own.uuid}/avsluta/").status_code == 302
    client.force_login(office.administrator_user)
    assert "Holmgren" not in client.post(f"/studerande/{student.uuid}/", {"reason": "Hon ringde"}).content.decode()


def test_nobody_reaches_her_own_protection_or_another_units(client: Client, office: Office, school: User) -> None:
    elsewhere = _student(Office())
    _as(client, school)
    assert client.get(f"/studerande/{elsewhere.uuid}/skydd/").status_code == 404
    own = make_choice(office=office, status=ChoiceStatus.DISTRIBUTED, user=school, protection=SECRET).student
    assert client.get(f"/studerande/{own.uuid}/skydd/").status_code == 404
    assert own.listed_name not in client.get("/skydd/").content.decode()


def test_unusual_readings_wait_for_a_review(client: Client, office: Office, school: User) -> None:
    student = _student(office)
    make_reader(student=student, user=office.administrator_user)
    reader, now = office.administrator, time.now()

    def wait() -> list[Any]:
        return [line for line in todo.of(actor(school), today=time.today()) if line.code == "readings_to_review"]

    for _time in range(MOST_OPENINGS_A_DAY):
        people.opened(student=student, reason="Hon ringde", by=reader, now=now)
    assert wait() == []
    people.opened(student=student, reason="En gång till", by=reader, now=now)
    (line,) = wait()
    _as(client, school)
    assert list(client.get(line.url).context["page"]) == [student]
    page = client.get(f"/studerande/{student.uuid}/skydd/").content.decode()
    assert "ovanligt ofta på en dag" in page and "En gång till" in page and "Holmgren" not in page
    client.post(f"/studerande/{student.uuid}/skydd/granskat/", {"note": "Hon ringde många gånger"})
    assert wait() == [] and list(client.get(line.url).context["page"]) == []
    assert "Hon ringde många gånger" in client.get(f"/studerande/{student.uuid}/skydd/").content.decode()


def test_nobody_reviews_her_own_reading_that_is_too_old_to_be_shown(
    client: Client, office: Office, municipal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protected, "OPENINGS_SHOWN", 2)
    student = _student(office)
    for user in (municipal, office.administrator_user):
        make_reader(student=student, user=user)
    for user in (municipal, *[office.administrator_user] * 2):
        people.opened(student=student, reason="Hon ringde", by=actor(user), now=time.now())
    _as(client, municipal)
    client.post(f"/studerande/{student.uuid}/skydd/granskat/", {"note": "Inget"})
    assert not Event.objects.filter(verb=protected.REVIEWED).exists()


def test_a_reader_who_works_elsewhere_now_reaches_no_letter(client: Client, office: Office) -> None:
    student, reader = _student(office), office.administrator_user
    letter = Message.objects.filter(concerns=student.uuid, attachment__isnull=True)[0]
    make_reader(student=student, user=reader)
    client.force_login(reader)
    address = f"/skyddad-post/{letter.uuid}/"
    assert client.get(address).status_code == 200
    yesterday = time.today() - timedelta(days=1)
    Assignment.objects.filter(user=reader).update(ends_on=yesterday)
    elsewhere = {"role": Role.ADMISSIONS_OFFICER, "authority": Office().school.authority}
    assign(user=reader, **elsewhere, starts_on=time.today(), by=SYSTEM, now=time.now())
    assert client.get(address).status_code == client.post(address, {"reason": "Nyfiken"}).status_code == 404
    assert letter.recipient not in client.get("/skyddad-post/").content.decode()


def _pdf(response: Any) -> str:
    assert response["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


def test_a_letter_goes_in_two_envelopes_through_the_forwarder(client: Client, office: Office) -> None:
    student = _student(office)
    letter = Message.objects.filter(concerns=student.uuid, attachment__isnull=True)[0]
    address = f"/skyddad-post/{letter.uuid}/"
    client.force_login(office.administrator_user)
    assert client.get(address).status_code == 404
    assert letter.recipient not in client.get("/skyddad-post/").content.decode()
    make_reader(student=student, user=office.administrator_user)
    assert letter.recipient in client.get("/skyddad-post/").content.decode()
    closed = client.get(address).content.decode()
    assert "Holmgren" not in closed and letter.body[:20] not in closed
    silent = client.post(address, {"reason": " ", "do": "brev"})
    assert "Holmgren" not in silent.content.decode()
    missing = client.post(address, {"reason": "Posten i dag", "do": "kuvert"}).content.decode()
    assert "inte sagt vart brev" in missing
    Authority.objects.filter(pk=letter.authority_id).update(forwarding_address="Förmedlingen\nBox 1\n999 99 Provstad")
    envelope = _pdf(client.post(address, {"reason": "Posten i dag", "do": "kuvert"}))
    cover, label = envelope.split("Det inre kuvertet\n", 1)
    assert "Förmedlingen" in cover and "Holmgren" not in cover and student.shown_personnummer not in cover
    assert "Maja Holmgren" in label and student.shown_personnummer in label
    assert "Maja Holmgren" in _pdf(client.post(address, {"reason": "Posten i dag", "do": "brev"}))
    assert "Maja Holmgren" in client.post(address, {"reason": "Läser", "do": "text"}).content.decode()
    assert client.post(f"{address}postat/").status_code == 302
    assert client.post(f"{address}postat/").status_code == 409
    kept = Event.objects.filter(student_id=student.pk, subject_id=letter.pk, subject="post.message")
    assert list(kept.order_by("id").values_list("verb", "detail__reason")) == [
        ("message.envelope_printed", "Posten i dag"),
        ("message.pdf_opened", "Posten i dag"),
        ("message.opened", "Läser"),
    ]


def test_a_catalogue_with_somebody_protected_since_is_given_out_as_a_transcript(client: Client) -> None:
    classroom = Classroom()
    catalogue = make_catalogue(classroom, values=("C",))
    student = catalogue.entries.get().grade.enrolment.student
    client.force_login(classroom.teacher_user)
    address = f"/kataloger/{catalogue.uuid}/pdf/"
    assert student.last_name in _pdf(client.get(address))
    people.protect(student=student, protection=SECRET, **WHY, by=SYSTEM, now=classroom.on_end(5))
    given = _pdf(client.get(address))
    assert student.listed_name in given and "Avskrift" in given
    assert student.last_name not in given and student.shown_personnummer not in given


def test_the_pages_cost_as_few_queries_for_many(
    client: Client, office: Office, municipal: User, django_assert_max_num_queries: Any
) -> None:
    student = _student(office)
    for number in range(20):
        reader = make_staff(Role.SCHOOL_ADMINISTRATOR, school=office.school)
        make_reader(student=student, user=reader)
        people.opened(student=student, reason=f"Skäl {number}", by=actor(reader), now=time.now())
    for user in (municipal, make_staff(Role.SCHOOL_PRINCIPAL, school=office.school)):
        _as(client, user)
        for address in ("/", "/skydd/", "/skydd/?granska=ja", f"/studerande/{student.uuid}/skydd/", "/skyddad-post/"):
            with django_assert_max_num_queries(15):
                assert client.get(address).status_code == 200
