"""The demo's mailbox: what is sent is read there, links lead into the demo, and no protected person is shown."""

import re
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.accounts.models import User
from kursvis.core import time
from kursvis.demo.models import DemoMail
from kursvis.demo.rules.cast import member
from kursvis.demo.rules.mail import KEPT, Part, parts
from kursvis.demo.services import mail
from kursvis.demo.services.whole import make_demo
from kursvis.organisation.tests.factories import make_authority
from kursvis.post import services as post
from kursvis.post.tests.factories import make_message

HERE = "http://127.0.0.1:8000"


@pytest.fixture
def mailbox(settings: Any, db: None) -> None:
    settings.EMAIL_BACKEND = "kursvis.demo.mailbox.Mailbox"
    settings.ADDRESS = HERE


def keep(number: int = 1, **given: str) -> DemoMail:
    values = {"to": f"{number}@personal.example", "subject": f"Brev {number}", "body": "Hej!"}
    return mail.keep(**(values | given), now=time.now())


def test_a_link_to_the_demo_is_found_and_no_other() -> None:
    body = f"Välj lösenord: {HERE}/lank/a-b_c/.\nLäs https://skolverket.se/x och http://127.0.0.1//ond.example/."
    assert [part for part in parts(body, address=HERE) if part.path] == [
        Part(f"{HERE}/lank/a-b_c/", "/lank/a-b_c/"),
    ]


@given(st.text(max_size=60), st.sampled_from([f"{HERE}/lank/x/", "https://x.example/y", "http://[", "http:///"]))
def test_no_text_is_lost_and_a_link_never_leaves(text: str, link: str) -> None:
    found = parts(f"{text} {link} {text}", address=HERE)
    assert "".join(part.text for part in found) == f"{text} {link} {text}"
    assert all(re.match(r"/[^/\\]", part.path) or part.path == "/" for part in found if part.path)


def test_what_the_outbox_sends_is_read_there(mailbox: None, client: Client) -> None:
    message = make_message(authority=make_authority(), subject="Inbjudan", body=f"Öppna {HERE}/lank/s3cret/ i dag.")
    assert post.deliver(message_id=message.pk, now=time.now())
    page = client.get("/demo/post/").content.decode()
    assert '<a href="/lank/s3cret/">' in page and message.address in page
    attached = EmailMessage("Kallelse", "Hej", to=["a@x.example", "b@x.example"])
    attached.attach("kallelse.pdf", b"%PDF", "application/pdf")
    assert attached.send() == 1
    assert {(m.to, m.attachments) for m in DemoMail.objects.filter(subject="Kallelse")} == {
        ("a@x.example", "kallelse.pdf"),
        ("b@x.example", "kallelse.pdf"),
    }


def test_script_in_a_mail_is_text(mailbox: None, client: Client) -> None:
    keep(subject="<script>1</script>", body=f"<script>2</script> {HERE}/x/\"onclick='3'")
    page = client.get("/demo/post/").content.decode()
    assert "<script>1" not in page and "<script>2" not in page
    assert "&lt;script&gt;2" in page and '"onclick' not in page


def test_the_oldest_are_let_go(db: None) -> None:
    first = keep()
    DemoMail.objects.bulk_create(DemoMail(sent_at=first.sent_at, to=first.to) for _ in range(KEPT - 1))
    assert DemoMail.objects.count() == KEPT
    keep(2)
    assert DemoMail.objects.count() == KEPT and not DemoMail.objects.filter(pk=first.pk).exists()


def test_the_list_is_paged_searched_and_cheap(
    mailbox: None, client: Client, django_assert_max_num_queries: Any
) -> None:
    kept = [keep(number) for number in range(45)]
    with django_assert_max_num_queries(15):
        page = client.get("/demo/post/").content.decode()
    assert "Brev 44" in page and "Brev 25" in page and "Brev 24" not in page
    assert "Brev 7" in client.get("/demo/post/?q=7@personal").content.decode()
    assert client.get("/demo/post/", {"q": "7\0@personal"}).status_code == 200
    assert f'<h2 id="opened">{kept[3].subject}' in client.get(f"/demo/post/?brev={kept[3].uuid}").content.decode()
    assert "Ingen träff" in client.get("/demo/post/?q=finns-inte").content.decode()
    for wrong in ("x", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"/demo/post/?brev={wrong}").status_code == 404


def test_only_a_protected_person_reads_her_own(mailbox: None, client: Client) -> None:
    make_demo(size="cast", today=time.today())
    secret = User.objects.get(personnummer=member("protected_student").personnummer)
    kept = keep(to=secret.email.upper(), subject="Hemligt ämne", body="Hej Maja Holmgren!")
    for address in ("/demo/post/", f"/demo/post/?brev={kept.uuid}", "/demo/post/?q=hemligt", "/demo/post/?q=maho"):
        page = client.get(address, follow=True)
        assert "Hemligt" not in page.content.decode() and secret.last_name not in page.content.decode()
    client.force_login(secret, backend="kursvis.accounts.backends.ElectronicIdBackend")
    assert "Hej Maja Holmgren!" in client.get("/demo/post/").content.decode()


def test_the_pages_that_speak_of_mail_lead_there(mailbox: None, client: Client, settings: Any) -> None:
    link = '<a href="/demo/post/">demons brevlåda</a>'
    asked = client.post("/glomt-losenord/", {"typed": "bjokaost"}, follow=True)
    assert link in client.get("/logga-in/").content.decode() and link in asked.content.decode()
    settings.DEMO = False
    assert "/demo/post/" not in client.get("/logga-in/").content.decode()


def test_production_has_no_mailbox(db: None, client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/demo/post/").status_code == 404
