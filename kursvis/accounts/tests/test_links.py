"""One-time links: only a hash is kept, looking uses nothing up, one press wins."""

import smtplib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services
from kursvis.accounts.models import Link, User
from kursvis.accounts.queries.links import hash_of
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.rules.locks import LockReason
from kursvis.accounts.tests.factories import PASSWORD, actor, make_staff, make_user
from kursvis.accounts.tests.mailroom import latest_link, link_in, waiting, work
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.models import SettingValue
from kursvis.organisation.tests.factories import make_authority, make_school

NEW = "ett-helt-nytt-lösenord"
TYPED = {"password": NEW, "again": NEW}


def _invited(**given: Any) -> User:
    school = make_school(name="Björkskolan")
    administrator = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, first_name="Sara", last_name="Berg")
    user = make_staff(Role.TEACHER, school=school, email="amina@example.org", **given)
    services.links.invite(user=user, by=actor(administrator), now=time.now())
    return user


def _secret_of(path: str) -> str:
    return path.removeprefix("/lank/").rstrip("/")


def _reset(user: User) -> str:
    return services.links.make_now(user=user, kind=LinkKind.RESET, by=SYSTEM, now=time.now())


@pytest.mark.django_db
def test_an_invitation_is_mailed_by_the_worker_and_only_its_hash_is_kept() -> None:
    user = _invited()
    assert Link.objects.get().secret_hash is None and not mail.outbox
    assert work() == ["accounts.send_link"]
    sent = mail.outbox[0]
    secret = _secret_of(link_in(str(sent.body)))
    link = Link.objects.get()
    assert (sent.to, link.secret_hash) == (["amina@example.org"], hash_of(secret))
    assert secret not in str(Event.objects.values_list("detail", flat=True))
    assert "Sara Berg" in sent.body and (user.user_name or "") in sent.body
    assert list(Event.objects.filter(subject_id=user.pk, verb__startswith="user.").values_list("verb", flat=True))[
        -2:
    ] == ["user.invited", "user.link_sent"]


@pytest.mark.django_db
def test_a_link_is_sent_once_and_an_ended_one_not_at_all() -> None:
    user = _invited()
    link = Link.objects.get()
    assert services.links.send(link_id=link.pk, now=time.now()) is True
    assert services.links.send(link_id=link.pk, now=time.now()) is False
    services.links.invite(user=user, by=SYSTEM, now=time.now())
    newer = Link.objects.get(ended_at=None)
    services.links.invite(user=user, by=SYSTEM, now=time.now())
    assert services.links.send(link_id=newer.pk, now=time.now()) is False
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_page_says_who_invites_to_what_and_looking_uses_nothing_up(client: Client) -> None:
    user = _invited()
    path = latest_link()
    for _ in range(3):
        response = client.get(path)
        page = response.content.decode()
        for text in ("Sara Berg", "Lärare, Björkskolan", user.user_name or "", "Jag loggar in med e-legitimation"):
            assert text in page
        assert response["Referrer-Policy"] == "strict-origin" and "no-store" in response["Cache-Control"]
        assert (user.personnummer or "") not in page
    assert client.head(path).status_code == 200
    assert client.post(path, TYPED)["Location"] == "/logga-in/"
    filled_in = f'value="{user.user_name}"'
    assert filled_in in client.get("/logga-in/").content.decode()
    assert filled_in not in client.get("/logga-in/").content.decode()
    assert client.post("/logga-in/", {"user_name": user.user_name, "password": NEW})["Location"] == "/"


@pytest.mark.django_db
def test_who_has_an_electronic_id_needs_no_password(client: Client) -> None:
    user = _invited()
    path = latest_link()
    assert client.post(path, {"electronic_id": "1"})["Location"] == "/logga-in/"
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert client.get(path).status_code == 410


@pytest.mark.django_db
def test_a_reset_link_asks_for_a_password(client: Client) -> None:
    user = make_user(user_name="bjoamlin", password=PASSWORD, email="a@example.org")
    path = f"/lank/{_reset(user)}/"
    assert "Jag loggar in med e-legitimation" not in client.get(path).content.decode()
    page = client.post(path, {"electronic_id": "1"})
    assert page.status_code == 200 and "Välj ett lösenord." in page.content.decode()
    assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("", "", "Välj ett lösenord."),
        ("kort", "kort", "minst 12 tecken"),
        ("password1234", "password1234", "vanligt"),
        (NEW, "något-annat-än-det", "inte lika"),
    ],
)
def test_a_bad_password_is_told_in_the_form_and_uses_nothing_up(
    client: Client, new: str, again: str, said: str
) -> None:
    path = f"/lank/{_reset(make_user(user_name='bjoamlin'))}/"
    response = client.post(path, {"password": new, "again": again})
    assert response.status_code == 200 and said in response.content.decode()
    assert client.post(path, TYPED).status_code == 302


@pytest.mark.django_db
def test_unknown_used_replaced_old_and_ended_are_answered_alike(client: Client) -> None:
    user = make_user(user_name="bjoamlin", password=PASSWORD)
    used, replaced = _reset(user), ""
    services.links.use(secret=used, password=NEW, now=time.now())
    replaced, old = _reset(user), _reset(user)
    assert client.get(f"/lank/{old}/").status_code == 200
    Link.objects.filter(secret_hash=hash_of(old)).update(expires_at=time.real_now() - timedelta(seconds=1),
                                                         created_at=time.real_now() - timedelta(days=1))  # fmt: skip
    ended = make_user(user_name="slutat")
    of_ended = _reset(ended)
    User.objects.filter(pk=ended.pk).update(is_active=False)
    answers = set()
    for secret in ("finns-inte", used, replaced, old, of_ended):
        for response in (client.get(f"/lank/{secret}/"), client.post(f"/lank/{secret}/", TYPED)):
            answers.add((response.status_code, response.content))
    assert len(answers) == 1
    assert answers.pop()[0] == 410


@pytest.mark.django_db
def test_an_older_link_cannot_be_used_by_the_service_either() -> None:
    user = make_user(user_name="bjoamlin", password=PASSWORD)
    secret = _reset(user)
    Link.objects.update(
        created_at=time.real_now() - timedelta(days=2), expires_at=time.real_now() - timedelta(seconds=1)
    )
    with pytest.raises(Refused) as refusal:
        services.links.use(secret=secret, password=NEW, now=time.now())
    assert refusal.value.reasons[0].code == "accounts.link_is_too_old"
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("reason", list(LockReason))
def test_a_new_password_unlocks_only_what_failed_attempts_locked(reason: LockReason) -> None:
    stays = reason is not LockReason.FAILED_ATTEMPTS
    user = make_user(user_name="bjoamlin", password=PASSWORD)
    User.objects.filter(pk=user.pk).update(locked_at=time.now(), lock_reason=reason.value)
    services.links.use(secret=_reset(user), password=NEW, now=time.now())
    user.refresh_from_db()
    assert (user.locked_at is not None) is stays
    assert user.check_password(NEW)


@pytest.mark.django_db
def test_a_new_password_ends_the_sessions(client: Client) -> None:
    user = make_staff(Role.TEACHER, password=PASSWORD)
    client.force_login(user, backend="kursvis.accounts.backends.UserNameBackend")
    assert client.get("/mitt-konto/").status_code == 200
    services.links.use(secret=_reset(user), password=NEW, now=time.now())
    assert client.get("/mitt-konto/")["Location"].startswith("/logga-in/")


@pytest.mark.django_db
def test_the_strictest_of_her_municipalities_decides_how_long_a_link_is_good() -> None:
    strict, mild = make_authority(), make_authority()
    user = make_staff(Role.TEACHER, school=make_school(authority=strict))
    services.assign(
        user=user,
        role=Role.TEACHER,
        school=make_school(authority=mild),
        starts_on=date(2026, 1, 1),
        by=SYSTEM,
        now=time.now(),
    )
    for authority, minutes in ((strict, 15), (mild, 600)):
        SettingValue.objects.create(
            authority=authority, setting="reset_minutes", value=minutes, starts_on=date(2026, 1, 1)
        )
    _reset(user)
    link = Link.objects.get()
    assert link.expires_at - (link.sent_at or link.created_at) == timedelta(minutes=15)


@pytest.mark.django_db
def test_an_invitation_is_not_sent_nowhere_or_to_who_has_a_password() -> None:
    for given, code in (
        ({"user_name": "utanepost"}, "accounts.email_missing"),
        ({"user_name": "medlosen", "password": PASSWORD, "email": "a@example.org"}, "accounts.has_password_already"),
    ):
        with pytest.raises(Refused) as refusal:
            services.links.invite(user=make_user(**given), by=SYSTEM, now=time.now())
        assert refusal.value.reasons[0].code == code
    assert not waiting()


@pytest.mark.django_db
def test_a_used_link_and_a_new_address_void_what_was_mailed_before(client: Client) -> None:
    user = _invited()
    invitation = latest_link()
    client.post(f"/lank/{_reset(user)}/", TYPED)
    assert client.get(invitation).status_code == 410
    waits = _reset(user)
    user.refresh_from_db()
    services.own.change_email(user=user, address="ny@example.org", password=NEW, by=actor(user), now=time.now())
    assert client.get(f"/lank/{waits}/").status_code == 410


@pytest.mark.django_db
def test_a_link_that_the_mail_server_refuses_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(message: Any, fail_silently: bool = False) -> int:
        raise smtplib.SMTPRecipientsRefused({})

    _invited()
    monkeypatch.setattr(EmailMessage, "send", refuse)
    link = Link.objects.get()
    assert services.links.send(link_id=link.pk, now=time.now()) is False
    link.refresh_from_db()
    assert (link.sent_at, link.secret_hash) == (None, None)
    assert Event.objects.filter(verb="user.link_not_accepted").count() == 1


def test_of_many_who_use_a_link_at_once_one_wins(committed: None) -> None:
    user = make_user(user_name="bjoamlin", password=PASSWORD)
    secret = _reset(user)
    told = race(lambda number: services.links.use(secret=secret, password=f"{NEW}-{number}", now=time.now()))
    assert told == ["accounts.link_is_used"] * (AT_ONCE - 1) + ["won"]
    assert Event.objects.filter(verb="user.link_used").count() == 1


def test_many_who_invite_at_once_leave_one_open_link(committed: None) -> None:
    user = make_user(user_name="bjoamlin", email="a@example.org")
    assert race(lambda number: services.links.invite(user=user, by=SYSTEM, now=time.now())) == ["won"] * AT_ONCE
    assert Link.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db
def test_an_address_that_a_colleague_corrects_voids_what_went_to_the_old_one(client: Client) -> None:
    user = _invited()
    path = latest_link()
    administrator = actor(User.objects.get(first_name="Sara"))
    services.users.edit_user(
        user=user,
        first_name=user.first_name,
        last_name=user.last_name,
        title=user.title,
        email="ratt@example.org",
        personnummer=user.personnummer or "",
        by=administrator,
        now=time.now(),
        today=time.today(),
    )
    assert client.get(path).status_code == 410
