"""The public page of a package that a school offers: its courses in order, and all of them into the basket."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.queries import agreement, study_forms
from kursvis.catalogue.queries import packages as queries
from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules import packages as rules
from kursvis.core import time
from kursvis.core.address import absolute


@login_not_required
def show_public_package(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Show a package whose every course start is published, with its points in all and a week."""
    package_start = queries.package_start_for(uuid)
    starts = queries.starts_in(package_start)
    study_forms.name_study_forms(starts)
    against = agreement.against_applying_to(starts, today=time.today())
    can_apply = [start for start in starts if not against[start.pk]]
    a_week = rules.weekly_points([queries.part(start) for start in starts])
    query = urlencode([("kurs", str(start.uuid)) for start in can_apply])
    context = {
        "package_start": package_start,
        "url": absolute(request.path),
        "rows": [(start, against[start.pk]) for start in starts],
        "points": sum(start.points for start in starts),
        "a_week": pace.shown(a_week),
        "percent": pace.percent(a_week),
        "weeks": pace.weeks_of(
            starts_on=min(start.starts_on for start in starts), ends_on=max(start.ends_on for start in starts)
        ),
        "basket_url": f"{reverse('catalogue:show_basket')}?{query}" if can_apply else "",
        "site_name": package_start.authority.adult_education_name,
    }
    return render(request, "catalogue/public_package.html", context)
