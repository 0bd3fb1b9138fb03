"""Trying a password. Every try of a name costs the same reads and writes, whether there is such an account or not."""

from django.contrib.auth.hashers import make_password

from kursvis.accounts.models import User
from kursvis.accounts.queries.locks import limit_of
from kursvis.accounts.rules.locks import COUNTED_WITHIN
from kursvis.core import jobs, rate_limits, time
from kursvis.organisation.rules.settings import KINDS, Setting

_KIND = "login"
_NOBODY = 0
_LEAST, _MOST = KINDS[Setting.FAILED_ATTEMPTS].least, KINDS[Setting.FAILED_ATTEMPTS].most


def by_password(*, user_name: str, password: str) -> User | None:
    """Return whose user name and password these are, or None, which says nothing about which of the two was wrong.

    A try is counted before it is judged, so that many at once never exceed the limit of her municipality. Beyond the
    limit, and while failed attempts lock the account, the right password is answered as a wrong one. The worker locks.
    """
    name = user_name.strip().lower()
    tries = rate_limits.hit(_KIND, name, within=COUNTED_WITHIN)
    user = User.objects.filter(user_name=name).first()
    is_right = _matches(user, password)
    limit = limit_of(user.pk if user else _NOBODY, Setting.FAILED_ATTEMPTS, on=time.today())
    if user is not None and is_right and tries <= limit and not user.lock_facts().is_locked_by_attempts:
        rate_limits.forget(_KIND, name)
        return user
    if _LEAST <= tries <= _MOST:
        jobs.enqueue("accounts.lock_after_failures", user_id=user.pk if user else _NOBODY)
    return None


def failures_of(user: User) -> int:
    """Return how many tries of the user's name have failed lately."""
    return rate_limits.tries_of(_KIND, user.user_name or "")


def forget_tries(user: User) -> None:
    """Begin anew, after an unlocking or a new password."""
    rate_limits.forget(_KIND, user.user_name or "")


def _matches(user: User | None, password: str) -> bool:
    """Say whether the password is the user's; hash it also when there is no such user."""
    if user is None:
        make_password(password)
        return False
    return user.check_password(password)
