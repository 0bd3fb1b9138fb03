"""The outbox: who sees which message, and what a sealed one keeps to itself."""

import re
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_student
from kursvis.portal import todo
from kursvis.post import services
from kursvis.post.models import Message
from kursvis.post.rules import MessageStatus
from kursvis.post.tests.factories import make_message

pytestmark = pytest.mark.django_db
LETTER = {"attachment_name": "kallelse.pdf", "attachment": b"%PDF-1.7 prov"}
PRINTED, AGAIN = "Markera som utskriven och postad", "Skicka igen"


def test_each_unit_sees_its_own_messages(client: Client) -> None:
    school, other = make_school(), make_school()
    mine = make_message(authority=school.authority, school=school, subject="Kallelse till Matematik", **LETTER)
    theirs = make_message(authority=other.authority, school=other, subject="Någon annans")
    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    page = client.get("/utskick/").content.decode()
    assert "Kallelse till Matematik" in page and "Någon annans" not in page
    shown = client.get(f"/utskick/{mine.uuid}/").content.decode()
    assert "Välkommen!" in shown and "kallelse.pdf" in shown
    fetched = client.get(f"/utskick/{mine.uuid}/bilaga/")
    assert fetched.content == LETTER["attachment"]
    assert fetched["content-type"] == "application/pdf"
    assert client.get(f"/utskick/{theirs.uuid}/").status_code == 404
    assert client.get(f"/utskick/{theirs.uuid}/bilaga/").status_code == 404


def test_a_sealed_message_shows_neither_address_nor_text_nor_attachment(client: Client) -> None:
    school = make_school()
    message = make_message(
        authority=school.authority, school=school, recipient="Skyddad person 1", address="maja@example.org",
        body="Hemlig text", sealed=True, **LETTER,
    )  # fmt: skip
    client.force_login(make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority))
    pages = [client.get(address).content.decode() for address in ("/utskick/", f"/utskick/{message.uuid}/")]
    for page in pages:
        assert "Skyddad person 1" in page
        assert not [secret for secret in ("maja@", "Hemlig text", "kallelse.pdf") if secret in page]
    assert client.get(f"/utskick/{message.uuid}/bilaga/").status_code == 404


def test_a_message_without_attachment_has_none(client: Client) -> None:
    school = make_school()
    message = make_message(authority=school.authority, school=school)
    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    assert client.get(f"/utskick/{message.uuid}/bilaga/").status_code == 404


def test_teachers_have_no_outbox(client: Client) -> None:
    client.force_login(make_staff(Role.TEACHER))
    assert client.get("/utskick/").status_code == 403


def test_300_messages_cost_as_few_queries_as_three_and_are_searched(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    school = make_school()
    for number in range(300):
        make_message(authority=school.authority, school=school, subject=f"Kallelse {number:03d}")
    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    with django_assert_max_num_queries(15):
        assert "Visar 1–50 av 300" in client.get("/utskick/").content.decode()
    assert client.get("/utskick/?q=kallelse 007").context["page"].paginator.count == 1


def _printed(school: School, **given: Any) -> Message:
    return make_message(authority=school.authority, school=school, address="", **given)


def _step(page: str, label: str) -> bool:
    """Say whether the page has the step as a form to send."""
    return re.search(rf'<form[^>]*method="post"[^>]*>(?:(?!</form>).)*{label}', page, re.DOTALL) is not None


def test_a_letter_is_marked_printed_once(client: Client) -> None:
    school = make_school()
    letter = _printed(school)
    user = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)
    client.force_login(user)
    address = f"/utskick/{letter.uuid}/"
    assert _step(client.get(address).content.decode(), PRINTED)
    page = client.post(f"{address}utskriven/", follow=True).content.decode()
    assert "Brevet är markerat som utskrivet" in page and not _step(page, PRINTED)
    assert PRINTED in page and "Meddelandet har läget Skickat" in page
    assert client.post(f"{address}utskriven/").status_code == 409
    event = Event.objects.get(verb="message.printed")
    assert (event.subject_id, event.actor_id) == (letter.pk, user.pk)


def test_a_message_that_did_not_arrive_is_sent_again(client: Client) -> None:
    school = make_school()
    message = make_message(authority=school.authority, school=school)
    client.force_login(make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority))
    address = f"/utskick/{message.uuid}/"
    assert client.post(f"{address}igen/").status_code == 409
    assert not _step(client.get(address).content.decode(), AGAIN)
    Message.objects.filter(pk=message.pk).update(status=MessageStatus.FAILED.value)
    page = client.get(address).content.decode()
    assert _step(page, AGAIN) and PRINTED not in page
    assert "ligger i kön igen" in client.post(f"{address}igen/", follow=True).content.decode()
    assert Message.objects.get().status == MessageStatus.QUEUED
    assert Event.objects.filter(verb="message.queued_again").count() == 1


@pytest.mark.parametrize("step", ["utskriven", "igen"])
def test_an_email_is_not_printed_and_nobody_elses_message_is_touched(client: Client, step: str) -> None:
    school, other = make_school(), make_school()
    theirs = _printed(other)
    mine = make_message(authority=school.authority, school=school)
    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    assert client.post(f"/utskick/{mine.uuid}/{step}/").status_code == 409
    assert client.post(f"/utskick/{theirs.uuid}/{step}/").status_code == 404
    assert client.get(f"/utskick/{mine.uuid}/{step}/").status_code == 405
    assert set(Message.objects.values_list("status", flat=True)) == {"queued"}


def test_the_outbox_is_narrowed_by_state_channel_and_sender(client: Client) -> None:
    school = make_school()
    letter, mail = _printed(school), make_message(authority=school.authority, school=school)
    own = make_message(authority=school.authority, address="")
    Message.objects.filter(pk=mail.pk).update(status=MessageStatus.FAILED.value)
    client.force_login(make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority))
    for query, found in {
        "satt=print": {letter, own},
        "satt=email": {mail},
        "lage=failed": {mail},
        "lage=queued&satt=print&egna=ja": {own},
        "lage=nonsens&satt=x": {letter, mail, own},
    }.items():
        assert set(client.get(f"/utskick/?{query}").context["page"]) == found, query


def test_letters_to_print_wait_at_the_unit_that_sends_them(client: Client) -> None:
    school = make_school()
    sent = _printed(school)
    for message in (sent, _printed(school), make_message(authority=school.authority, address="")):
        assert message.status == MessageStatus.QUEUED
    make_message(authority=school.authority, school=school)
    services.mark_printed(message=sent, by=SYSTEM, now=time.now())
    for user in (
        make_staff(Role.SCHOOL_ADMINISTRATOR, school=school),
        make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority),
    ):
        (waiting,) = todo.of(actor(user), today=time.today())
        assert (waiting.code, waiting.count, waiting.day) == ("letters", 1, time.today())
        client.force_login(user)
        page = client.get("/").content.decode()
        assert "Brev att skriva ut" in page and "försenad" not in page
        assert client.get(waiting.url).context["page"].paginator.count == 1


def test_a_letter_to_a_protected_person_is_no_part_of_the_outbox(client: Client) -> None:
    school = make_school()
    student = make_student(authority=school.authority, protection=Protection.SECRECY_MARK)
    letter = _printed(school, recipient=student.listed_name, sealed=True, concerns=student.uuid, **LETTER)
    for user in (
        make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority),
        make_staff(Role.SCHOOL_ADMINISTRATOR, school=school),
    ):
        client.force_login(user)
        assert "Skyddad person" not in client.get("/utskick/?q=skyddad").content.decode()
        for address in ("", "bilaga/", "utskriven/"):
            asked = client.post if address == "utskriven/" else client.get
            assert asked(f"/utskick/{letter.uuid}/{address}").status_code == 404
