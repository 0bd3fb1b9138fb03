"""Setting up an education authority: its providers, schools and agreements."""

from datetime import date, datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import refuse_if
from kursvis.organisation.models import Agreement, Authority, Provider, School
from kursvis.organisation.rules import AgreementKind, ProviderKind
from kursvis.organisation.services import registers
from kursvis.organisation.rules.prefixes import against_authority_prefix, prefix_of_authority


@transaction.atomic
def create_authority(
    *,
    name: str,
    adult_education_name: str,
    municipality_code: str,
    organisation_number: str,
    catalogue_address: str,
    email: str,
    phone: str = "",
    prefix: str = "",
    by: Actor,
    now: datetime,
) -> Authority:
    """Create an education authority (huvudman). `catalogue_address` is where paper grade catalogues are posted.

    `prefix` begins the user names of its own staff (R02). Raises `Refused` when it is no two to six letters.
    """
    prefix = prefix or prefix_of_authority(name)
    refuse_if(against_authority_prefix(prefix))
    authority = Authority.objects.create(
        name=name,
        adult_education_name=adult_education_name,
        municipality_code=municipality_code,
        organisation_number=organisation_number,
        catalogue_address=catalogue_address,
        email=email,
        phone=phone,
        prefix=prefix,
    )
    audit.record(verb="authority.created", by=by, subject=authority, authority_id=authority.pk, now=now, name=name)
    registers.begin(authority=authority, by=by, now=now)
    return authority


@transaction.atomic
def create_provider(
    *, authority: Authority, name: str, organisation_number: str, kind: ProviderKind, by: Actor, now: datetime
) -> Provider:
    """Create a provider of an authority: the municipality itself or a contractor."""
    provider = Provider.objects.create(
        authority=authority, name=name, organisation_number=organisation_number, kind=kind.value
    )
    audit.record(verb="provider.created", by=by, subject=provider, authority_id=authority.pk, now=now, name=name)
    return provider


@transaction.atomic
def create_school(
    *,
    provider: Provider,
    name: str,
    unit_code: str,
    prefix: str,
    street: str,
    postal_code: str,
    locality: str,
    email: str,
    phone: str = "",
    by: Actor,
    now: datetime,
) -> School:
    """Create a school unit. `prefix` begins the user names of its staff (R02)."""
    school = School.objects.create(
        authority_id=provider.authority_id,
        provider=provider,
        name=name,
        unit_code=unit_code,
        prefix=prefix,
        street=street,
        postal_code=postal_code,
        locality=locality,
        email=email,
        phone=phone,
    )
    audit.record(verb="school.created", by=by, subject=school, authority_id=school.authority_id, now=now, name=name)
    return school


@transaction.atomic
def create_agreement(
    *, school: School, kind: AgreementKind, starts_on: date, ends_on: date | None, by: Actor, now: datetime
) -> Agreement:
    """Record an agreement that lets the school offer education (R11, R12)."""
    agreement = Agreement.objects.create(school=school, kind=kind.value, starts_on=starts_on, ends_on=ends_on)
    audit.record(
        verb="agreement.created",
        by=by,
        subject=agreement,
        authority_id=school.authority_id,
        now=now,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return agreement
