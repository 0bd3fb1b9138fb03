"""Who somebody is in a directory: a key to her account."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import SYSTEM, Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts.login.directory import queries, rules
from kursvis.accounts.login.directory.rules import NamedBy
from kursvis.accounts.models import Directory, DirectoryName, User
from kursvis.accounts.queries.colleague import against_editing
from kursvis.accounts.services.login_ways import refuse_lock_out
from kursvis.audit import services as audit
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import change


def bind(directory: Directory, user: User, subject: str, now: datetime, *, by: Actor = SYSTEM) -> DirectoryName:
    """Write what somebody is called in a directory; an older name of hers ends. Part of a step.

    The system writes a name that the directory has vouched for together with a personnummer.
    """
    before = DirectoryName.objects.filter(directory=directory, user=user).first()
    row, is_new = DirectoryName.objects.update_or_create(
        directory=directory, user=user, defaults={"subject": subject, "used_at": None}
    )
    audit.record(
        verb="directory_name.written",
        by=by,
        subject=row,
        authority_id=row.directory.authority_id,
        now=now,
        is_creation=is_new,
        user_id=row.user_id,
        changes={"subject": (before.subject if before else None, subject)},
    )
    return row


def note_first_use(row: DirectoryName, now: datetime) -> None:
    """Note that a name has let somebody in for the first time. Part of a step."""
    changes = change(row, used_at=now)
    audit.record(
        verb="directory_name.used",
        by=SYSTEM,
        subject=row,
        authority_id=row.directory.authority_id,
        now=now,
        user_id=row.user_id,
        changes=changes,
    )


@transaction.atomic
def write_name(*, directory: Directory, user: User, subject: str, by: Actor, now: datetime) -> None:
    """Write what somebody is called in a directory; nothing takes the name away. It is a key to her account.

    Raises `Refused` when the actor may not change her account, the name is another's, she has no role to come in with,
    or no administrator of the municipality could come in any more.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    today = swedish_date(now)
    User.objects.select_for_update().get(pk=user.pk)
    refuse_if(against_editing(user, by, today=today) if by.user_id is not None else [])
    name = rules.as_name(subject, NamedBy(directory.named_by))
    before = DirectoryName.objects.filter(directory=directory, user=user).first()
    if (before.subject if before else "") == name:
        return
    if not name:
        _take_away(before, by, now)
        return
    taken, works = queries.is_taken(directory, name, user=user), queries.works_here(user, directory, today=today)
    refuse_if(rules.against_name(name, is_taken=taken, works_here=works))
    bind(directory, user, name, now, by=by)
    refuse_lock_out(directory.authority, now=now)


def _take_away(row: DirectoryName | None, by: Actor, now: datetime) -> None:
    if row is None:
        return
    audit.record(
        verb="directory_name.taken_away",
        by=by,
        subject=row,
        authority_id=row.directory.authority_id,
        now=now,
        user_id=row.user_id,
        changes={"subject": (row.subject, None)},
    )
    DirectoryName.objects.filter(pk=row.pk).delete()
    refuse_lock_out(row.directory.authority, now=now)
