"""The page of a course start in the open catalogue."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.public_views.cards import card
from kursvis.catalogue.queries import agreement, courses, study_forms
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.rules.register import hours_for
from kursvis.core import time


@login_not_required
def show_course(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a published course start; `?forhandsvisning=1` previews any that the logged in reader may see."""
    preview = "forhandsvisning" in request.GET and request.user.is_authenticated
    course_start = queries.get_for(request.actor, uuid) if preview else queries.get_published(uuid)
    study_forms.name_study_forms([course_start])
    against = agreement.against_applying(course_start, today=time.today())
    context = card(course_start, against, today=time.today()) | {
        "advice": courses.advice_before(course_start.course),
        "hours": hours_for(course_start.points),
        "preview": preview,
        "site_name": course_start.authority.adult_education_name,
    }
    return render(request, "catalogue/course.html", context)
