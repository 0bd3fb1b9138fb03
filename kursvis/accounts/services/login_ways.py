"""Which ways in a municipality's staff may use: a decision counts from a day, and what has been is kept (R05)."""

from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, Role, against_unconfirmed
from kursvis.accounts.models import AllowedWays, User
from kursvis.accounts.queries import login_ways
from kursvis.accounts.rules.login_ways import LoginWay, Ways, against_ways, ways_on
from kursvis.audit import services as audit
from kursvis.core.reasons import refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority
from kursvis.organisation.rules.settings import against_first_day, against_taking_back


@transaction.atomic
def allow_ways(*, authority: Authority, ways: Ways, starts_on: date, by: Actor, now: datetime) -> AllowedWays:
    """Let the authority's staff use these ways in from a day; a decision from the same day is replaced.

    Raises `Refused` for a day that has been, for no way at all, and when no administrator could come in any more.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    today = swedish_date(now)
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    administrators = login_ways.means_of_administrators(authority, today=today)
    refuse_if(against_first_day(starts_on, today=today) + against_ways(ways, administrators))
    before = ways_on(login_ways.rows_of(authority), day=starts_on)
    row, is_new = AllowedWays.objects.update_or_create(
        authority=authority, starts_on=starts_on, defaults={way.value: way in ways for way in LoginWay}
    )
    audit.record(
        verb="login_ways.set",
        by=by,
        subject=row,
        authority_id=authority.pk,
        now=now,
        is_creation=is_new,
        starts_on=starts_on,
        ways=[sorted(before), sorted(ways)],
    )
    return row


@transaction.atomic
def take_back_ways(*, row: AllowedWays, by: Actor, now: datetime) -> None:
    """Take back a decision that has not begun to count; what counted before goes on. Raises `Refused` when it has."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    today = swedish_date(now)
    refuse_if(against_taking_back(row.starts_on, today=today))
    Authority.objects.select_for_update(no_key=True).get(pk=row.authority_id)
    audit.record(
        verb="login_ways.taken_back",
        by=by,
        subject=row,
        authority_id=row.authority_id,
        now=now,
        starts_on=row.starts_on,
        ways=[sorted(row.ways()), None],
    )
    AllowedWays.objects.filter(pk=row.pk).delete()


def refuse_lock_out(authority: Authority, *, now: datetime) -> None:
    """Refuse the step that has just been taken, and is now undone, when it shuts every administrator out.

    Part of a step that changes what the administrators of an authority can come in with. Raises `Refused`.
    """
    today = swedish_date(now)
    administrators = login_ways.means_of_administrators(authority, today=today)
    for ways in login_ways.ways_from_now_on(authority, today=today):
        refuse_if(against_ways(ways, administrators))


def refuse_losing_the_last(user: User, *, now: datetime) -> None:
    """Refuse to lock out, or take the role from, the last administrator whom her municipality's decided ways let in.

    Part of a step; asked after it. A municipality that has decided nothing has every way. Raises `Refused`.
    """
    roles = user.assignments.filter(role=Role.SYSTEM_ADMINISTRATOR.value).select_related("authority")
    for authority in {role.authority for role in roles}:
        if login_ways.rows_of(authority):
            refuse_lock_out(authority, now=now)
