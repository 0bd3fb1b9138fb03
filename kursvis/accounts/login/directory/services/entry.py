"""A login at a directory, from the question to the person."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action
from kursvis.accounts.confirm.rules import ConfirmWay
from kursvis.accounts.confirm.services import confirmed
from kursvis.accounts.login.directory import queries, rules
from kursvis.accounts.login.directory.rules import Asked
from kursvis.accounts.login.directory.services.names import bind, note_first_use
from kursvis.accounts.models import Directory, User
from kursvis.accounts.queries import login_ways
from kursvis.accounts.rules.login_ways import LoginWay, against_entering
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date


def ask(*, directory: Directory, next_page: str = "", action: str = "", now: datetime) -> tuple[Asked, str]:
    """Return what a browser asks a directory, to be kept in its session, and where it is sent. `now` is real time.

    With an action she confirms a step, and must log in there anew. Raises `Refused` when the directory cannot be asked.
    """
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    client = queries.client_of(directory)
    address = client.login_address(state=state, nonce=nonce, verifier=verifier, anew=bool(action))
    return Asked(str(directory.uuid), state, nonce, verifier, now, next_page, action), address


def vouched_for(
    *, directory: Directory, asked: Asked | None, answer: Mapping[str, str], now: datetime
) -> Mapping[str, Any]:
    """Return what the directory says of who has come back with an answer (the parameters of the address).

    Raises `Refused` when it is no answer to what was asked, the directory said no, or its word cannot be trusted.
    """
    if "error" in answer:
        # It lets nobody in, and not every directory says whose it is.
        refuse_if([rules.reason_of_error(answer["error"])])
    client = queries.client_of(directory)
    refuse_if(
        rules.against_answer(
            asked,
            directory=str(directory.uuid),
            state=answer.get("state", ""),
            told_issuer=answer.get("iss", ""),
            issuer=client.issuer,
            now=now,
        )
    )
    assert asked is not None
    claims = client.claims_of(answer.get("code", ""), nonce=asked.nonce, verifier=asked.verifier, now=now)
    if asked.action:
        refuse_if(rules.against_old_login(claims.get("auth_time"), asked_at=asked.asked_at, now=now))
    return claims


@dataclass(frozen=True)
class Told:
    """Who a directory vouches for: what it calls her, and the number that it says."""

    name: str
    personnummer: str


def person_told(*, directory: Directory, claims: Mapping[str, Any], now: datetime) -> Told:
    """Return whom claims are about. `now` only tells the century of a short number."""
    number = queries.told_personnummer(directory, claims, today=swedish_date(now))
    return Told(queries.told_name(directory, claims), number)


@transaction.atomic
def identify(*, directory: Directory, person: Told, now: datetime) -> User:
    """Return the account of the person, and note the first use of her name in the directory: it shows that it works.

    Who is not known by her name, but by the personnummer that the directory says, is so from now on. Raises `Refused`.
    """
    known = queries.name_in(directory, person.name)
    user = known.user if known else queries.with_number(person.personnummer) if person.name else None
    today = swedish_date(now)
    facts = queries.facts_of(user, directory, today=today) if user else None
    refuse_if(rules.against_person(facts, name=person.name, personnummer=person.personnummer))
    assert user is not None
    if known is None:
        known = bind(directory, user, person.name, now)
    if known.used_at is None:
        note_first_use(known, now)
    return user


def answered(
    *, directory: Directory, asked: Asked | None, answer: Mapping[str, str], now: datetime, real_now: datetime
) -> User:
    """Return the account of who has come back from a directory with an answer; all of the above. Raises `Refused`.

    `now` is the day here, `real_now` the real time, which tokens hold by.
    """
    claims = vouched_for(directory=directory, asked=asked, answer=answer, now=real_now)
    return identify(directory=directory, person=person_told(directory=directory, claims=claims, now=now), now=now)


def confirm(
    session: Any,
    *,
    directory: Directory,
    asked: Asked,
    answer: Mapping[str, str],
    user: User,
    by: Actor,
    now: datetime,
    real_now: datetime,
) -> None:
    """Keep in the session that its user has logged in anew at her directory, for the kind of step that she asked for.

    Raises `Refused` also when somebody else logged in there, and when her municipality has closed the way.
    """
    claims = vouched_for(directory=directory, asked=asked, answer=answer, now=real_now)
    told = person_told(directory=directory, claims=claims, now=now)
    known = queries.name_in(directory, told.name)
    refuse_if(rules.against_another(known.user_id if known else None, user_id=user.pk))
    refuse_if(against_entering(LoginWay.DIRECTORY, login_ways.allowed_for(user, today=swedish_date(now))))
    action, way = Action(asked.action), ConfirmWay.DIRECTORY
    confirmed(session, user=user, action=action, way=way, by=by, now=now, real_now=real_now)
