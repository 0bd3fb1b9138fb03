"""The open course catalogue: search."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.forms.narrowing import NarrowingForm
from kursvis.catalogue.public_views.cards import card
from kursvis.catalogue.queries import agreement, study_forms
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.rules import offer as rules
from kursvis.core import time
from kursvis.core.listing import page_of

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
        "cards": [card(course_start, against[course_start.pk], today=today) for course_start in page],
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


def _site_name(authorities: list[Any], wanted: Narrowing) -> str:
    shown = [a for a in authorities if wanted.authority in (None, a.uuid)]
    return str(shown[0].adult_education_name) if len(shown) == 1 else ""
