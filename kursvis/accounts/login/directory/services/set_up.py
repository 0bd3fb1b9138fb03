"""An authority's directory as it is set up."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, against_unconfirmed
from kursvis.accounts.login.directory import queries, rules
from kursvis.accounts.models import Directory, DirectoryName
from kursvis.accounts.services.login_ways import refuse_lock_out
from kursvis.audit import services as audit
from kursvis.core.reasons import refuse_if
from kursvis.core.transitions import change
from kursvis.organisation.models import Authority


@transaction.atomic
def set_up(*, authority: Authority, is_active: bool, by: Actor, now: datetime, **given: str) -> Directory:
    """Set up, or change, an authority's directory: name, issuer, client_id, named_by, personnummer_claim.

    Names belong to one issuer and one claim: with another, those that have been written are taken away; with another
    client_id they must show anew that they let somebody in. Raises `Refused` for an issuer that cannot be one, and when
    no administrator could come in any more.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_issuer(given["issuer"], local_allowed=settings.DEMO))
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    row = queries.directory_of(authority)
    values: dict[str, Any] = {**given, "is_active": is_active}
    if row is None:
        row = Directory.objects.create(authority=authority, **values)
        _record_set_up(row, True, {name: (None, value) for name, value in values.items()}, 0, by, now)
        return row
    changes = change(row, **values)
    taken_away = 0
    if changes.keys() & {"issuer", "named_by"}:
        taken_away = DirectoryName.objects.filter(directory=row).delete()[0]
    elif "client_id" in changes:
        DirectoryName.objects.filter(directory=row).update(used_at=None)  # nobody knows that it works any more
    if changes:
        refuse_lock_out(authority, now=now)
        _record_set_up(row, False, changes, taken_away, by, now)
    return row


def _record_set_up(row: Directory, is_new: bool, changes: Any, taken_away: int, by: Actor, now: datetime) -> None:
    audit.record(
        verb="directory.set_up",
        by=by,
        subject=row,
        authority_id=row.authority_id,
        now=now,
        is_creation=is_new,
        changes=changes,
        names_taken_away=taken_away,
    )
