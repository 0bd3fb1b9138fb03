"""Keeping that somebody has shown anew who she is."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action
from kursvis.accounts.confirm.queries import KEPT_IN, mark_of
from kursvis.accounts.confirm.rules import ConfirmWay, against_way
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.core.reasons import refuse_if


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
