"""Packages: the national ones to read, the municipality's own to put together (rules.md 2.07)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kursvis.access.decorators import ActorRequest, requires
from kursvis.access.rules import Permission
from kursvis.catalogue.forms import packages as forms
from kursvis.catalogue.queries import packages as queries
from kursvis.catalogue.queries.courses import levels_instead
from kursvis.catalogue.queries.package_copies import proposal
from kursvis.catalogue.rules import packages as rules
from kursvis.catalogue.services import packages as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.core.reasons import refuse_if
from kursvis.organisation.forms.municipality import MunicipalityForm
from kursvis.organisation.queries import asked

P = Permission


@require_GET
@requires(P.SEE_OFFER)
def list_packages(request: ActorRequest) -> HttpResponse:
    """List the municipality's own packages and the national ones."""
    ended_too = "inaktiva" in request.GET or request.actor.shows_inactive
    page = page_of(request, queries.packages_readable_by(request.actor, today=time.today(), ended_too=ended_too))
    context = {
        "page": page,
        "rows": [(package, len(queries.places_of(package)), queries.totals_of(package)) for package in page],
        "may_decide": request.actor.holds(P.DECIDE_COURSES),
        "ended_too": ended_too,
    }
    return render(request, "catalogue/packages.html", context)


@requires(P.DECIDE_COURSES)
def add_package(request: ActorRequest) -> HttpResponse:
    """Begin a package of the municipality's own."""
    authorities = asked.authorities_with(request.actor, P.DECIDE_COURSES)
    authority = asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())
    form = forms.PackageForm(request.POST or None)
    given: dict[str, Any] = {"authority": authority, "by": request.actor, "now": time.now()}
    if form.is_valid() and (
        made := attempt(form, lambda: services.create_package(**form.cleaned_data, **given), fields=forms.FIELDS)
    ):
        messages.success(request, _("Paketet är upplagt. Lägg till dess kurser i ordning."))
        return redirect("catalogue:show_package", made.uuid)
    return render(request, "catalogue/package_form.html", {"form": form, "authority": authority})


@requires(P.DECIDE_COURSES)
def copy_package(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show what a package becomes with levels of Gy25, and make the copy one of the municipality's own."""
    package = queries.get_for(request.actor, uuid)
    authorities = asked.authorities_with(request.actor, P.DECIDE_COURSES)
    authority = asked.authority_asked_for(authorities, MunicipalityForm(request.GET).authority())
    form = forms.CopyPackageForm(package=package, data=request.POST or None)
    given: dict[str, Any] = {"package": package, "authority": authority, "by": request.actor, "now": time.now()}
    if form.is_valid() and (
        made := attempt(form, lambda: services.copy_package(**form.cleaned_data, **given), fields=forms.FIELDS)
    ):
        messages.success(request, _("Kopian är kommunens eget paket. Se över kurserna innan skolorna lägger ut det."))
        return redirect("catalogue:show_package", made.uuid)
    context = {"package": package, "copy": proposal(package, today=time.today()), "form": form}
    return render(request, "catalogue/package_copy.html", context)


@require_GET
@requires(P.SEE_OFFER)
def show_package(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a package's courses in order, its points, and what can be done with it."""
    return _page(request, queries.get_for(request.actor, uuid))


def _page(request: ActorRequest, package: Any, form: Any = None) -> HttpResponse:
    places, today = queries.shown_places(package), time.today()
    every = [course for place in places for course in place.courses]
    ended = [course.code for course in every if queries.against_putting_in(course, today)]
    instead = levels_instead(ended)
    context = {
        "package": package,
        "places": [
            (place.number, [(course, course.code in ended, instead.get(course.code)) for course in place.courses])
            for place in places
        ],
        "totals": queries.totals_of(package),
        "some_have_ended": bool(ended),
        "may_edit": bool(package.authority_id) and _may_decide(request, package),
        "may_copy": bool(instead) and request.actor.holds(P.DECIDE_COURSES),
        "may_offer": request.actor.holds(P.EDIT_OFFER),
        "against": rules.against_offering(queries.places_of(package), ended_on=package.ended_on, today=today),
        "form": form or forms.AddCourseForm(),
    }
    return render(request, "catalogue/package.html", context)


@requires(P.DECIDE_COURSES)
def edit_package(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change what a package is called and says, or let it end."""
    package = _decided(request, uuid)
    form = forms.EditPackageForm(package=package, data=request.POST or None)
    given: dict[str, Any] = {"package": package, "by": request.actor, "now": time.now()}
    if form.is_valid() and _done(form, lambda: services.edit_package(**form.cleaned_data, **given)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("catalogue:show_package", uuid)
    return render(request, "catalogue/package_form.html", {"form": form, "package": package})


@require_POST
@requires(P.DECIDE_COURSES)
def add_package_course(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put a course last in a package."""
    package = _decided(request, uuid)
    form = forms.AddCourseForm(request.POST)
    given: dict[str, Any] = {"package": package, "by": request.actor, "now": time.now()}
    if form.is_valid() and _done(form, lambda: services.add_course(**form.cleaned_data, **given)):
        return redirect("catalogue:show_package", uuid)
    return _page(request, package, form)


@require_POST
@requires(P.DECIDE_COURSES)
def change_package_course(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Move a course of a package, make it an alternative, let it stand alone, or take it out."""
    package = _decided(request, uuid)
    form = forms.ChangeForm(request.POST)
    if form.is_valid():
        services.change_course(package=package, **form.change(), by=request.actor, now=time.now())
    return redirect("catalogue:show_package", uuid)


def _decided(request: ActorRequest, uuid: UUID) -> Any:
    """Return a package that the actor decides on: 404 when she may not read it; a national one is refused to all."""
    package = queries.get_for(request.actor, uuid)
    refuse_if(rules.against_changing(is_national=package.authority_id is None))
    if not _may_decide(request, package):
        raise PermissionDenied
    return package


def _may_decide(request: ActorRequest, package: Any) -> bool:
    return package.authority_id in request.actor.authorities(P.DECIDE_COURSES)


def _done(form: Any, step: Callable[[], None]) -> bool:
    def stepped() -> bool:
        step()
        return True

    return bool(attempt(form, stepped, fields=forms.FIELDS))
