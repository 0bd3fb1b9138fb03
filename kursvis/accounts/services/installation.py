"""From nothing to a municipality that somebody can log in to. The only step that no page can take."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.queries.staff import account_of
from kursvis.accounts.rules.links import LinkKind
from kursvis.accounts.rules.staff import against_another_name
from kursvis.accounts.services.assignments import assign
from kursvis.accounts.services.links import make_now
from kursvis.accounts.services.users import create_user
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.services import create_authority


@dataclass(frozen=True)
class Administrator:
    """The first administrator of a municipality."""

    personnummer: str
    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True)
class FirstAdministrator:
    """The account that was made or found, and the secret of its link; empty when she has a password already."""

    user: User
    secret: str


@transaction.atomic
def set_up_authority(
    *, authority: Mapping[str, str], administrator: Administrator, now: datetime
) -> FirstAdministrator:
    """Create a municipality with a system administrator who gets in by a one-time link.

    A person who has an account keeps it. Raises `Refused` as creating the municipality or the account does.
    """
    municipality = create_authority(**authority, by=SYSTEM, now=now)
    user = account_of(administrator.personnummer)
    if user:
        typed = administrator.first_name, administrator.last_name
        refuse_if(against_another_name(typed, (user.first_name, user.last_name)))
    else:
        user = create_user(
            personnummer=administrator.personnummer,
            first_name=administrator.first_name,
            last_name=administrator.last_name,
            email=administrator.email,
            authority=municipality,
            by=SYSTEM,
            now=now,
        )
    role = Role.SYSTEM_ADMINISTRATOR
    assign(user=user, role=role, authority=municipality, starts_on=swedish_date(now), by=SYSTEM, now=now)
    needs_link = user.user_name is not None and not user.has_password
    secret = make_now(user=user, kind=LinkKind.INVITATION, by=SYSTEM, now=now) if needs_link else ""
    return FirstAdministrator(user, secret)
