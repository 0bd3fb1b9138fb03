"""An authority's providers and their schools: entering and changing them (R01, R02)."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, refuse_if
from kursvis.organisation.models import Authority, Provider, School
from kursvis.organisation.rules import ProviderKind
from kursvis.organisation.rules import units as rules


class SchoolDetails(TypedDict):
    """What is written about a school. `prefix` begins the user names of its staff (R02)."""

    provider: Provider
    name: str
    unit_code: str
    prefix: str
    street: str
    postal_code: str
    locality: str
    email: str
    phone: str


@transaction.atomic
def create_provider(
    *, authority: Authority, name: str, organisation_number: str, kind: ProviderKind, by: Actor, now: datetime
) -> Provider:
    """Create a provider of an authority: the municipality itself or a contractor.

    Raises `Refused` for a wrong organisation number, or one that the authority's providers have already.
    """
    number = rules.as_organisation_number(organisation_number)
    refuse_if(_against_provider(authority.pk, name=name, number=number))
    provider = Provider.objects.create(
        authority=authority, name=name, organisation_number=number, kind=ProviderKind(kind).value
    )
    _record("provider.created", provider, by=by, now=now, name=name)
    return provider


@transaction.atomic
def edit_provider(
    *, provider: Provider, name: str, organisation_number: str, kind: ProviderKind, by: Actor, now: datetime
) -> None:
    """Change what is written about a provider; the log keeps old and new. Raises `Refused` as creating does."""
    number = rules.as_organisation_number(organisation_number)
    refuse_if(_against_provider(provider.authority_id, name=name, number=number, but=provider))
    new = {"name": name, "organisation_number": number, "kind": ProviderKind(kind).value}
    _change("provider.edited", Provider.objects.get(pk=provider.pk), new, by=by, now=now)


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
    """Create a school unit. `prefix` begins the user names of its staff (R02).

    Raises `Refused` for a code, prefix or postal code without its form, and a code or prefix that another school has.
    """
    details = SchoolDetails(
        provider=provider,
        name=name,
        unit_code=unit_code,
        prefix=prefix,
        street=street,
        postal_code=rules.as_postal_code(postal_code),
        locality=locality,
        email=email,
        phone=phone,
    )
    refuse_if(_against_school(details))
    school = School.objects.create(authority_id=provider.authority_id, **details)
    _record("school.created", school, by=by, now=now, name=name)
    return school


@transaction.atomic
def edit_school(*, school: School, by: Actor, now: datetime, **details: Unpack[SchoolDetails]) -> None:
    """Change what is written about a school; the log keeps old and new. Raises `Refused` as creating does.

    User names that were made with another prefix stay as they are.
    """
    details["postal_code"] = rules.as_postal_code(details["postal_code"])
    refuse_if(_against_school(details, but=school))
    row = School.objects.select_related("provider").get(pk=school.pk)
    _change("school.edited", row, dict(details), by=by, now=now)


def _against_provider(authority_id: int, *, name: str, number: str, but: Provider | None = None) -> list[Reason]:
    _hold(authority_id)
    rows = Provider.objects.filter(authority_id=authority_id)
    others = rows.exclude(pk=but.pk) if but else rows
    numbers = set(others.values_list("organisation_number", flat=True))
    return (
        rules.against_name(name)
        + rules.against_organisation_number(number)
        + rules.against_same_provider_twice(number, numbers=numbers)
    )


def _against_school(details: SchoolDetails, *, but: School | None = None) -> list[Reason]:
    authority_id = details["provider"].authority_id
    _hold(authority_id)
    rows = School.objects.filter(authority_id=authority_id)
    others = rows.exclude(pk=but.pk) if but else rows
    taken = list(others.values_list("unit_code", "prefix"))
    unit_code, prefix = details["unit_code"], details["prefix"]
    reasons = rules.against_school(
        name=details["name"], unit_code=unit_code, prefix=prefix, postal_code=details["postal_code"]
    )
    if but is not None and but.authority_id != authority_id:
        reasons.append(Reason("organisation.provider_of_another_authority"))
    return reasons + rules.against_same_school_twice(
        unit_code=unit_code,
        prefix=prefix,
        unit_codes={code for code, _prefix in taken},
        prefixes={prefix for _code, prefix in taken},
    )


def _hold(authority_id: int) -> None:
    """Let nobody else enter units of the authority until this transaction ends."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority_id)


def _change(verb: str, row: Any, new: dict[str, Any], *, by: Actor, now: datetime) -> None:
    changed = {name: [getattr(row, name), value] for name, value in new.items() if getattr(row, name) != value}
    if changed:
        type(row).objects.filter(pk=row.pk).update(**new)
        _record(
            verb, row, by=by, now=now, **{name: [_said(old), _said(value)] for name, (old, value) in changed.items()}
        )


def _said(value: Any) -> Any:
    """Return a value as the log keeps it: a provider by its name."""
    return value.name if isinstance(value, Provider) else value


def _record(verb: str, row: Any, *, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(verb=verb, by=by, subject=row, authority_id=row.authority_id, now=now, **detail)
