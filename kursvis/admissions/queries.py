"""Reading applications: who reaches which choice, and the page data."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus

AT_SCHOOL = [ChoiceStatus.DISTRIBUTED.value, ChoiceStatus.PLACED.value, ChoiceStatus.RETURNED.value]
"""What a school sees of choices of its starts: what the municipality gave it (design section 4)."""


def readable_by(actor: Actor) -> QuerySet[Choice]:
    """Return the choices the actor reaches: an authority's staff all that are sent in, a school's staff what it was given."""
    permission = Permission.SEE_APPLICATIONS
    return Choice.objects.filter(
        (Q(authority_id__in=actor.authorities(permission)) & ~Q(status=ChoiceStatus.DRAFT.value))
        | Q(course_start__school_id__in=actor.schools(permission), status__in=AT_SCHOOL)
    )


def with_facts(choices: QuerySet[Choice]) -> QuerySet[Choice]:
    """Join what `Choice.facts` and the pages read."""
    return choices.select_related(
        "application",
        "authority",
        "student",
        "course_start__course",
        "course_start__school__authority",
        "course_start__round__period",
        "condition__required",
    )


def get_for(actor: Actor, uuid: UUID) -> Choice:
    """Return one choice that the actor reaches, or raise Http404."""
    return get_object_or_404(with_facts(readable_by(actor)), uuid=uuid)
