"""The outbox: who sees which message, and what a sealed one keeps to itself."""

from typing import Any

import pytest
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.organisation.tests.factories import make_school
from kursvis.post.tests.factories import make_message

pytestmark = pytest.mark.django_db
LETTER = {"attachment_name": "kallelse.pdf", "attachment": b"%PDF-1.7 prov"}


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
