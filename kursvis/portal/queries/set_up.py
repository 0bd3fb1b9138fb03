"""What there is to do about a municipality's set-up: its staff, and the agreements of its schools."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Min

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.accounts.queries import activation
from kursvis.accounts.queries.staff import roles_ending
from kursvis.catalogue.queries import offer
from kursvis.catalogue.queries.agreement import with_agreement_missing
from kursvis.core.time import swedish_date
from kursvis.organisation.rules.settings import Values
from kursvis.portal.queries.work import Counts
from kursvis.public import queries as public


def staff(actor: Actor, decided: Mapping[int, Values], *, today: date) -> Counts:
    """Count whose role ends soon (who runs the unit), and what waits for the municipality: roles, schools alone."""
    counted: Counts = {}
    if actor.holds(Permission.EDIT_STAFF):
        ending = roles_ending(actor, decided, today=today).order_by()
        counted |= ending.aggregate(roles_ending=Count("user_id", distinct=True), roles_ending_due=Min("ends_on"))
    if actor.holds(Permission.ACTIVATE_STAFF):
        asked = activation.requests(actor).order_by()
        found = asked.aggregate(number=Count("pk"), first=Min("requested_at"))
        first = swedish_date(found["first"]) if found["first"] else None
        counted |= {"roles_to_activate": found["number"], "roles_to_activate_due": first}
        alone = activation.schools_alone(actor, today=today).count()
        counted |= {"without_administrator": alone, "without_administrator_due": None}
    return counted


def agreements(actor: Actor, *, today: date) -> Counts:
    """Count the coming course starts that no agreement covers, for who enters the agreements."""
    authorities = actor.authorities(Permission.EDIT_SETTINGS) & actor.authorities(Permission.SEE_OFFER)
    if not authorities:
        return {}
    rows = with_agreement_missing(offer.readable_by(actor).filter(authority_id__in=authorities), today=today)
    lacking = rows.filter(**{"lacks_agreement": True}).order_by()
    return dict(lacking.aggregate(without_agreement=Count("pk"), without_agreement_due=Min("starts_on")))


def feedback(actor: Actor) -> Counts:
    """Count the feedback on accessibility that waits for an answer, for who answers it."""
    if not actor.holds(Permission.ANSWER_FEEDBACK):
        return {}
    rows = public.waiting(actor).order_by()
    return dict(rows.aggregate(feedback=Count("pk"), feedback_due=Min("answer_by")))
