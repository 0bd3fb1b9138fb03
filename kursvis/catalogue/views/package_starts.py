"""What the schools offer of packages."""

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
from kursvis.catalogue.rules import packages as rules
from kursvis.catalogue.services import package_starts as services
from kursvis.core import time
from kursvis.core.forms import attempt
from kursvis.core.listing import page_of
from kursvis.organisation.queries import schools_where

P = Permission


@require_GET
@requires(P.SEE_OFFER)
def list_package_starts(request: ActorRequest) -> HttpResponse:
    """List what the reader's units offer of packages."""
    page = page_of(request, queries.package_starts_readable_by(request.actor))
    context = {"page": page, "rows": [_shown(row) for row in page], "may_add": request.actor.holds(P.EDIT_OFFER)}
    return render(request, "catalogue/package_starts.html", context)


@requires(P.EDIT_OFFER)
def add_package_start(request: ActorRequest, package_uuid: UUID) -> HttpResponse:
    """Put a school's course starts together to a package."""
    package, today = queries.get_for(request.actor, package_uuid), time.today()
    schools = queries.schools_that_offer(package, schools_where(request.actor, P.EDIT_OFFER))
    school = forms.SchoolForm(request.GET).school(schools)
    places = queries.shown_places(package)
    offering = schools.filter(pk=school.pk) if school else schools.none()
    starts = queries.starts_to_choose(package, offering, today=today)
    form = forms.PackageStartForm(places=places, starts=starts, data=request.POST or None)
    given: dict[str, Any] = {"package": package, "school": school, "by": request.actor, "now": time.now()}
    against = rules.against_offering(queries.places_of(package), ended_on=package.ended_on, today=today)
    if form.is_valid() and school:
        made = attempt(form, lambda: services.create_package_start(**form.chosen(), **given))
        if made:
            messages.success(request, _("Paketet är upplagt. Det syns för alla när varje kursstart är publicerad."))
            return redirect("catalogue:show_package_start", made.uuid)
    context = {"form": form, "package": package, "school": school, "schools": schools, "against": against}
    return render(request, "catalogue/package_start_form.html", context)


@require_GET
@requires(P.SEE_OFFER)
def show_package_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a package that a school offers: its course starts in order, what is missing, points in all and a week."""
    row = queries.get_start_for(request.actor, uuid)
    context = _shown(row) | {"may_edit": _may_edit(request, row)}
    return render(request, "catalogue/package_start.html", context)


@requires(P.EDIT_OFFER)
def edit_package_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Choose other course starts."""
    row = _editable(request, uuid)
    school = schools_where(request.actor, P.EDIT_OFFER).filter(pk=row.school_id)
    starts = queries.starts_to_choose(row.package, school, today=time.today())
    places = queries.shown_places(row.package)
    form = forms.PackageStartForm(places=places, starts=starts, package_start=row, data=request.POST or None)
    given: dict[str, Any] = {"package_start": row, "by": request.actor, "now": time.now()}
    if form.is_valid() and _done(form, lambda: services.edit_package_start(**form.chosen(), **given)):
        messages.success(request, _("Ändringarna är sparade."))
        return redirect("catalogue:show_package_start", uuid)
    context = {"form": form, "package": row.package, "school": row.school, "package_start": row}
    return render(request, "catalogue/package_start_form.html", context)


@require_POST
@requires(P.EDIT_OFFER)
def remove_package_start(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a package out of the offer; its course starts stay."""
    services.remove_package_start(package_start=_editable(request, uuid), by=request.actor, now=time.now())
    messages.success(request, _("Paketet erbjuds inte längre. Dess kursstarter är kvar."))
    return redirect("catalogue:list_package_starts")


def _editable(request: ActorRequest, uuid: UUID) -> Any:
    row = queries.get_start_for(request.actor, uuid)
    if not _may_edit(request, row):
        raise PermissionDenied
    return row


def _may_edit(request: ActorRequest, row: Any) -> bool:
    return request.actor.holds(P.EDIT_OFFER, authority_id=row.authority_id, school_id=row.school_id)


def _shown(row: Any) -> dict[str, Any]:
    starts = queries.starts_in(row)
    parts = [queries.part(start) for start in starts]
    places = queries.places_of(row.package)
    names = {course.code: course.name for place in queries.shown_places(row.package) for course in place.courses}
    return {
        "package_start": row,
        "starts": starts,
        "missing": [" / ".join(names[code] for code in codes) for codes in rules.missing(places, parts)],
        "points": sum(part.points for part in parts if not part.is_cancelled),
        "a_week": round(float(rules.weekly_points(parts)), 1),
        "is_public": bool(starts) and all(start.status == "published" for start in starts),
    }


def _done(form: Any, step: Callable[[], None]) -> bool:
    def stepped() -> bool:
        step()
        return True

    return bool(attempt(form, stepped))
