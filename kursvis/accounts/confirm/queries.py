"""What a session has confirmed, until when, and with what its user can confirm."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from kursvis.access.rules import CONFIRMED_FOR, Action
from kursvis.accounts.confirm.rules import Confirmation, ConfirmWay, in_force
from kursvis.accounts.login.directory.queries import directory_that_knows
from kursvis.accounts.models import User
from kursvis.accounts.queries import login_ways
from kursvis.accounts.rules.login_ways import LoginWay, against_entering
from kursvis.core import time

KEPT_IN = "confirmed"
"""In the session: per kind of step the user, a digest of the session's key, and when (real time)."""


def mark_of(session: Any) -> str:
    """Return what a confirmation is bound to: a session whose key changes (login, new password) keeps none."""
    key = session.session_key
    return salted_hmac("kursvis.accounts.confirm", key, algorithm="sha256").hexdigest() if key else ""


def kept_in(session: Any) -> dict[Action, Confirmation]:
    """Return every confirmation that a session holds, also those that have run out."""
    rows: Mapping[str, Any] = session.get(KEPT_IN, {})
    return {
        Action(name): Confirmation(user_id, mark, datetime.fromtimestamp(at, UTC))
        for name, (user_id, mark, at) in rows.items()
    }


def confirmed_in(session: Any, *, user_id: int | None, now: datetime) -> frozenset[Action]:
    """Return the kinds of steps that the session's user has just confirmed. `now` is real time."""
    return in_force(kept_in(session), user_id=user_id, session=mark_of(session), now=now)


def confirmed_until(session: Any, action: Action, *, user_id: int | None, now: datetime) -> datetime | None:
    """Return until when (real time) a kind of step is confirmed; None when it is not."""
    if action not in confirmed_in(session, user_id=user_id, now=now):
        return None
    return kept_in(session)[action].at + CONFIRMED_FOR


def ways_of(user: User) -> list[ConfirmWay]:
    """Return with what somebody can show who she is here. A locked or old password takes no other way from her.

    A password and a directory confirm nothing where her municipality has closed them; an electronic ID always does.
    """
    has_number = user.personnummer is not None
    allowed = login_ways.allowed_for(user, today=time.today())
    ways = {
        ConfirmWay.BANKID: has_number and bool(settings.BANKID["address"]),
        ConfirmWay.TEST_ID: has_number and settings.DEMO,
        ConfirmWay.DIRECTORY: directory_that_knows(user) is not None
        and not against_entering(LoginWay.DIRECTORY, allowed),
        ConfirmWay.PASSWORD: bool(user.user_name)
        and user.has_password
        and not against_entering(LoginWay.PASSWORD, allowed),
    }
    return [way for way, has in ways.items() if has]
