"""The open course catalogue: search, and a course start's page. No login."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.forms.narrowing import NarrowingForm
from kursvis.catalogue.queries import agreement, courses, study_forms
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.register import hours_for
from kursvis.core import time
from kursvis.core.listing import page_of
from kursvis.core.reasons import Reason

CARDS_A_PAGE = 20


@login_not_required
def search_courses(request: ActorRequest) -> HttpResponse:
    """List what can be applied for, by word, code and filters in the address."""
    today = time.today()
    offered = queries.published(today=today)
    wanted = NarrowingForm(request.GET).narrowing().public()
    rows = queries.open_first(queries.narrowed(offered, wanted), today=today)
    page = page_of(request, rows, size=CARDS_A_PAGE)
    against = agreement.against_applying_to(page, today=today)
    authorities = list(queries.authorities_of(offered))
    site_name = _site_name(authorities, wanted)
    if site_name:
        study_forms.name_study_forms(page)
    context = {
        "page": page,
        "cards": [_card(course_start, against[course_start.pk], today=today) for course_start in page],
        "wanted": wanted,
        "typed": request.GET.get("q", "").strip(),
        "authorities": authorities,
        "schools": queries.schools_of(queries.narrowed(offered, Narrowing(authority=wanted.authority))),
        "levels": queries.levels_of(offered),
        "study_forms": list(rules.StudyForm),
        "start_days": queries.start_days_of(offered),
        "site_name": site_name,
    }
    return render(request, "catalogue/search.html", context)


@login_not_required
def show_course(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a published course start; `?forhandsvisning=1` previews any that the logged in reader may see."""
    preview = "forhandsvisning" in request.GET and request.user.is_authenticated
    course_start = queries.get_for(request.actor, uuid) if preview else queries.get_published(uuid)
    study_forms.name_study_forms([course_start])
    against = agreement.against_applying(course_start, today=time.today())
    context = _card(course_start, against, today=time.today()) | {
        "advice": courses.advice_before(course_start.course),
        "hours": hours_for(course_start.points),
        "preview": preview,
        "site_name": course_start.authority.adult_education_name,
    }
    return render(request, "catalogue/course.html", context)


def _card(course_start: Any, against: list[Reason], *, today: date) -> dict[str, Any]:
    facts = course_start.facts()
    return {
        "course_start": course_start,
        "against": against,
        "days_left": (facts.apply_by - today).days,
        "opens_later": today < facts.opens_on,
    }


def _site_name(authorities: list[Any], wanted: Narrowing) -> str:
    shown = [a for a in authorities if wanted.authority in (None, a.uuid)]
    return str(shown[0].adult_education_name) if len(shown) == 1 else ""
