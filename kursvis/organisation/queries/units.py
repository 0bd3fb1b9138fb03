"""Reading authorities, schools and their agreements: for their own pages, and for every list and picker."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.models import not_over
from kursvis.organisation.models import Agreement, Authority, School
from kursvis.organisation.queries.registers import names_of
from kursvis.organisation.rules import AgreementFacts
from kursvis.organisation.rules.registers import Register


def schools_where(actor: Actor, permission: Permission) -> QuerySet[School]:
    """Return the schools where the actor holds a permission, by name."""
    return School.objects.filter(
        Q(authority_id__in=actor.authorities(permission)) | Q(pk__in=actor.schools(permission))
    ).order_by("name_key")


def _ended(*, today: date) -> Q:
    """Return what is true of a school whose every agreement has ended. One that never had any is not inactive."""
    its = Agreement.objects.filter(school=OuterRef("pk"))
    return Q(Exists(its)) & ~Q(Exists(its.filter(not_over(today))))


def active_schools(rows: QuerySet[School], *, today: date) -> QuerySet[School]:
    """Return the schools without those whose every agreement has ended (R09, *Visa inaktiva*)."""
    return rows.exclude(_ended(today=today))


def schools_for_picker(actor: Actor, permission: Permission, *, today: date) -> QuerySet[School]:
    """Return the schools that a list or a picker shows: the actor's, without the inactive unless she shows them (R09).

    Who works at a school always finds it: those who are placed there are finished and graded after the agreement.
    """
    rows = schools_where(actor, permission)
    if actor.shows_inactive:
        return rows
    return rows.filter(~_ended(today=today) | Q(pk__in=actor.schools(permission)))


def count_hidden(actor: Actor, permission: Permission, *, today: date) -> int:
    """Return how many of the actor's schools `schools_for_picker` leaves out, so that the page can say it."""
    if actor.shows_inactive:
        return 0
    return schools_where(actor, permission).exclude(pk__in=schools_for_picker(actor, permission, today=today)).count()


def authorities_where(actor: Actor, permission: Permission) -> QuerySet[Authority]:
    """Return the authorities where the actor holds a permission for every school."""
    return Authority.objects.filter(pk__in=actor.authorities(permission)).order_by("name")


def all_authorities() -> QuerySet[Authority]:
    """Return every education authority of the installation, by name. Their names and contacts are public."""
    return Authority.objects.order_by("name")


def agreements_of(school: School) -> list[AgreementFacts]:
    """Return a school's agreements, for the rules."""
    return agreements_by_school([school.pk])[school.pk]


def agreements_by_school(school_ids: Iterable[int]) -> dict[int, list[AgreementFacts]]:
    """Return each school's agreements, for the rules; a school without any has an empty list.

    One query, and one more where an agreement is limited to industries, for what the municipality calls them.
    """
    found: dict[int, list[AgreementFacts]] = {school_id: [] for school_id in school_ids}
    rows = list(Agreement.objects.filter(school_id__in=list(found)).select_related("school"))
    names = names_of({row.school.authority_id for row in rows if row.industries}, Register.INDUSTRY)
    for row in rows:
        authority_id = row.school.authority_id
        found[row.school_id].append(row.facts({code: names.get((authority_id, code), code) for code in row.industries}))
    return found
