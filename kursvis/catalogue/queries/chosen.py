"""What can be chosen in the list of course starts for a step with many at once."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.queries.offer import readable_by
from kursvis.catalogue.queries.table import editable_by
from kursvis.catalogue.rules import late
from kursvis.catalogue.rules.offer import CourseStartStatus

_ORDER = ("starts_on", "course__name_key", "pk")


def drafts_of(actor: Actor) -> "QuerySet[CourseStart]":
    """Return the drafts of the actor's schools, in the order in which they are sent in."""
    rows = editable_by(actor).filter(status=CourseStartStatus.DRAFT.value)
    return rows.select_related("school__authority").order_by(*_ORDER)


def coming_late(drafts: Iterable[CourseStart], *, today: date) -> list[CourseStart]:
    """Return those that would come in after their period's last day today, and do not say why yet (R13)."""
    return [row for row in drafts if late.against_entering(row.entry(), today=today)]


def to_publish(actor: Actor) -> "QuerySet[CourseStart]":
    """Return what waits at the actor's municipalities to be published, sent in or hidden, in order."""
    waiting = [CourseStartStatus.SUBMITTED.value, CourseStartStatus.HIDDEN.value]
    rows = readable_by(actor).filter(authority_id__in=actor.authorities(Permission.PUBLISH_OFFER))
    return rows.filter(status__in=waiting).order_by(*_ORDER)
