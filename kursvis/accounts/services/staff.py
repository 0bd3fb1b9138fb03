"""Adding a colleague to a unit (help page R01)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, Role, against_unconfirmed
from kursvis.accounts import rules
from kursvis.accounts.models import User
from kursvis.accounts.queries.colleague import against_managing
from kursvis.accounts.queries.staff import account_of
from kursvis.accounts.rules import staff as staff_rules
from kursvis.accounts.services import links
from kursvis.accounts.services.assignments import assign
from kursvis.accounts.services.users import create_user
from kursvis.core import personnummer as numbers
from kursvis.core import rate_limits
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority, School


@dataclass(frozen=True)
class Colleague:
    """Who is to be added, as it was typed. `is_known`: the one who adds has seen that she has an account already."""

    personnummer: str
    first_name: str
    last_name: str
    title: str
    email: str
    is_known: bool

    @property
    def shown_personnummer(self) -> str:
        """Return the number as people write it."""
        return numbers.shown(self.personnummer)


def count_lookup(*, personnummer: str, by: Actor) -> None:
    """Count a personnummer that somebody asks about, before she is told whether it has an account.

    The same number again costs nothing: its answer is known. Not in the transaction of the step that follows, which
    would take the count back with it. Raises `Refused` when there have been too many different ones.
    """
    within = staff_rules.LOOKUPS_OF_A_PERSON.within
    asked = f"{by.user_id}:{numbers.normalised(personnummer)}"
    if rate_limits.tries_of("lookup_of", asked):
        return
    refuse_if(staff_rules.against_more_lookups(rate_limits.hit("lookup", str(by.user_id), within=within)))
    rate_limits.hit("lookup_of", asked, within=within)


@transaction.atomic
def add_colleague(
    *,
    colleague: Colleague,
    roles: Collection[Role],
    school: School | None,
    authority: Authority,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    now: datetime,
) -> User:
    """Add somebody to a unit: a new account with an invitation, or another role for a person who has one (R01).

    Nothing of a known person's account is changed. Raises `Refused` when the names are not the account's, the account
    came into being meanwhile, or `assign` does.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    known = account_of(numbers.normalised(colleague.personnummer))
    if known:
        names = (colleague.first_name, colleague.last_name), (known.first_name, known.last_name)
        refuse_if(staff_rules.against_another_name(*names))
        refuse_if([] if colleague.is_known else rules.against_second_account(known.personnummer or ""))
    user = known or _create(colleague, school, authority, by, now)
    give_roles(
        user=user, roles=roles, school=school, authority=authority, starts_on=starts_on, ends_on=ends_on, by=by, now=now
    )
    if known is None:
        links.invite(user=user, by=by, now=now)
    return user


@transaction.atomic
def give_roles(
    *,
    user: User,
    roles: Collection[Role],
    school: School | None,
    authority: Authority,
    starts_on: date,
    ends_on: date | None,
    by: Actor,
    now: datetime,
) -> None:
    """Give somebody roles at a unit, all or none: a school asks for them. Raises `Refused` as `assign` does."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(staff_rules.against_no_roles(len(roles)))
    for role in roles:
        assign(
            user=user,
            role=role,
            authority=None if school else authority,
            school=school,
            starts_on=starts_on,
            ends_on=ends_on,
            by=by,
            now=now,
        )


def _create(colleague: Colleague, school: School | None, authority: Authority, by: Actor, now: datetime) -> User:
    refuse_if(
        staff_rules.against_inviting(email=colleague.email, has_password=False, has_user_name=True)
        + rules.against_names(colleague.first_name, colleague.last_name)
    )
    return create_user(
        personnummer=colleague.personnummer,
        first_name=colleague.first_name,
        last_name=colleague.last_name,
        title=colleague.title,
        email=colleague.email,
        school=school,
        authority=None if school else authority,
        by=by,
        now=now,
    )


@transaction.atomic
def invite_again(*, user: User, by: Actor, now: datetime) -> None:
    """Send a colleague a new invitation; the older link ends. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(against_managing(user, by, today=swedish_date(now)))
    links.invite(user=user, by=by, now=now)


@transaction.atomic
def send_reset(*, user: User, by: Actor, now: datetime) -> None:
    """Send a colleague a link for a new password. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(against_managing(user, by, today=swedish_date(now)))
    links.send_reset(user=user, by=by, now=now)
