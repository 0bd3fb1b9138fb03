"""Keeping that somebody has shown anew who she is."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kursvis.access.actors import Actor
from kursvis.access.rules import Action
from kursvis.accounts.confirm.queries import KEPT_IN, mark_of, ways_of
from kursvis.accounts.confirm.rules import ConfirmWay, against_having, against_way
from kursvis.accounts.login.bankid import services as bankid
from kursvis.accounts.login.bankid.rules import Purpose, Wanted
from kursvis.accounts.models import BankIdOrder, User
from kursvis.accounts.rules.locks import FAILURES_FROM_AN_ADDRESS
from kursvis.accounts.rules.own import against_wrong_password
from kursvis.accounts.services.attempts import by_password as right_password
from kursvis.audit import services as audit
from kursvis.core import rate_limits
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.wording import label


@transaction.atomic
def confirmed(
    session: Any, *, user: User, action: Action, way: ConfirmWay, by: Actor, now: datetime, real_now: datetime
) -> None:
    """Keep in her session that the user has shown who she is, for one kind of step and five minutes of real time.

    The caller has checked it: her password, her electronic ID, or a login anew at her directory (`auth_time`). A
    session whose key changes afterwards keeps nothing: a caller that changes it does so before. Raises `Refused` when
    the way is not enough for the step.
    """
    refuse_if(against_way(action, way))
    kept = session.get(KEPT_IN, {})
    session[KEPT_IN] = {**kept, action.value: [user.pk, mark_of(session), real_now.timestamp()]}
    audit.record(verb="user.confirmed", by=by, subject=user, authority_id=None, now=now, action=action, way=way)


def by_password(
    session: Any,
    *,
    user: User,
    password: str,
    action: Action,
    sender: str,
    by: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Confirm with her own password. A wrong one counts as a failed login, of her name and of the address (`sender`).

    Raises `Refused`.
    """
    refuse_if(against_way(action, ConfirmWay.PASSWORD) + against_having(ConfirmWay.PASSWORD, has=ways_of(user)))
    limit = FAILURES_FROM_AN_ADDRESS
    if rate_limits.hit("login_from", sender, within=limit.within) > limit.most:
        raise Refused(Reason("accounts.too_many_failures_from_here"))
    refuse_if(
        against_wrong_password(is_right=right_password(user_name=user.user_name or "", password=password) == user)
    )
    rate_limits.give_back("login_from", sender)
    confirmed(session, user=user, action=action, way=ConfirmWay.PASSWORD, by=by, now=now, real_now=real_now)


def by_test_id(session: Any, *, user: User, action: Action, by: Actor, now: datetime, real_now: datetime) -> None:
    """Confirm with the demo's test e-ID. Raises `Refused` where there is none, or she has no personnummer."""
    refuse_if(against_having(ConfirmWay.TEST_ID, has=ways_of(user)))
    confirmed(session, user=user, action=action, way=ConfirmWay.TEST_ID, by=by, now=now, real_now=real_now)


def wanted_of(user: User, action: Action) -> Wanted:
    """Return what BankID asks of her: a signature of a text that says what she confirms. Raises `Refused`."""
    refuse_if(against_having(ConfirmWay.BANKID, has=ways_of(user)))
    text = _(
        "Jag bekräftar att det är jag som är inloggad i Kursvis och som vill: {action}.\n\n"
        "Har du inte själv bett om det här? Välj Avbryt."
    )
    return Wanted(Purpose.CONFIRM, action, user.pk, text.format(action=label("action", action).text))


def by_bankid(
    session: Any,
    *,
    order: BankIdOrder | None,
    user: User,
    action: Action,
    by: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Confirm with a complete order that she began for this kind of step. Raises `Refused`; then it is gone too."""
    used = bankid.use(order=order, purpose=Purpose.CONFIRM, user_id=user.pk) if order else None
    if used is None or used.action != action:
        raise Refused(Reason("accounts.bankid_is_used"))
    confirmed(session, user=user, action=action, way=ConfirmWay.BANKID, by=by, now=now, real_now=real_now)
