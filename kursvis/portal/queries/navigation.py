"""The few numbers in the navigation: one query for who handles applications, one for who handles catalogues."""

from django.db.models import Count, Q

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus
from kursvis.grades.models import Catalogue
from kursvis.grades.rules import CatalogueStatus


def counts(actor: Actor) -> dict[str, int]:
    """Return how many applications wait for a decision, choices for a place, and catalogues for the municipality."""
    found: dict[str, int] = {}
    decides = Q(authority_id__in=actor.authorities(Permission.DECIDE_RECEPTION), status=ChoiceStatus.SUBMITTED.value)
    places = Q(course_start__school_id__in=actor.schools(Permission.PLACE), status=ChoiceStatus.DISTRIBUTED.value)
    if actor.holds(Permission.DECIDE_RECEPTION) or actor.holds(Permission.PLACE):
        found |= Choice.objects.filter(decides | places).aggregate(
            applications=Count("pk", filter=decides), placing=Count("pk", filter=places)
        )
    if actor.holds(Permission.RECEIVE_CATALOGUES):
        arriving = [CatalogueStatus.SENT.value, CatalogueStatus.SIGNED.value, CatalogueStatus.RECEIVED.value]
        authorities = actor.authorities(Permission.RECEIVE_CATALOGUES)
        found["catalogues"] = Catalogue.objects.filter(authority_id__in=authorities, status__in=arriving).count()
    return found
