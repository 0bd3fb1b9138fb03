"""Locks: failed attempts, a colleague, inactivity; who unlocks; what each of them ends and leaves."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services
from kursvis.accounts.models import User
from kursvis.accounts.rules.locks import FAILURES_FROM_AN_ADDRESS, LockReason
from kursvis.accounts.tests.factories import PASSWORD, actor, make_staff, make_user
from kursvis.accounts.tests.mailroom import waiting, work
from kursvis.audit.models import Event
from kursvis.core import rate_limits, time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.models import School, SettingValue
from kursvis.organisation.tests.factories import make_authority, make_school

LOG_IN, TEST_ID = "/logga-in/", "/logga-in/test/"
WRONG = "fel-lösenord-helt-och-hållet"


@pytest.fixture
def school(db: None) -> School:
    return make_school(name="Björkskolan")


def _teacher(school: School, **given: Any) -> User:
    values = {"user_name": "bjoamlin", "password": PASSWORD, "email": "amina@example.org"}
    return make_staff(Role.TEACHER, school=school, **(values | given))


def _try(client: Client, password: str, name: str = "bjoamlin") -> Any:
    return client.post(LOG_IN, {"user_name": name, "password": password})


def _fail(client: Client, times: int, name: str = "bjoamlin") -> list[str]:
    for _ in range(times):
        _try(client, WRONG, name)
    return work()


def _page(response: Any) -> str:
    """Return a page without its token, which is never the same."""
    text = response.content.decode().split("<main")[1].split("</main")[0]
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _lock(user: User, reason: LockReason) -> None:
    User.objects.filter(pk=user.pk).update(locked_at=time.now(), lock_reason=reason.value)


def _code(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.reasons[0].code


def test_the_fifth_failed_attempt_locks_and_tells_her_when_why_and_whom_to_ask(client: Client, school: School) -> None:
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, first_name="Sara", last_name="Berg")
    user = _teacher(school)
    _fail(client, 4)
    user.refresh_from_db()
    assert user.locked_at is None
    assert "accounts.send_notice" in _fail(client, 1)
    user.refresh_from_db()
    assert (user.lock_reason, user.locked_at is not None) == ("failed_attempts", True)
    body = str(mail.outbox[-1].body)
    for text in ("bjoamlin", "felaktiga inloggningsförsök", "Sara Berg (Björkskolan)", "/glomt-losenord/"):
        assert text in body
    event = Event.objects.get(verb="user.locked")
    assert (event.detail["reason"], event.authority_id) == ("failed_attempts", school.authority_id)


def test_while_it_is_locked_the_right_password_looks_like_a_wrong_one(client: Client, school: School) -> None:
    _teacher(school)
    wrong = _page(_try(client, WRONG))
    _fail(client, 4)
    assert _page(_try(client, PASSWORD)) == wrong == _page(_try(client, WRONG))
    assert _page(_try(client, WRONG, "finnsinte")).replace("finnsinte", "bjoamlin") == wrong
    assert not _is_in(client)


def test_before_the_worker_has_locked_the_limit_holds_already(client: Client, school: School) -> None:
    user = _teacher(school)
    for _ in range(5):
        _try(client, WRONG)
    _try(client, PASSWORD)
    assert not _is_in(client)
    user.refresh_from_db()
    assert user.locked_at is None


def test_a_good_login_begins_anew(client: Client, school: School) -> None:
    user = _teacher(school)
    for _ in range(3):
        _fail(client, 4)
        _try(client, PASSWORD)
        assert _is_in(client)
        client.logout()
    user.refresh_from_db()
    assert user.locked_at is None


def test_the_strictest_municipality_decides_how_many_attempts(client: Client, school: School) -> None:
    SettingValue.objects.create(
        authority=school.authority, setting="failed_attempts", value=3, starts_on=date(2026, 1, 1)
    )
    user = _teacher(school)
    services.assign(
        user=user, role=Role.TEACHER, school=make_school(), starts_on=date(2026, 1, 1), by=SYSTEM, now=time.now()
    )
    _fail(client, 3)
    user.refresh_from_db()
    assert user.lock_reason == "failed_attempts"


def test_an_unknown_name_is_counted_by_the_same_jobs_and_locks_nobody(client: Client, school: School) -> None:
    _teacher(school)
    for name in ("bjoamlin", "finnsinte"):
        for _ in range(6):
            _try(client, WRONG, name)
    users = [job.args["user_id"] for job in waiting("accounts.lock_after_failures")]
    assert len(users) == 8 and users.count(0) == 4
    services.locks.lock_after_failures(user_id=0, now=time.now())
    assert not User.objects.filter(locked_at__isnull=False).exists()


def test_a_correct_electronic_id_comes_in_though_failed_attempts_locked(client: Client, school: School) -> None:
    user = _teacher(school)
    _fail(client, 5)
    response = client.post(TEST_ID, {"personnummer": user.personnummer})
    assert response["Location"] == "/" and _is_in(client)
    assert "Ditt lösenord är låst" in client.get("/mitt-konto/").content.decode()


@pytest.mark.parametrize("reason", [LockReason.INACTIVITY, LockReason.COLLEAGUE])
@pytest.mark.parametrize("way", ["password", "electronic id"])
def test_who_has_shown_who_she_is_reads_why_since_when_and_whom_to_ask(
    client: Client, school: School, reason: LockReason, way: str
) -> None:
    make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, first_name="Sara", last_name="Berg")
    make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority, first_name="Mona", last_name="Ek")
    user = _teacher(school)
    _lock(user, reason)
    if way == "password":
        response = _try(client, PASSWORD)
    else:
        response = client.post(TEST_ID, {"personnummer": user.personnummer})
    page = response.content.decode()
    assert response.status_code == 403 and not _is_in(client)
    for text in ("Kontot är låst", "Björkskolan", "Sara Berg", "Mona Ek", time.today().isoformat()):
        assert text in page
    assert "Kontot är låst" not in _try(client, WRONG).content.decode()


def test_a_school_without_a_free_administrator_is_helped_by_the_municipality(client: Client, school: School) -> None:
    sole = make_staff(Role.SCHOOL_ADMINISTRATOR, school=school, password=PASSWORD, user_name="bjosaber",
                      first_name="Sara", last_name="Berg")  # fmt: skip
    make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority, first_name="Mona", last_name="Ek")
    _lock(sole, LockReason.COLLEAGUE)
    page = _try(client, PASSWORD, "bjosaber").content.decode()
    assert "Mona Ek" in page and "Sara Berg" not in page


def test_an_ended_account_is_told_only_to_who_knows_its_password(client: Client, school: School) -> None:
    user = _teacher(school)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert _try(client, WRONG).status_code == 200
    assert "Kontot är stängt" in _try(client, PASSWORD).content.decode() and not _is_in(client)


@pytest.mark.parametrize(
    ("change", "goes_on"),
    [
        ({"lock_reason": LockReason.COLLEAGUE.value}, False),
        ({"lock_reason": LockReason.INACTIVITY.value}, False),
        ({"lock_reason": LockReason.FAILED_ATTEMPTS.value}, True),
        ({"is_active": False}, False),
    ],
)
def test_a_session_ends_at_the_next_request(
    client: Client, school: School, change: dict[str, Any], goes_on: bool
) -> None:
    user = _teacher(school)
    _try(client, PASSWORD)
    assert client.get("/mitt-konto/").status_code == 200
    locked = {"locked_at": time.now()} if "lock_reason" in change else {}
    User.objects.filter(pk=user.pk).update(**change, **locked)
    assert (client.get("/mitt-konto/").status_code == 200) is goes_on


def test_a_colleague_locks_and_unlocks_and_her_lock_ends(client: Client, school: School) -> None:
    administrator = actor(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    user = _teacher(school)
    services.locks.lock(user=user, by=administrator, now=time.now())
    assert user.lock_reason == "colleague"
    with pytest.raises(Refused) as refusal:
        services.locks.lock(user=user, by=administrator, now=time.now())
    assert _code(refusal) == "accounts.locked_already"
    User.objects.filter(pk=user.pk).update(seen_at=None)
    user.refresh_from_db()
    services.locks.unlock(user=user, by=administrator, now=time.now())
    assert (user.locked_at, user.lock_reason) == (None, "") and user.seen_at is not None
    with pytest.raises(Refused) as refusal:
        services.locks.unlock(user=user, by=administrator, now=time.now())
    assert _code(refusal) == "accounts.not_locked"
    assert list(Event.objects.filter(verb__in=["user.locked", "user.unlocked"]).values_list("verb", "actor_id")) == [
        ("user.locked", administrator.user_id),
        ("user.unlocked", administrator.user_id),
    ]
    work()
    assert [sent.subject for sent in mail.outbox][-1] == "Ditt konto i Kursvis är upplåst"


def test_an_unlocked_colleague_has_all_her_attempts_again(client: Client, school: School) -> None:
    user = _teacher(school)
    _fail(client, 5)
    user.refresh_from_db()
    services.locks.unlock(user=user, by=SYSTEM, now=time.now())
    _fail(client, 4)
    _try(client, PASSWORD)
    assert _is_in(client)


def test_only_who_runs_a_unit_of_hers_unlocks(school: School) -> None:
    user = _teacher(school)
    elsewhere = make_school(authority=school.authority)
    municipal = make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority)
    _lock(user, LockReason.INACTIVITY)
    user.refresh_from_db()
    for stranger in (
        make_staff(Role.SCHOOL_ADMINISTRATOR, school=elsewhere),
        make_staff(Role.SYSTEM_ADMINISTRATOR, authority=make_authority()),
        make_staff(Role.SCHOOL_PRINCIPAL, school=school),
        user,
    ):
        with pytest.raises(Refused):
            services.locks.unlock(user=user, by=actor(stranger), now=time.now())
    services.locks.unlock(user=user, by=actor(municipal), now=time.now())
    assert user.locked_at is None


def test_of_many_who_unlock_at_once_one_wins(committed: None) -> None:
    school = make_school()
    user = _teacher(school)
    _lock(user, LockReason.COLLEAGUE)
    copies = [User.objects.get(pk=user.pk) for _ in range(AT_ONCE)]
    told = race(lambda number: services.locks.unlock(user=copies[number], by=SYSTEM, now=time.now()))
    assert told == ["core.changed_meanwhile"] * (AT_ONCE - 1) + ["won"]


def test_many_attempts_at_once_are_not_more_than_the_limit(committed: None) -> None:
    _teacher(make_school())
    race(lambda number: Client().post(LOG_IN, {"user_name": "bjoamlin", "password": WRONG}))
    client = Client()
    assert _try(client, PASSWORD).status_code == 200 and not _is_in(client)
    assert rate_limits.tries_of("login", "bjoamlin") == AT_ONCE + 1


def test_one_address_may_fail_only_so_often(client: Client, school: School) -> None:
    _teacher(school)
    for _ in range(FAILURES_FROM_AN_ADDRESS.most):
        rate_limits.hit("login_from", "127.0.0.1", within=FAILURES_FROM_AN_ADDRESS.within)
    response = _try(client, PASSWORD)
    assert response.status_code == 429 and "Vänta en kvart" in response.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert _try(other, PASSWORD)["Location"] == "/"
    assert rate_limits.tries_of("login_from", "192.0.2.7") == 0


def _seen(user: User, days_ago: int) -> None:
    User.objects.filter(pk=user.pk).update(seen_at=time.days_after(time.real_now(), -days_ago))


def _daily() -> tuple[int, int]:
    return services.locks.lock_inactive(today=time.swedish_date(time.real_now()), now=time.now())


def test_who_has_been_away_too_long_is_warned_once_and_locked_once(school: School) -> None:
    user = _teacher(school)
    for days_ago, done in ((75, (0, 0)), (76, (0, 1)), (77, (0, 0)), (90, (0, 0)), (91, (1, 0)), (92, (0, 0))):
        _seen(user, days_ago)
        if days_ago == 77:
            User.objects.filter(pk=user.pk).update(warned_on=time.swedish_date(time.real_now()) - timedelta(days=1))
        if days_ago == 90:
            User.objects.filter(pk=user.pk).update(warned_on=time.swedish_date(time.real_now()) - timedelta(days=14))
        assert (days_ago, _daily()) == (days_ago, done)
        assert _daily() == (0, 0)
    user.refresh_from_db()
    assert user.lock_reason == "inactivity"
    work()
    assert [sent.subject for sent in mail.outbox] == [
        "Ditt konto i Kursvis låses snart",
        "Ditt konto i Kursvis är låst",
    ]


def test_only_staff_with_a_role_in_force_are_locked_for_inactivity(school: School) -> None:
    former = _teacher(school, ends_on=time.today() - timedelta(days=1))
    student = make_user(user_name="student", password=PASSWORD)
    never = _teacher(school, user_name="bjoaldrig")
    for user in (former, student):
        _seen(user, 500)
    User.objects.filter(pk=never.pk).update(seen_at=None)
    assert _daily() == (0, 0)


def test_inactivity_counts_from_the_first_role_and_each_login(client: Client, school: School) -> None:
    user = make_user(user_name="ny", password=PASSWORD)
    assert user.seen_at is None
    services.assign(user=user, role=Role.TEACHER, school=school, starts_on=date(2026, 1, 1), by=SYSTEM, now=time.now())
    user.refresh_from_db()
    assert user.seen_at is not None and time.real_now() - user.seen_at < timedelta(minutes=1)
    _seen(user, 80)
    _try(client, PASSWORD, "ny")
    assert _daily() == (0, 0)
