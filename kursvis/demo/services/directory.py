"""The first municipality's directory, which `make demo` runs beside the web."""

from datetime import datetime

from django.db import transaction

from kursvis.access.actors import SYSTEM
from kursvis.accounts.login.directory.queries import directory_of
from kursvis.accounts.login.directory.services import names, set_up
from kursvis.accounts.models import User
from kursvis.demo.rules.cast import IN_DIRECTORY, MALARVIK, member
from kursvis.organisation.models import Authority


@transaction.atomic
def point_at(*, issuer: str, now: datetime) -> bool:
    """Let the municipality's directory be at an address, and know some of its staff; say whether that was new."""
    authority = Authority.objects.get(name=MALARVIK)
    known = directory_of(authority)
    if known is not None and known.issuer == issuer:
        return False
    given = {"name": MALARVIK, "issuer": issuer, "client_id": "kursvis", "named_by": "sub", "personnummer_claim": ""}
    directory = set_up.set_up(authority=authority, is_active=True, by=SYSTEM, now=now, **given)
    for key, subject in IN_DIRECTORY.items():
        user = User.objects.get(personnummer=member(key).personnummer)
        names.write_name(directory=directory, user=user, subject=subject, by=SYSTEM, now=now)
    return True
