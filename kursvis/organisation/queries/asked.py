"""Which municipality a page of *Inställningar* is about: for nearly everybody there is only one."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.organisation.models import Authority


def authorities_with(actor: Actor, *any_of: Permission) -> QuerySet[Authority]:
    """Return the authorities where the actor holds one of the permissions for every school, by name."""
    reached = frozenset[int]().union(*(actor.authorities(permission) for permission in any_of))
    return Authority.objects.filter(pk__in=reached).order_by("name")


def authority_asked_for(authorities: QuerySet[Authority], uuid: UUID | None) -> Authority:
    """Return the authority that the address names, or the first; 404 for one that the actor does not reach."""
    found = [authority for authority in authorities if uuid in (None, authority.uuid)]
    if not found:
        raise Http404
    return found[0]
