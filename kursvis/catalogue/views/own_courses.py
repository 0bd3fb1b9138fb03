"""*Egna kurser*: local parts and individual courses, decided by the municipality (rules.md 2.02)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms import own_courses as forms
from kursvis.catalogue.forms.narrowing import NarrowingForm
from kursvis.catalogue.queries import own_courses as queries
from kursvis.catalogue.services import own_courses as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.queries import asked

P = Permission


@require_GET
@requires(P.DECIDE_COURSES)
def list_own_courses(request: ActorRequest) -> HttpResponse:
    """Show the municipality's own courses."""
    authorities, authority = _municipality(request)
    ended_too = "inaktiva" in request.GET or request.actor.shows_inactive
    rows = queries.own_courses_of(authority, today=time.today(), ended_too=ended_too)
    context = {
        "page": page_of(request, rows),
        "authorities": authorities,
        "authority": authority,
        "ended_too": ended_too,
        "today": time.today(),
    }
    return render(request, "catalogue/own_courses.html", context)


@require_GET
@requires(P.DECIDE_COURSES)
def choose_whole(request: ActorRequest) -> HttpResponse:
    """Find the course or level that a new part is of."""
    _authorities, authority = _municipality(request)
    text = NarrowingForm(request.GET).narrowing().text
    found = queries.wholes_with(text, today=time.today()) if text else []
    return render(request, "catalogue/choose_whole.html", {"found": found, "text": text, "authority": authority})


@requires(P.DECIDE_COURSES)
def add_part(request: ActorRequest, whole_uuid: UUID) -> HttpResponse:
    """Make a local part of a course or level."""
    _authorities, authority = _municipality(request)
    whole, today = queries.get_whole(whole_uuid), time.today()
    form = forms.PartForm(request.POST or None, initial={"code": queries.suggested_code(authority, whole)})
    given: dict[str, Any] = {"authority": authority, "whole": whole, "by": request.actor, "now": time.now()}
    if form.is_valid() and (
        made := attempt(form, lambda: services.create_part(**form.cleaned_data, **given), fields=forms.FIELDS)
    ):
        return _made(request, made)
    of_parts = queries.points_of_parts(whole, authority, today=today)
    context = {
        "form": form,
        "whole": whole,
        "authority": authority,
        "left": (whole.points or 0) - of_parts,
        "against": queries.against_dividing(whole, today=today),
    }
    return render(request, "catalogue/own_course_form.html", context)


@requires(P.DECIDE_COURSES)
def add_individual(request: ActorRequest) -> HttpResponse:
    """Make an individual course."""
    _authorities, authority = _municipality(request)
    form = forms.IndividualForm(data=request.POST or None, initial={"code": queries.suggested_code(authority)})
    given: dict[str, Any] = {"authority": authority, "by": request.actor, "now": time.now()}
    if form.is_valid() and (
        made := attempt(form, lambda: services.create_individual(**form.cleaned_data, **given), fields=forms.FIELDS)
    ):
        return _made(request, made)
    return render(request, "catalogue/own_course_form.html", {"form": form, "authority": authority})


@requires(P.DECIDE_COURSES)
def edit_own_course(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change the name of an own course, or let it end."""
    course = queries.get_for(request.actor, uuid)
    form = forms.OwnCourseForm(course=course, data=request.POST or None)
    given: dict[str, Any] = {"course": course, "by": request.actor, "now": time.now()}
    if (
        form.is_valid()
        and (attempt(form, lambda: services.edit_own_course(**form.cleaned_data, **given), fields=forms.FIELDS))
        is not None
    ):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("catalogue:list_own_courses")
    to_come = queries.starts_to_come(course, today=time.today())
    context = {"form": form, "course": course, "to_come": to_come}
    return render(request, "catalogue/own_course_change.html", context)


def _municipality(request: ActorRequest) -> tuple[Any, Any]:
    authorities = asked.authorities_with(request.actor, P.DECIDE_COURSES)
    return authorities, asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())


def _made(request: ActorRequest, course: Any) -> HttpResponse:
    messages.success(request, _("{course} finns nu. Skolorna kan lägga ut den.").format(course=course))
    return redirect("catalogue:list_own_courses")
