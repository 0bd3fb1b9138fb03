"""Attacks on what stands around every page: tokens, sites, sessions, redirects, hosts, heads of mails, error pages."""

import logging
import re
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.services import links
from kursvis.accounts.tests.factories import PASSWORD, make_staff
from kursvis.core import rate_limits
from kursvis.core.logs import WithoutSecrets
from kursvis.core.middleware import RefusalPage
from kursvis.core.reasons import Reason, Refused
from kursvis.core.time import now
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school
from kursvis.post.models import Message
from kursvis.post.services import deliver
from tests.access.matrix import MATRIX, PUBLIC, Row
from tests.attack import registry
from tests.attack.pages import read

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://angripare.example/",
    "//angripare.example/",
    "///angripare.example/",
    "/\\angripare.example/",
    "\\\\angripare.example",
    "https:angripare.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@angripare.example/",
    "/ok\r\nLocation: https://angripare.example/",
    "\t//angripare.example",
)
LEADS_AWAY = re.compile(r"(href|action)=[\"'](\s*(https?:)?[/\\\\]{2}\S*angripare|https:angripare|javascript:|data:)")


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def teacher(school: School) -> User:
    return make_staff(Role.TEACHER, school=school, user_name="bjoamlin", email="amina@example.org", password=PASSWORD)


def _address(name: str) -> str:
    row = MATRIX.get(name, Row(PUBLIC))
    return reverse(name, kwargs={row.argument: uuid4()} if row.target else {})


@pytest.mark.parametrize("how", ["no token", "another site"])
def test_a_form_without_our_token_or_from_another_site_is_refused_everywhere(how: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/logga-in/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    wrong = []
    for name in sorted(registry.POSTS):
        if how == "no token":
            response = client.post(_address(name), {"x": "1"})
        else:
            given = {"csrfmiddlewaretoken": token}
            response = client.post(_address(name), given, headers={"Origin": "https://angripare.example"})
        if response.status_code != 403 or "Sidan var för gammal" not in response.content.decode():
            wrong.append((name, response.status_code))
    assert wrong == []


def test_no_view_is_free_of_the_token() -> None:
    from tests.attack.discovery import PACKAGE, files

    assert [name for name, text in files(PACKAGE) if "csrf_exempt" in text] == []


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused_everywhere(method: str) -> None:
    client = Client()
    answers = {getattr(client, method)(_address(name)).status_code for name in MATRIX}
    assert answers == {405}


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_no_address_sends_anybody_elsewhere(wanted: str, teacher: User) -> None:
    inside, outside = Client(raise_request_exception=False), Client(raise_request_exception=False)
    inside.force_login(teacher, backend="kursvis.accounts.backends.UserNameBackend")
    wrong = []
    for name in ("accounts:log_in", "accounts:pick_test_person", "accounts:session_ended", "accounts:log_out"):
        for client in (inside, outside):
            asked = [client.get(_address(name), {"next": wanted}, headers={"Referer": wanted})]
            if name != "accounts:log_out":
                asked.append(
                    client.post(_address(name), {"next": wanted, "user_name": "bjoamlin", "password": PASSWORD})
                )
            for response in asked:
                to = response.headers.get("Location", "/")
                if not to.startswith("/") or to[1:2] in ("/", "\\") or "\n" in to:
                    wrong.append((name, to))
                if LEADS_AWAY.search(response.content.decode()):
                    wrong.append((name, "a link"))
            if client is inside:
                client.force_login(teacher, backend="kursvis.accounts.backends.UserNameBackend")
    assert wrong == []


def test_a_refusal_leads_back_only_to_this_site(rf: RequestFactory) -> None:
    def refused(request: HttpRequest) -> HttpResponse:
        raise Refused(Reason("core.changed_meanwhile"))

    request = rf.get("/x/", headers={"Referer": "https://angripare.example/"})
    response = RefusalPage(refused).process_exception(request, Refused(Reason("core.changed_meanwhile")))
    assert response is not None and response.status_code == 409 and b"angripare" not in response.content


def test_a_forged_host_is_refused_and_stands_in_no_mail(teacher: User) -> None:
    assert Client().get("/logga-in/", headers={"Host": "angripare.example"}).status_code == 400
    Client().get("/logga-in/", headers={"X-Forwarded-Host": "angripare.example"})
    request = Client().post(
        "/glomt-losenord/", {"typed": "bjoamlin"}, headers={"X-Forwarded-Host": "angripare.example"}
    )
    assert request.status_code == 200 and b"angripare" not in request.content
    assert not settings.USE_X_FORWARDED_HOST
    assert settings.ADDRESS.startswith("http") and "angripare" not in settings.ADDRESS
    from inspect import getsource

    assert "get_host" not in getsource(links) and "build_absolute_uri" not in getsource(links)


@pytest.mark.parametrize("way", ["password", "test e-ID"])
def test_who_comes_in_gets_a_key_that_nobody_chose_for_her(way: str, teacher: User) -> None:
    client = Client()
    client.session["planted"] = True
    before = client.session
    before["planted"] = True
    before.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before.session_key
    if way == "password":
        client.post("/logga-in/", {"user_name": "bjoamlin", "password": PASSWORD})
    else:
        client.post("/logga-in/test/", {"personnummer": teacher.personnummer or ""})
    assert client.session.get("_auth_user_id") == str(teacher.pk)
    assert client.session.session_key != before.session_key
    assert not before.exists(before.session_key)


def test_every_door_but_entry_goes_through_entry() -> None:
    direct = {place for place, way in registry.DOORS.items() if way.held_by != "entry.enter"}
    assert {place for place in direct if not place.endswith(("change_password", "not_me"))} == {
        "accounts/login/entry.py:enter"
    }


def test_cookies_are_not_for_scripts_and_not_for_other_sites(teacher: User) -> None:
    client = Client()
    response = client.post("/logga-in/", {"user_name": "bjoamlin", "password": PASSWORD})
    assert set(response.cookies) >= {settings.SESSION_COOKIE_NAME, "kursvis_webblasare"}
    for name in (settings.SESSION_COOKIE_NAME, "kursvis_webblasare"):
        assert response.cookies[name]["httponly"] and response.cookies[name]["samesite"] == "Lax"


def test_a_refused_login_says_the_same_whoever_is_named(teacher: User) -> None:
    closed = make_staff(Role.TEACHER, user_name="bjostang", email="stangd@example.org", password=PASSWORD)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    answers = set()
    for name in ("bjoamlin", "bjofinns", "bjostang"):
        response = Client().post("/logga-in/", {"user_name": name, "password": "fel lösenord helt"})
        page = read(response.content.decode(), "/")
        assert response.status_code == 200
        answers.add(response.content.decode().replace(name, "NAMN").replace(_token(page), "TOKEN"))
    assert len(answers) == 1
    answers = set()
    for typed in ("bjoamlin", "bjofinns", "amina@example.org", "ingen@example.org"):
        response = Client().post("/glomt-losenord/", {"typed": typed})
        answers.add((response.status_code, response.content.decode().replace(typed, "NAMN")))
    assert len(answers) == 1


def _token(page: Any) -> str:
    return next(one.value for form in page.forms for one in form.fields if one.name == "csrfmiddlewaretoken")


HEADS = ("Rubrik\r\nBcc: angripare@example.org", "Rubrik\nX: y", "Rubrik\rX: y", "Rubrik\0")


@pytest.mark.parametrize("text", HEADS)
@pytest.mark.parametrize("field", ["subject", "address", "recipient"])
def test_no_text_becomes_a_head_of_a_mail(field: str, text: str, school: School) -> None:
    """A message that holds such a text is refused when it is sent, or loses it: nobody else gets it."""
    given = {"subject": "Rubrik", "address": "till@example.org", "recipient": "Åsa"}
    given[field] = text.replace("\0", "") if field != "address" else f"till@example.org{text.partition('Rubrik')[2]}"
    message = Message.objects.create(
        authority=school.authority, school=school, channel="email", status="queued", body="Text", **_stored(given)
    )
    with suppress(ValueError):
        deliver(message_id=message.pk, now=now())
    for sent in mail.outbox:
        assert sent.recipients() == ["till@example.org"] or "angripare" not in str(sent.recipients())
        assert "Bcc" not in sent.message() and "X" not in sent.message()


def _stored(given: dict[str, str]) -> dict[str, Any]:
    return {name: value.replace("\0", "") for name, value in given.items()} | {"created_at": now()}


def test_line_breaks_in_addresses_are_refused_where_they_are_typed(teacher: User) -> None:
    client = Client()
    client.force_login(teacher, backend="kursvis.accounts.backends.UserNameBackend")
    for typed in ("ny@example.org\r\nBcc: a@example.org", "ny@example.org,a@example.org", "<a@example.org>"):
        client.post("/mitt-konto/epost/", {"address": typed, "password": PASSWORD})
        teacher.refresh_from_db()
        assert teacher.email == "amina@example.org"


def test_what_a_sender_says_of_herself_is_believed_only_from_a_proxy(rf: RequestFactory, settings: Any) -> None:
    said = rf.get("/", headers={"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}, REMOTE_ADDR="192.0.2.7")
    assert rate_limits.address_of(said) == "192.0.2.7"
    settings.BEHIND_PROXY = True
    assert rate_limits.address_of(said) == "10.0.0.2"


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nej/", 403, "Det här får du inte göra"),
        ("/trasig/", 400, "Det gick inte att läsa det som skickades"),
        ("/fel/", 500, "Något gick fel hos oss"),
    ],
)
@pytest.mark.urls("tests.attack.error_urls")
def test_error_pages_are_in_swedish_and_tell_nothing(address: str, status: int, heading: str) -> None:
    response = Client(raise_request_exception=False).get(address)
    text = response.content.decode()
    assert response.status_code == status
    assert heading in text and 'lang="sv"' in text
    for leaked in ("Hodan", "19971202", "Traceback", "RuntimeError", "tests/attack", "Exception"):
        assert leaked not in text
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_an_unknown_page_says_nothing_of_the_addresses(teacher: User) -> None:
    response = Client().get("/finns-inte/<script>zxq</script>/")
    assert response.status_code in (302, 404)
    text = response.content.decode()
    assert "<script>zxq" not in text and "urlpatterns" not in text and "kursvis.config" not in text


def test_the_log_of_a_refused_form_holds_nothing_that_was_typed(
    caplog: pytest.LogCaptureFixture, teacher: User
) -> None:
    caplog.set_level(logging.DEBUG, logger="django.request")
    Client(enforce_csrf_checks=True).post("/logga-in/", {"user_name": "bjoamlin", "password": "hemligt lösenord"})
    Client().post("/logga-in/", {"user_name": "bjoamlin", "password": "hemligt lösenord"})
    Client().post("/logga-in/test/", {"personnummer": "199712022384"})
    lines = [WithoutSecrets().filter(record) and record.getMessage() for record in caplog.records]
    assert not any(text in str(line) for line in lines for text in ("hemligt", "19971202", "bjoamlin"))
