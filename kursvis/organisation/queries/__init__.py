"""Reading the organisation."""

from django.db.models import Q, QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.organisation.models import Agreement, Authority, School
from kursvis.organisation.rules import AgreementFacts


def schools_where(actor: Actor, permission: Permission) -> QuerySet[School]:
    """Return the schools where the actor holds a permission, by name."""
    return School.objects.filter(
        Q(authority_id__in=actor.authorities(permission)) | Q(pk__in=actor.schools(permission))
    ).order_by("name_key")


def authorities_where(actor: Actor, permission: Permission) -> QuerySet[Authority]:
    """Return the authorities where the actor holds a permission for every school."""
    return Authority.objects.filter(pk__in=actor.authorities(permission)).order_by("name")


def all_authorities() -> QuerySet[Authority]:
    """Return every education authority of the installation, by name. Their names and contacts are public."""
    return Authority.objects.order_by("name")


def agreements_of(school: School) -> list[AgreementFacts]:
    """Return a school's agreements, for the rules."""
    return [agreement.facts() for agreement in Agreement.objects.filter(school=school)]
