"""The page of a course start in the open catalogue. Its address lasts: also when the start is cancelled or hidden."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.public_views.cards import card
from kursvis.catalogue.public_views.course_data import as_script, described, structured
from kursvis.catalogue.queries import agreement, basket, shown, study_forms
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.register import hours_for
from kursvis.core import time
from kursvis.core.address import absolute


@login_not_required
def show_course(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a published course start; `?forhandsvisning=1` previews any that the logged in reader may see."""
    preview = "forhandsvisning" in request.GET and request.user.is_authenticated
    course_start = queries.get_for(request.actor, uuid) if preview else shown.find_shown(uuid)
    if course_start is None or (course_start.status == "cancelled" and not preview):
        return _gone(request, course_start)
    study_forms.name_study_forms([course_start])
    today = time.today()
    against = agreement.against_applying(course_start, today=today)
    context = card(course_start, against, today=today) | _about(course_start) | {"preview": preview}
    return render(request, "catalogue/course.html", context)


def _gone(request: ActorRequest, course_start: Any) -> HttpResponse:
    """Say that a start is cancelled and which others there are; of what is hidden, or never was, say nothing."""
    others = shown.others_of(course_start, today=time.today()) if course_start else []
    context = {"course_start": course_start, "others": others}
    return render(request, "catalogue/course_gone.html", context, status=410 if course_start else 404)


def _about(course_start: Any) -> dict[str, Any]:
    today = time.today()
    dates = {"starts_on": course_start.starts_on, "ends_on": course_start.ends_on}
    alternatives = basket.prerequisites_of([course_start.course_id]).get(course_start.course_id, [])
    needed = {row.required_id for together in alternatives for row in together if row.required_id}
    url = absolute(reverse("catalogue:show_course", args=[course_start.uuid]))
    return {
        "alternatives": alternatives,
        "with_starts": basket.courses_with_starts(needed, today=today),
        "others": shown.others_of(course_start, today=today),
        "lessons": [
            (day, list(of_day)) for day, of_day in groupby(sorted(course_start.weekly_pattern), lambda one: one.day)
        ],
        "hours": hours_for(course_start.points),
        "percent": pace.percent(pace.points_a_week(course_start.points, **dates)),
        "weeks": pace.weeks_of(**dates),
        "url": url,
        "described": described(course_start),
        "structured": as_script(structured(course_start, url=url)),
        "site_name": course_start.authority.adult_education_name,
    }
