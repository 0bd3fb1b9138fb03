"""Who exists: one account per natural person (help page R01–R03)."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.accounts import rules
from kursvis.accounts.models import User
from kursvis.audit import services as audit
from kursvis.core import personnummer as numbers
from kursvis.core.reasons import refuse_if
from kursvis.organisation.models import School


@transaction.atomic
def create_user(
    *,
    first_name: str,
    last_name: str,
    personnummer: str | None = None,
    school: School | None = None,
    user_name: str | None = None,
    password: str | None = None,
    title: str = "",
    email: str = "",
    demo_note: str = "",
    by: Actor,
    now: datetime,
) -> User:
    """Create the account of a natural person. A member of a school's staff gets the user name of rule R02.

    Raises `Refused` when a name is missing or the personnummer is wrong or already has an account.
    """
    number = numbers.normalised(personnummer) if personnummer else None
    refuse_if(rules.against_names(first_name, last_name))
    refuse_if(numbers.against(number) if number else [])
    refuse_if(rules.against_second_account(number) if number and _has_account(number) else [])
    user = User(
        personnummer=number,
        user_name=user_name or (_free_user_name(school, first_name, last_name) if school else None),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        title=title,
        email=email,
        demo_note=demo_note,
    )
    user.set_password(password)
    user.save(force_insert=True)
    audit.record(
        verb="user.created", by=by, subject=user, authority_id=school.authority_id if school else None, now=now
    )
    return user


@transaction.atomic
def ensure_person(*, personnummer: str, first_name: str, last_name: str, by: Actor, now: datetime) -> User:
    """Return the account of a person whose electronic ID has vouched for her number; create it the first time.

    Raises `Refused` when a new person's number is wrong or her name is missing.
    """
    known = User.objects.filter(personnummer=numbers.normalised(personnummer)).first()
    return known or create_user(personnummer=personnummer, first_name=first_name, last_name=last_name, by=by, now=now)


def _has_account(number: str) -> bool:
    return User.objects.filter(personnummer=number).exists()


def _free_user_name(school: School, first_name: str, last_name: str) -> str:
    base = rules.user_name(prefix=school.prefix, first_name=first_name, last_name=last_name)
    taken = User.objects.filter(user_name__startswith=base).values_list("user_name", flat=True)
    return rules.user_name(
        prefix=school.prefix, first_name=first_name, last_name=last_name, taken=frozenset(filter(None, taken))
    )
