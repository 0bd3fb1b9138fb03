"""Reading the templates of the schools where somebody enters the offer."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import OfferTemplate
from kursvis.core.forms import is_uuid
from kursvis.organisation.queries import schools_where

_FILLED = ("seats", "study_form", "place", "weekly_pattern", "schedule_note", "description")


def templates_of(actor: Actor) -> "QuerySet[OfferTemplate]":
    """Return the templates of the schools where the actor enters the offer, by school and name."""
    schools = schools_where(actor, Permission.EDIT_OFFER).order_by()
    rows = OfferTemplate.objects.filter(school__in=schools).select_related("school", "course")
    return rows.order_by("school__name_key", "name", "pk")


def template_for(actor: Actor, uuid: UUID) -> OfferTemplate:
    """Return a template of a school where the actor enters the offer, or 404."""
    return get_object_or_404(templates_of(actor), uuid=uuid)


def filled_by(templates: "QuerySet[OfferTemplate]", asked: str) -> dict[str, Any]:
    """Return what the template that an address asks for fills a new course start's form with; nothing without one."""
    template = templates.filter(uuid=asked).first() if is_uuid(asked) else None
    if template is None:
        return {}
    return {"school": template.school.uuid} | {name: getattr(template, name) for name in _FILLED}
