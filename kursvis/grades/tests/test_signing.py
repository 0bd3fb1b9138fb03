"""The decider signs her catalogue electronically: bound to the document that is kept (R49)."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from fake_bankid.orders import Person
from kursvis.access.rules import Action
from kursvis.accounts.confirm.rules import ConfirmWay
from kursvis.accounts.models import BankIdOrder, SavedForm, User
from kursvis.accounts.tests.bank import LINH, Fake, in_use, signed_data, state
from kursvis.accounts.tests.browsers import as_user, confirm
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.core.reasons import Refused
from kursvis.core.tests.days import go_to
from kursvis.grades import services
from kursvis.grades.models import Catalogue, CatalogueSignature, CatalogueStep, Grade, GradeStep
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import Classroom, make_catalogue, make_grade

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fake]:
    fake = Fake(tmp_path_factory.mktemp("bankid"))
    yield fake
    fake.stop()


@pytest.fixture
def fake(running: Fake, settings: Any) -> Iterator[Fake]:
    with in_use(running, settings):
        yield running


@pytest.fixture
def room() -> Classroom:
    return Classroom()


def person(user: User) -> Person:
    return Person(user.personnummer or "", user.first_name, user.last_name)


def begin(browser: Client, catalogue: Catalogue) -> None:
    browser.post(reverse("grades:sign_catalogue", args=[catalogue.uuid]), {"way": "qr"})


def finish(browser: Client, catalogue: Catalogue) -> Any:
    return browser.post(reverse("grades:finish_signing", args=[catalogue.uuid]), follow=True)


def test_the_signature_is_of_the_text_and_the_document_that_is_kept(fake: Fake, room: Classroom) -> None:
    catalogue, browser = make_catalogue(room), as_user(room.teacher_user, confirms=())
    begin(browser, catalogue)
    text = fake.newest().text
    for shown in (f"betygskatalog {catalogue.number}", room.group.name, "Antal betyg: 2", "Karin Öst"):
        assert shown in text
    fake.approves(person(room.teacher_user))
    assert state(browser)["status"] == "complete"
    assert "underskriven med BankID" in finish(browser, catalogue).content.decode()
    row, digest = CatalogueSignature.objects.get(), hashlib.sha256(bytes(catalogue.pdf)).hexdigest()
    assert (row.user, row.way, row.digest, row.text) == (room.teacher_user, ConfirmWay.BANKID, digest, text)
    assert signed_data(row.signature) == (text, bytes.fromhex(digest)) and row.ocsp
    catalogue.refresh_from_db()
    assert catalogue.status == CatalogueStatus.SENT and catalogue.sent_at is not None
    assert CatalogueStep.objects.latest("id").verb == "signed"
    assert Event.objects.get(verb="catalogue.signed").subject_id == catalogue.pk
    assert GradeStep.objects.filter(verb="signed").count() == 2 and not BankIdOrder.objects.exists()
    seen = as_user(room.registrar_user).get(reverse("grades:show_catalogue", args=[catalogue.uuid])).content.decode()
    assert "Dokumentet är det som skrevs under" in seen and "BankID" in seen and "Ta emot" in seen
    assert services.receive(catalogue=catalogue, by=room.registrar, now=room.on_end(3)).status == "received"


@pytest.mark.parametrize("is_received", [False, True])
def test_a_document_that_has_changed_is_neither_received_nor_approved(
    fake: Fake, room: Classroom, is_received: bool
) -> None:
    catalogue, browser = make_catalogue(room), as_user(room.teacher_user, confirms=())
    begin(browser, catalogue)
    fake.approves(person(room.teacher_user))
    state(browser)
    finish(browser, catalogue)
    if is_received:
        services.receive(catalogue=catalogue, by=room.registrar, now=room.on_end(3))
    Catalogue.objects.filter(pk=catalogue.pk).update(pdf=b"another")
    page = as_user(room.registrar_user).get(reverse("grades:show_catalogue", args=[catalogue.uuid])).content.decode()
    assert "Dokumentet är inte det som skrevs under" in page
    step = services.approve if is_received else services.receive
    with pytest.raises(Refused) as refused:
        step(catalogue=catalogue, by=room.registrar, now=room.on_end(4))
    assert [reason.code for reason in refused.value.reasons] == ["grades.signed_another_document"]


def test_a_signature_of_another_document_is_thrown_away(fake: Fake, room: Classroom) -> None:
    catalogue, browser = make_catalogue(room), as_user(room.teacher_user, confirms=())
    begin(browser, catalogue)
    Catalogue.objects.filter(pk=catalogue.pk).update(pdf=b"another")
    fake.approves(person(room.teacher_user))
    state(browser)
    assert finish(browser, catalogue).status_code == 409
    catalogue.refresh_from_db()
    assert catalogue.status == CatalogueStatus.CREATED
    assert not CatalogueSignature.objects.exists() and not BankIdOrder.objects.exists()


def test_nobody_elses_bankid_signs(fake: Fake, room: Classroom) -> None:
    catalogue, browser = make_catalogue(room), as_user(room.teacher_user, confirms=())
    begin(browser, catalogue)
    fake.approves(LINH)
    assert state(browser)["status"] == "failed"
    BankIdOrder.objects.update(status="complete", personnummer=LINH.personnummer, signature="x", ocsp="x")
    assert finish(browser, catalogue).status_code == 409 and not CatalogueSignature.objects.exists()


def test_only_the_decider_signs_and_only_with_an_electronic_id(fake: Fake, room: Classroom) -> None:
    catalogue = make_catalogue(room)
    office = room.office.administrator_user
    begun = as_user(office).post(reverse("grades:sign_catalogue", args=[catalogue.uuid]), {"way": "qr"})
    assert begun.status_code == 409 and "Bara den som har beslutat" in begun.content.decode()
    User.objects.filter(pk=room.teacher_user.pk).update(personnummer=None, user_name="karin")
    page = as_user(room.teacher_user).get(reverse("grades:show_catalogue", args=[catalogue.uuid])).content.decode()
    assert "Skriv under på papper i stället" in page and not BankIdOrder.objects.exists()


def test_a_login_is_no_signature(fake: Fake, room: Classroom) -> None:
    catalogue, browser = make_catalogue(room), as_user(room.teacher_user, confirms=())
    browser.post(reverse("accounts:confirm_bankid", args=["skriva-under"]), {"way": "qr"})
    fake.approves(person(room.teacher_user))
    state(browser)
    assert finish(browser, catalogue).status_code == 409 and not CatalogueSignature.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET digest = repeat('0', 64)", "DELETE FROM {}"])
def test_a_signature_is_never_changed(room: Classroom, statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("grades_cataloguesignature"))


def test_locking_asks_first_and_loses_nothing_that_was_typed(room: Classroom) -> None:
    grade = make_grade(room, value="C")
    go_to(room.end)
    browser = as_user(room.teacher_user, confirms=set(Action) - {Action.LOCK_GRADES})
    address = reverse("grades:group", args=[room.group.uuid])
    row = str(grade.enrolment.uuid)
    asked = browser.post(address, {f"grade-{row}": "B", "do": "lock_all"})
    assert unquote(asked["Location"]).startswith("/bekrafta/lasa-betyg/?next=/sparat/")
    saved = SavedForm.objects.get()
    assert saved.fields["posted"] == [[f"grade-{row}", "B"], ["do", "lock_all"]]
    assert Grade.objects.get().status == GradeStatus.SET
    confirm(browser, room.teacher_user, [Action.LOCK_GRADES])
    last = browser.get(f"/sparat/{saved.uuid}/").content.decode()
    assert f"<dt>{grade.enrolment.student.listed_name}</dt><dd>B</dd>" in last
    assert f"<dd>{room.group.name}</dd>" in last and f'class="code">{address}' not in last
    assert "Det gäller till" in browser.get(address).content.decode()


def test_saving_without_locking_asks_nothing(room: Classroom) -> None:
    make_grade(room, value="C")
    go_to(room.end)
    browser = as_user(room.teacher_user, confirms=())
    address = reverse("grades:group", args=[room.group.uuid])
    assert "bekräftar du först" in browser.get(address).content.decode()
    assert browser.post(address, {"do": "save"})["Location"] == address
    assert not SavedForm.objects.exists()


def test_the_services_refuse_to_lock_for_who_has_not_confirmed(room: Classroom) -> None:
    grade = make_grade(room, value="C")
    by = replace(room.teacher, confirmed=frozenset())
    for step in (
        lambda: services.lock(grade=grade, end_moved_to=None, by=by, now=room.on_end()),
        lambda: services.lock_group(group=room.group, by=by, now=room.on_end()),
    ):
        with pytest.raises(Refused) as refusal:
            step()
        assert [reason.code for reason in refusal.value.reasons] == ["access.not_confirmed"]


def test_a_colleague_who_may_send_paper_cannot_finish_her_signature(fake: Fake, room: Classroom) -> None:
    catalogue = make_catalogue(room)
    other = make_staff(room.office.administrator.held[0].role, school=room.group.school)
    assert finish(as_user(other), catalogue).status_code == 409
