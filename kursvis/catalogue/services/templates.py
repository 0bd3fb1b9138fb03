"""Templates of course starts: saved from one, changed, removed. They are a school's own and decide nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import CourseStart, OfferTemplate
from kursvis.catalogue.rules import templates as rules
from kursvis.catalogue.rules.weekly_pattern import against_pattern, written
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import CHANGED_MEANWHILE
from kursvis.organisation.models import School

_KEPT = ("course", "seats", "study_form", "place", "description", "weekly_pattern", "schedule_note")


@transaction.atomic
def save_template(*, course_start: CourseStart, name: str, by: Actor, now: datetime) -> OfferTemplate:
    """Keep what a course start says, but for its dates, under a name. Raises `Refused` for a name that is taken."""
    refuse_if(rules.against_name(name, taken=_is_taken(course_start.school, name)))
    values = {field: getattr(course_start, field) for field in _KEPT}
    template = OfferTemplate.objects.create(school=course_start.school, name=name.strip(), **values)
    _record("saved", template, by=by, now=now, name=template.name, course=course_start.course.code)
    return template


@transaction.atomic
def edit_template(*, template: OfferTemplate, by: Actor, now: datetime, **values: Any) -> None:
    """Change a template: its name and what it fills a form with.

    Raises `Refused` for a name that is taken, and when somebody else has removed the template.
    """
    name = values["name"].strip()
    taken = _is_taken(template.school, name, but=template)
    refuse_if(rules.against_name(name, taken=taken) + against_pattern(values.get("weekly_pattern", ())))
    standing = _locked(template)
    old = {field: getattr(standing, field) for field in values}
    new = values | {"name": name}
    changed = {field: (_said(old[field]), _said(new[field])) for field in new if old[field] != new[field]}
    if changed:
        OfferTemplate.objects.filter(pk=template.pk).update(**new)
        for field, value in new.items():
            setattr(template, field, value)
        _record("edited", template, by=by, now=now, changes=changed)


@transaction.atomic
def remove_template(*, template: OfferTemplate, by: Actor, now: datetime) -> None:
    """Take a template away. What was entered from it stays. Raises `Refused` when somebody else already has."""
    _locked(template)
    _record("removed", template, by=by, now=now, name=template.name)
    OfferTemplate.objects.filter(pk=template.pk).delete()


def _locked(template: OfferTemplate) -> OfferTemplate:
    standing = OfferTemplate.objects.select_for_update(no_key=True).filter(pk=template.pk).first()
    if standing is None:
        raise Refused(Reason(CHANGED_MEANWHILE))
    return standing


def _is_taken(school: School, name: str, *, but: OfferTemplate | None = None) -> bool:
    """Say whether the school has another template with the name; nobody else names one until this transaction ends."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    rows = OfferTemplate.objects.filter(school=school, name=name.strip())
    return (rows.exclude(pk=but.pk) if but else rows).exists()


def _said(value: Any) -> Any:
    return written(value) if isinstance(value, tuple) else value


def _record(verb: str, template: OfferTemplate, *, by: Actor, now: datetime, **detail: Any) -> None:
    authority_id = template.school.authority_id
    audit.record(verb=f"offer_template.{verb}", by=by, subject=template, authority_id=authority_id, now=now, **detail)
