"""The education authority itself: entering it, and what it says of itself (R61)."""

from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, refuse_if
from kursvis.organisation.models import Authority
from kursvis.organisation.rules import units as rules
from kursvis.organisation.rules.prefixes import against_authority_prefix, prefix_of_authority
from kursvis.organisation.services import registers


class Contact(TypedDict):
    """What the authority says of itself. `catalogue_address` is where paper grade catalogues are posted,
    `forwarding_address` where letters to protected persons are.
    """

    name: str
    adult_education_name: str
    catalogue_address: str
    forwarding_address: NotRequired[str]
    email: str
    phone: str
    prefix: str


@transaction.atomic
def create_authority(
    *,
    name: str,
    adult_education_name: str,
    municipality_code: str,
    organisation_number: str,
    catalogue_address: str,
    email: str,
    forwarding_address: str = "",
    phone: str = "",
    prefix: str = "",
    by: Actor,
    now: datetime,
) -> Authority:
    """Create an education authority (huvudman). `catalogue_address` is where paper grade catalogues are posted.

    `prefix` begins the user names of its own staff (R02). Raises `Refused` when it is no two to six letters, the
    organisation number is wrong, or there is an authority with the name.
    """
    prefix = prefix or prefix_of_authority(name)
    number = rules.as_organisation_number(organisation_number)
    refuse_if(_against(name, prefix, but=None) + rules.against_organisation_number(number))
    authority = Authority.objects.create(
        name=name,
        adult_education_name=adult_education_name,
        municipality_code=municipality_code,
        organisation_number=number,
        catalogue_address=catalogue_address,
        forwarding_address=forwarding_address,
        email=email,
        phone=phone,
        prefix=prefix,
    )
    audit.record(verb="authority.created", by=by, subject=authority, authority_id=authority.pk, now=now, name=name)
    registers.begin(authority=authority, by=by, now=now)
    return authority


@transaction.atomic
def edit_authority(*, authority: Authority, by: Actor, now: datetime, **contact: Unpack[Contact]) -> None:
    """Change what the authority says of itself; the log keeps old and new. Raises `Refused` as creating does."""
    refuse_if(_against(contact["name"], contact["prefix"], but=authority))
    row = Authority.objects.get(pk=authority.pk)
    changed: dict[str, Any] = {
        name: [getattr(row, name), value] for name, value in contact.items() if getattr(row, name) != value
    }
    if changed:
        Authority.objects.filter(pk=row.pk).update(**contact)
        audit.record(verb="authority.edited", by=by, subject=row, authority_id=row.pk, now=now, **changed)


def _against(name: str, prefix: str, *, but: Authority | None) -> list[Reason]:
    """Return what is wrong with an authority's name and prefix; the few there are wait for each other."""
    locked = Authority.objects.select_for_update(no_key=True).order_by("pk")
    names = {row.name for row in locked if but is None or row.pk != but.pk}
    return (
        rules.against_name(name)
        + rules.against_same_authority_twice(name, names=names)
        + against_authority_prefix(prefix)
    )
