"""In by the municipality's directory: who comes in, who does not, and every answer that must not be believed."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client as Browser
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services as accounts
from kursvis.accounts.login.directory.queries import told_name
from kursvis.accounts.login.directory.rules import against_issuer
from kursvis.accounts.login.directory.services import names, set_up
from kursvis.accounts.models import Directory, DirectoryName, User
from kursvis.accounts.rules.login_ways import LoginWay
from kursvis.accounts.services.assignments import end
from kursvis.accounts.services.locks import lock
from kursvis.accounts.services.login_ways import allow_ways
from kursvis.accounts.tests.directories import (
    begins,
    comes_back,
    is_in,
    make_colleague,
    make_directory,
    text_of,
)
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.accounts.tests.issuer import ANOTHER_KEY, CLIENT_ID, SHARED, Issuer
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority

pytestmark = pytest.mark.django_db
NUMBER = "199001012385"


def test_who_has_a_name_and_a_role_comes_in_to_the_page_that_she_asked_for(
    directory: Directory, issuer: Issuer
) -> None:
    user, browser = make_colleague(directory), Browser()
    address = begins(directory, browser, next="/mitt-konto/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["redirect_uri"] == f"http://testserver/logga-in/katalog/{directory.uuid}/svar/"
    assert asked["scope"] == "openid" and "prompt" not in asked and len(asked["state"]) >= 43
    before = browser.session.session_key
    response = comes_back(directory, browser, issuer.visited(address, sub="amina-1"))
    assert (response.status_code, response["Location"]) == (302, "/mitt-konto/")
    assert browser.session["_auth_user_id"] == str(user.pk) and browser.session.session_key != before
    assert Event.objects.get(verb="user.logged_in").detail["way"] == "directory"
    assert DirectoryName.objects.get().used_at is not None


def test_a_page_elsewhere_is_not_gone_to(directory: Directory, issuer: Issuer) -> None:
    make_colleague(directory)
    browser = Browser()
    address = begins(directory, browser, next="https://evil.example/")
    assert comes_back(directory, browser, issuer.visited(address, sub="amina-1"))["Location"] == "/"


OLD = {"iat": 1_700_000_000, "exp": 1_700_000_300}
FUTURE = {"iat": 4_000_000_000, "exp": 4_000_000_300}
LIES: dict[str, tuple[dict[str, Any], int]] = {
    "another login's nonce": ({"nonce": "of-another-login"}, 502),
    "no nonce": ({"nonce": None}, 502),
    "for another client": ({"aud": "somebody-else"}, 502),
    "for others too, without saying for whom": ({"aud": [CLIENT_ID, "other"]}, 502),
    "for us, but given to another": ({"aud": [CLIENT_ID, "other"], "azp": "other"}, 502),
    "from another issuer": ({"iss": "https://another.example"}, 502),
    "run out": (OLD, 502),
    "of the future": (FUTURE, 502),
    "without a last moment": ({"exp": None}, 502),
    "without a first moment": ({"iat": None}, 502),
    "of another access token": ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, 502),
    "names nobody": ({"sub": None}, 502),
    "names a list": ({"sub": ["amina-1"]}, 502),
    "signed by another key": ({"key": ANOTHER_KEY, "header": {"alg": "RS256"}}, 502),
    "signed by another key of the same name": ({"key": ANOTHER_KEY, "header": {"alg": "RS256", "kid": "one"}}, 502),
    "not signed": ({"header": {"alg": "none"}}, 502),
    "signed by a shared secret": ({"key": SHARED, "header": {"alg": "HS256"}}, 502),
    "somebody else": ({"sub": "somebody-else"}, 403),
    "the same name in capitals": ({"sub": "AMINA-1"}, 403),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_is_not_hers_lets_nobody_in(directory: Directory, issuer: Issuer, lie: str) -> None:
    make_colleague(directory)
    users, browser = User.objects.count(), Browser()
    told, status = LIES[lie]
    response = comes_back(directory, browser, issuer.visited(begins(directory, browser), **{"sub": "amina-1", **told}))
    assert response.status_code == status and not is_in(browser)
    assert "Traceback" not in response.content.decode() and text_of(response)
    assert User.objects.count() == users and DirectoryName.objects.get().used_at is None


def test_an_answer_counts_once_in_the_browser_that_asked_and_soon(
    directory: Directory, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_colleague(directory)
    victim, thief = Browser(), Browser()
    answer = issuer.visited(begins(directory, victim), sub="amina-1")
    stolen = comes_back(directory, thief, answer)
    assert stolen.status_code == 403 and not is_in(thief) and "började i den här webbläsaren" in text_of(stolen)
    assert comes_back(directory, victim, "code=x&state=forged").status_code == 403
    assert comes_back(directory, victim, answer).status_code == 302 and is_in(victim)
    victim.logout()
    assert comes_back(directory, victim, answer).status_code == 403 and not is_in(victim)
    late = Browser()
    answer = issuer.visited(begins(directory, late), sub="amina-1")
    now = time.real_now()
    monkeypatch.setattr(time, "real_now", lambda: now + timedelta(minutes=10, seconds=1))
    assert "tog för lång tid" in text_of(comes_back(directory, late, answer)) and not is_in(late)


def test_a_code_that_has_been_used_lets_nobody_in(directory: Directory, issuer: Issuer) -> None:
    make_colleague(directory)
    browser = Browser()
    answer = issuer.visited(begins(directory, browser), sub="amina-1")
    issuer.codes.clear()
    response = comes_back(directory, browser, answer)
    assert response.status_code == 403 and "redan använt" in text_of(response)


def test_the_answer_of_one_directory_is_not_anothers(
    directory: Directory, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mix-up: two directories of one installation, where one of them is false."""
    other = make_directory(issuer.address, monkeypatch)
    make_colleague(directory)
    browser = Browser()
    answer = issuer.visited(begins(other, browser), sub="amina-1")
    assert comes_back(directory, browser, answer).status_code == 403 and not is_in(browser)
    answer = issuer.visited(begins(directory, browser), sub="amina-1")
    assert comes_back(directory, browser, f"{answer}&iss=https://evil.example").status_code == 403


@pytest.mark.parametrize(
    "error, status, says",
    [
        ("access_denied", 403, "avbröts i katalogen"),
        ("server_error", 502, "kunde inte logga in dig"),
        ("temporarily_unavailable", 502, "kunde inte logga in dig"),
        ("<script>alert(1)</script>", 502, "kunde inte logga in dig"),
    ],
)
def test_what_the_directory_says_no_to_is_a_calm_page(directory: Directory, error: str, status: int, says: str) -> None:
    browser = Browser()
    state = parse_qs(urlsplit(begins(directory, browser)).query)["state"][0]
    response = browser.get(
        reverse("accounts:directory_answer", args=[directory.uuid]), {"error": error, "state": state}
    )
    assert response.status_code == status and says in text_of(response) and "<script>alert" not in str(response.content)


def test_a_directory_that_is_down_or_wrongly_set_up_is_a_calm_page(directory: Directory, issuer: Issuer) -> None:
    browser, begin = Browser(), reverse("accounts:directory", args=[directory.uuid])
    issuer.description = {"issuer": "https://another.example"}
    assert browser.get(begin).status_code == 502
    issuer.description = {"authorization_endpoint": "http://plain.example/authorize"}
    assert browser.get(begin).status_code == 502
    issuer.description = {}
    answer = issuer.visited(begins(directory, browser), sub="amina-1")
    issuer.token_error = "invalid_client"
    response = comes_back(directory, browser, answer)
    assert response.status_code == 502 and "inte rätt inlagd" in text_of(response)
    Directory.objects.update(issuer="http://127.0.0.1:9")
    response = browser.get(begin)
    assert response.status_code == 502 and "svarar inte" in text_of(response)


def test_who_has_no_name_here_is_told_whom_to_ask(directory: Directory, issuer: Issuer) -> None:
    Authority.objects.filter(pk=directory.authority_id).update(email="vux@malarvik.example")
    browser = Browser()
    response = comes_back(directory, browser, issuer.visited(begins(directory, browser), sub="new-1"))
    assert response.status_code == 403 and not User.objects.exists()
    assert "new-1" in text_of(response) and "vux@malarvik.example" in text_of(response)


def test_a_student_who_has_ended_or_works_elsewhere_too_does_not_come_in(directory: Directory, issuer: Issuer) -> None:
    student, ended, both = make_user(), make_colleague(directory, ""), make_colleague(directory, "")
    ended.assignments.update(ends_on=time.today() - timedelta(days=1))
    accounts.assign(
        user=both,
        role=Role.ECONOMIST,
        authority=make_authority(),
        starts_on=date(2020, 1, 1),
        by=SYSTEM,
        now=time.now(),
    )
    says = {student: "inget uppdrag", ended: "inget uppdrag", both: "flera kommuner"}
    for user, text in says.items():
        DirectoryName.objects.create(directory=directory, user=user, subject=f"s-{user.pk}")
        browser = Browser()
        response = comes_back(directory, browser, issuer.visited(begins(directory, browser), sub=f"s-{user.pk}"))
        assert response.status_code == 403 and text in text_of(response) and not is_in(browser)


def test_a_locked_or_ended_account_is_closed_here_too_but_an_old_password_locks_nothing(
    directory: Directory, issuer: Issuer
) -> None:
    user = make_colleague(directory)
    for changes, status in (
        ({"locked_at": time.now(), "lock_reason": "failed_attempts"}, 302),
        ({"lock_reason": "colleague"}, 403),
        ({"locked_at": None, "lock_reason": "", "is_active": False}, 403),
    ):
        User.objects.filter(pk=user.pk).update(**changes)
        browser = Browser()
        answer = issuer.visited(begins(directory, browser), sub="amina-1")
        assert comes_back(directory, browser, answer).status_code == status


def test_a_personnummer_that_the_directory_tells_gives_her_a_name_once(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = make_directory(issuer.address, monkeypatch, personnummer_claim="pnr")
    user = make_staff(Role.TEACHER, authority=directory.authority, personnummer=NUMBER)
    browser = Browser()
    answer = issuer.visited(begins(directory, browser), sub="uuid-7", pnr="19900101-2385")
    assert comes_back(directory, browser, answer).status_code == 302
    assert DirectoryName.objects.get().subject == "uuid-7"
    event = Event.objects.get(verb="directory_name.written")
    assert event.detail["changes"]["subject"] == [None, "uuid-7"] and event.detail["user_id"] == user.pk
    again = Browser()
    assert comes_back(directory, again, issuer.visited(begins(directory, again), sub="uuid-7")).status_code == 302
    User.objects.filter(pk=user.pk).update(personnummer="199001032383")  # the municipality has corrected it
    wrong = Browser()
    answer = issuer.visited(begins(directory, wrong), sub="uuid-7", pnr=NUMBER)
    response = comes_back(directory, wrong, answer)
    assert response.status_code == 403 and "annat personnummer" in text_of(response)


def test_a_verified_address_names_her_in_any_capitals_an_unverified_one_nobody(
    issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = make_directory(issuer.address, monkeypatch, named_by="email")
    make_colleague(directory, "amina@skola.example")
    for verified, status in ((True, 302), (None, 302), (False, 502)):
        browser = Browser()
        told = {"sub": "x", "email": "Amina@Skola.example", "email_verified": verified}
        answer = issuer.visited(begins(directory, browser), **told)
        assert comes_back(directory, browser, answer).status_code == status


@pytest.mark.parametrize("told", ["false", 0, []])
def test_an_address_is_verified_only_when_the_directory_says_just_that(told: Any) -> None:
    directory = Directory(named_by="email")
    assert told_name(directory, {"email": "a@skola.example", "email_verified": "true"}) == "a@skola.example"
    assert told_name(directory, {"email": "a@skola.example", "email_verified": told}) == ""


def test_what_no_database_can_hold_and_what_no_description_says_is_a_calm_page(
    directory: Directory, issuer: Issuer
) -> None:
    make_colleague(directory)
    browser = Browser()
    answer = issuer.visited(begins(directory, browser), sub="amina-1\0")
    assert comes_back(directory, browser, answer).status_code == 502 and not is_in(browser)
    issuer.description = {"token_endpoint_auth_methods_supported": 5}
    answer = issuer.visited(begins(directory, browser), sub="amina-1")
    assert comes_back(directory, browser, answer).status_code == 302
    assert against_issuer("https://login.example:99999", local_allowed=False)


@pytest.mark.parametrize("step", ["another client_id", "lock", "end"])
def test_the_last_administrator_whom_the_directory_lets_in_is_not_lost(directory: Directory, step: str) -> None:
    authority, now = directory.authority, time.now()
    last, other = (make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority) for _ in range(2))
    DirectoryName.objects.create(directory=directory, user=last, subject="last", used_at=now)
    allow_ways(authority=authority, ways=frozenset({LoginWay.DIRECTORY}), starts_on=time.today(), by=SYSTEM, now=now)
    same = {name: getattr(directory, name) for name in ("name", "issuer", "named_by", "personnummer_claim")}
    by: Any = {"by": actor(other), "now": now}
    steps: dict[str, Any] = {
        "another client_id": lambda: set_up.set_up(
            authority=authority, is_active=True, **same, client_id="mistaken", **by
        ),
        "lock": lambda: lock(user=User.objects.get(pk=last.pk), **by),
        "end": lambda: end(assignment=last.assignments.get(), **by),
    }
    with pytest.raises(Refused) as refused:
        steps[step]()
    assert [reason.code for reason in refused.value.reasons] == ["accounts.login_ways_lock_out"]
    make_colleague(directory, "second", Role.SYSTEM_ADMINISTRATOR)
    DirectoryName.objects.filter(subject="second").update(used_at=now)
    if step != "another client_id":
        steps[step]()


def test_the_login_page_shows_a_directory_that_is_open_and_nothing_of_it(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Browser().get("/logga-in/?next=/mitt-konto/").content.decode()
    assert f"/logga-in/katalog/{directory.uuid}/?next=/mitt-konto/" in page or "next=%2Fmitt-konto%2F" in page
    assert directory.issuer not in page and directory.client_id + '"' not in page
    begin = reverse("accounts:directory", args=[directory.uuid])
    assert Browser().post(begin).status_code == 405
    monkeypatch.delenv(f"KURSVIS_OIDC_SECRET_{directory.authority.prefix.upper()}")
    assert str(directory.uuid) not in Browser().get("/logga-in/").content.decode()
    assert Browser().get(begin).status_code == 404


def test_tries_from_one_address_are_limited_and_good_ones_not_counted(
    directory: Directory, issuer: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kursvis.accounts.login.directory.views import entry
    from kursvis.accounts.rules.locks import Limit

    monkeypatch.setattr(entry, "FAILURES_FROM_AN_ADDRESS", Limit(2, timedelta(minutes=15)))
    make_colleague(directory)
    for _ in range(3):
        browser = Browser()
        assert (
            comes_back(directory, browser, issuer.visited(begins(directory, browser), sub="amina-1")).status_code == 302
        )
    begins(directory, Browser()), begins(directory, Browser())
    asked = len(issuer.asked)
    response = Browser().get(reverse("accounts:directory", args=[directory.uuid]))
    assert response.status_code == 429 and len(issuer.asked) == asked


def test_only_the_municipality_writes_a_name_and_to_nobody_else_s_staff(directory: Directory) -> None:
    system = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=directory.authority, user_name="malsysad")
    teacher = make_staff(Role.TEACHER, authority=directory.authority)
    other = make_colleague(directory, "taken")
    User.objects.filter(pk=other.pk).update(user_name="malamlin")
    by: Any = {"directory": directory, "by": actor(system), "now": time.now()}
    User.objects.filter(pk=teacher.pk).update(user_name="bjoamlin")
    teacher.refresh_from_db(), other.refresh_from_db()
    names.write_name(user=teacher, subject=" t-1", **by)
    assert DirectoryName.objects.get(user=teacher).subject == " t-1"
    with pytest.raises(Refused, match="directory_name_taken"):
        names.write_name(user=teacher, subject="taken", **by)
    with pytest.raises(Refused, match="not_ones_own_account"):
        names.write_name(user=system, subject="s-1", **by)
    accounts.assign(
        user=teacher,
        role=Role.ECONOMIST,
        authority=make_authority(),
        starts_on=date(2020, 1, 1),
        by=SYSTEM,
        now=time.now(),
    )
    with pytest.raises(Refused, match="works_elsewhere_too"):
        names.write_name(user=teacher, subject="t-2", **by)
    names.write_name(user=other, subject="", **by)
    assert not DirectoryName.objects.filter(user=other).exists()
    assert Event.objects.get(verb="directory_name.taken_away").detail["changes"]["subject"] == ["taken", None]


def test_another_issuer_or_claim_takes_the_names_away(directory: Directory) -> None:
    make_colleague(directory)
    given: Any = {
        "authority": directory.authority, "name": "Ny", "client_id": "x", "named_by": "sub", "personnummer_claim": "",
        "is_active": True, "by": SYSTEM, "now": time.now(),
    }  # fmt: skip
    system = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=directory.authority)
    system.set_password("lagom-långt-lösenord")
    system.save()
    set_up.set_up(issuer=directory.issuer, **given)
    assert DirectoryName.objects.count() == 1
    set_up.set_up(issuer="https://katalog.example", **given)
    assert not DirectoryName.objects.exists()
    event = Event.objects.filter(verb="directory.set_up").latest("pk")
    assert event.detail["names_taken_away"] == 1
    assert event.detail["changes"]["issuer"] == [directory.issuer, "https://katalog.example"]
    with pytest.raises(Refused, match="issuer_not_https"):
        set_up.set_up(issuer="http://katalog.example", **given)


def test_a_closed_way_says_which_ways_she_has(directory: Directory, issuer: Issuer) -> None:
    user = make_colleague(directory)
    make_staff(Role.SYSTEM_ADMINISTRATOR, authority=directory.authority)
    ways = frozenset({LoginWay.ELECTRONIC_ID})
    allow_ways(authority=directory.authority, ways=ways, starts_on=time.today(), by=SYSTEM, now=time.now())
    browser = Browser()
    response = comes_back(directory, browser, issuer.visited(begins(directory, browser), sub="amina-1"))
    assert response.status_code == 403 and not is_in(browser)
    assert "stängt det sättet att logga in: kommunens katalog" in text_of(response)
    assert "E-legitimation (BankID)" in text_of(response) and "lösenord" not in text_of(response)
    User.objects.filter(pk=user.pk).update(personnummer=None, user_name="malamlin")
    response = comes_back(directory, browser, issuer.visited(begins(directory, browser), sub="amina-1"))
    assert "inget av de sätt" in text_of(response)
