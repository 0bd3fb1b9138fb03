"""How long it takes to be refused: the same whether there is such an account, and whatever its state.

The attempts of the cases are interleaved, so that a slow moment of the machine meets all of them, and each is judged by
its median.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.rules.locks import LockReason
from kursvis.accounts.tests.factories import PASSWORD, make_staff
from kursvis.core import time
from kursvis.core.models import RateLimit
from kursvis.organisation.tests.factories import make_school

WRONG = "fel-lösenord-helt-och-hållet"
MOST_APART = 0.10
Medians = dict[str, float]
Attempts = dict[str, Callable[[Client], None]]


def logins() -> Attempts:
    """Return logins that are refused: a wrong password, an unknown name, locked accounts, one without a password."""
    _make_people()
    cases = {
        "wrong password": ("bjoamlin", WRONG),
        "unknown name": ("bjofinns", WRONG),
        "locked, right password": ("bjolas", PASSWORD),
        "locked, wrong password": ("bjolas", WRONG),
        "no password": ("bjoutan", WRONG),
    }
    return {case: _login(*typed) for case, typed in cases.items()}


def resets() -> Attempts:
    """Return questions for a new password, for names and addresses that exist and that do not."""
    _make_people()
    cases = {
        "user name": "bjoamlin",
        "unknown user name": "bjofinns",
        "address": "bjoamlin@example.org",
        "unknown address": "bjofinns@example.org",
    }
    return {case: _reset(typed) for case, typed in cases.items()}


def apart(medians: Medians) -> float:
    """Return how far the slowest lies above the fastest, as a part of the fastest."""
    return max(medians.values()) / min(medians.values()) - 1


def _make_people() -> None:
    school = make_school()
    for name in ("bjoamlin", "bjolas", "bjoutan"):
        given = {"password": PASSWORD} if name != "bjoutan" else {}
        make_staff(Role.TEACHER, school=school, user_name=name, email=f"{name}@example.org", **given)
    locked = User.objects.get(user_name="bjolas")
    User.objects.filter(pk=locked.pk).update(locked_at=time.now(), lock_reason=LockReason.FAILED_ATTEMPTS.value)


def _login(name: str, password: str) -> Callable[[Client], None]:
    def attempt(client: Client) -> None:
        response = client.post("/logga-in/", {"user_name": name, "password": password})
        assert response.status_code == 200

    return attempt


def _reset(typed: str) -> Callable[[Client], None]:
    def attempt(client: Client) -> None:
        assert client.post("/glomt-losenord/", {"typed": typed}).status_code == 200

    return attempt


def medians(times: int, cases: Attempts) -> Medians:
    """Return the median seconds of each case."""
    client = Client()
    seconds: dict[str, list[float]] = {case: [] for case in cases}
    for attempt in cases.values():
        attempt(client)
    for number in range(times):
        RateLimit.objects.all().delete()
        names = list(cases)
        for case in names[number % len(names) :] + names[: number % len(names)]:
            began = perf_counter()
            cases[case](client)
            seconds[case].append(perf_counter() - began)
    return {case: median(measured) for case, measured in seconds.items()}
