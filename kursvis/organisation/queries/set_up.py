"""What who sets a municipality up reads: its authorities, providers, schools and agreements."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.models import not_over
from kursvis.organisation.models import Agreement, Authority, Provider, School
from kursvis.organisation.queries import registers
from kursvis.organisation.queries.units import authorities_where, schools_for_picker, schools_where
from kursvis.organisation.rules import AgreementFacts
from kursvis.organisation.rules.registers import Register


def _setting_up(actor: Actor) -> frozenset[int]:
    return actor.authorities(Permission.EDIT_SETTINGS)


def authorities_to_edit(actor: Actor) -> QuerySet[Authority]:
    """Return the authorities that the actor sets up, by name."""
    return authorities_where(actor, Permission.EDIT_SETTINGS)


def get_authority(actor: Actor, uuid: UUID) -> Authority:
    """Return an authority that the actor sets up, or 404."""
    return get_object_or_404(authorities_to_edit(actor), uuid=uuid)


def providers_to_edit(actor: Actor) -> QuerySet[Provider]:
    """Return the providers of the authorities that the actor sets up, by name."""
    return Provider.objects.filter(authority_id__in=_setting_up(actor)).select_related("authority").order_by("name_key")


def with_number_of_schools(rows: QuerySet[Provider]) -> QuerySet[Provider]:
    """Return providers with how many schools each has."""
    return rows.annotate(number_of_schools=Count("schools"))


def get_provider(actor: Actor, uuid: UUID) -> Provider:
    """Return a provider that the actor may edit, or 404."""
    return get_object_or_404(providers_to_edit(actor), uuid=uuid)


def schools_to_edit(actor: Actor, *, today: date, inactive_too: bool = False) -> QuerySet[School]:
    """Return the schools of the authorities that the actor sets up, by name, with their agreements."""
    edited = Permission.EDIT_SETTINGS
    rows = schools_where(actor, edited) if inactive_too else schools_for_picker(actor, edited, today=today)
    return rows.select_related("provider", "authority").prefetch_related(
        Prefetch("agreements", Agreement.objects.order_by("-starts_on"))
    )


def facts_of(school: School) -> list[AgreementFacts]:
    """Return the agreements of a school of `schools_to_edit`, for the rules, without asking the database again."""
    return [agreement.facts() for agreement in school.agreements.all()]


def get_school(actor: Actor, uuid: UUID) -> School:
    """Return a school that the actor may edit, or 404."""
    rows = schools_where(actor, Permission.EDIT_SETTINGS).select_related("provider", "authority")
    return get_object_or_404(rows, uuid=uuid)


def industries_to_agree(school: School, *, today: date, chosen: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return the industries that an agreement may be limited to, code and name: in force, to come, or chosen before."""
    rows = registers.entries(school.authority_id, Register.INDUSTRY)
    return [(row.code, row.name) for row in rows.filter(not_over(today) | Q(code__in=chosen))]


def name_industries(rows: Iterable[Agreement], authority_ids: Iterable[int]) -> None:
    """Set what the municipality calls the industries of each agreement, for one query."""
    shown = list(rows)
    wanted = authority_ids if any(row.industries for row in shown) else ()
    names = {code: name for (_of, code), name in registers.names_of(wanted, Register.INDUSTRY).items()}
    for row in shown:
        row.industry_names = tuple(names.get(code, code) for code in row.industries)


def agreement_rows(school: School) -> QuerySet[Agreement]:
    """Return a school's agreements, the latest first."""
    return Agreement.objects.filter(school=school).order_by("-starts_on")


def agreements_to_edit(actor: Actor) -> QuerySet[Agreement]:
    """Return every agreement of the authorities that the actor sets up: the school's name, the latest first."""
    rows = Agreement.objects.filter(school__authority_id__in=_setting_up(actor))
    return rows.select_related("school__provider", "school__authority").order_by("school__name_key", "-starts_on")


def that_count(rows: QuerySet[Agreement], *, today: date) -> QuerySet[Agreement]:
    """Return the agreements that have not ended."""
    return rows.filter(not_over(today))


def get_agreement(actor: Actor, uuid: UUID) -> Agreement:
    """Return an agreement that the actor may change, or 404."""
    return get_object_or_404(agreements_to_edit(actor), uuid=uuid)
