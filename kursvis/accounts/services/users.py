"""Who exists: one account per natural person (help page R01–R03)."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts import rules
from kursvis.accounts.models import User
from kursvis.accounts.queries.colleague import against_editing, against_new_number
from kursvis.accounts.queries.staff import free_user_name
from kursvis.accounts.services.answers import tell_new_address
from kursvis.accounts.services.links import end_open
from kursvis.audit import services as audit
from kursvis.core import personnummer as numbers
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.models import Authority, School

_ATTEMPTS = 20
"""How many may take a user name just before us: far more than press at once."""


@transaction.atomic
def create_user(
    *,
    first_name: str,
    last_name: str,
    personnummer: str | None = None,
    school: School | None = None,
    authority: Authority | None = None,
    user_name: str | None = None,
    password: str | None = None,
    title: str = "",
    email: str = "",
    demo_note: str = "",
    by: Actor,
    now: datetime,
) -> User:
    """Create the account of a natural person. Staff get the user name of rule R02, by their school or municipality.

    Of two who create the same user name at once the second gets the next number. Raises `Refused` when a name is
    missing or the personnummer is wrong or already has an account.
    """
    number = numbers.normalised(personnummer) if personnummer else None
    refuse_if(rules.against_names(first_name, last_name))
    refuse_if(numbers.against(number) if number else [])
    refuse_if(rules.against_second_account(number) if number and _has_account(number) else [])
    user = User(
        personnummer=number,
        user_name=user_name,
        first_name=rules.one_line(first_name),
        last_name=rules.one_line(last_name),
        title=rules.one_line(title),
        email=email,
        demo_note=demo_note,
    )
    user.set_password(password)
    unit = school or authority
    _insert(user, prefix=unit.prefix if unit and not user_name else None)
    authority_id = school.authority_id if school else authority.pk if authority else None
    audit.record(verb="user.created", by=by, subject=user, authority_id=authority_id, now=now)
    return user


def _insert(user: User, *, prefix: str | None) -> None:
    """Store a new user, with a user name by the rule where there is a prefix; a name taken meanwhile gives the next."""
    for _attempt in range(_ATTEMPTS):
        if prefix is not None:
            names = {"first_name": user.first_name, "last_name": user.last_name}
            user.user_name = free_user_name(prefix=prefix, **names)
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError as error:
            number = user.personnummer
            refuse_if(rules.against_second_account(number) if number and _has_account(number) else [])
            if "user_name" not in str(error) or prefix is None:
                raise
        else:
            return
    raise Refused(Reason(CHANGED_MEANWHILE))


@transaction.atomic
def edit_user(
    *,
    user: User,
    first_name: str,
    last_name: str,
    title: str,
    email: str,
    personnummer: str,
    by: Actor,
    now: datetime,
    today: date,
) -> None:
    """Change a colleague's name, title, e-mail and personnummer.

    A changed address is told to the old one, and the links that were mailed there end.

    Raises `Refused` when she works elsewhere too, a name is missing, or the number is wrong, in use or another's.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    user = User.objects.select_for_update().get(pk=user.pk)
    number = numbers.normalised(personnummer, today=today)
    refuse_if(against_editing(user, by, today=today) or rules.against_names(first_name, last_name))
    refuse_if([] if email else [Reason("accounts.email_missing")])
    if number != (user.personnummer or ""):
        refuse_if(against_new_number(user, by, today=today) or numbers.against(number))
        refuse_if(rules.against_second_account(number) if _has_account(number) else [])
    lines = {"first_name": first_name, "last_name": last_name, "title": title}
    new = {name: rules.one_line(text) for name, text in lines.items()} | {"email": email}
    changed = [name for name, value in (new | {"personnummer": number}).items() if (getattr(user, name) or "") != value]
    if not changed:
        return
    if "email" in changed and user.email:
        tell_new_address(user, by=by, now=now, today=today)
    if "email" in changed:
        end_open(user=user)
    User.objects.filter(pk=user.pk).update(**new, personnummer=number or None)
    audit.record(verb="user.edited", by=by, subject=user, authority_id=None, now=now, changed=changed)


@transaction.atomic
def ensure_person(*, personnummer: str, first_name: str, last_name: str, by: Actor, now: datetime) -> User:
    """Return the account of a person whose electronic ID has vouched for her number; create it the first time.

    Raises `Refused` when a new person's number is wrong or her name is missing.
    """
    known = User.objects.filter(personnummer=numbers.normalised(personnummer)).first()
    return known or create_user(personnummer=personnummer, first_name=first_name, last_name=last_name, by=by, now=now)


def _has_account(number: str) -> bool:
    return User.objects.filter(personnummer=number).exists()
