"""Readings that are written in the log: a class list opened, a letter opened."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.letters import services as letters
from kursvis.letters.models import Letter
from kursvis.studies.models import Group


@transaction.atomic
def open_group(*, group: Group, by: Actor, now: datetime) -> None:
    """Write that a class list was opened. Protected persons stand in it as alias."""
    audit.record(verb="group.opened", by=by, subject=group, authority_id=group.authority_id, now=now)


def open_letter(*, letter: Letter, reason: str, by: Actor, now: datetime) -> Letter:
    """Write that a letter was opened, and return it. `Refused`: a protected person's, to all but named readers."""
    letters.opened(letter=letter, reason=reason, by=by, now=now)
    return letter
