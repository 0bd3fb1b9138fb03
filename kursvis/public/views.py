"""Open pages that belong to no process."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kursvis.organisation.queries import all_authorities


@login_not_required
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (lag 2018:1937), with whom to tell about what does not work."""
    authorities = list(all_authorities())
    site_name = authorities[0].adult_education_name if len(authorities) == 1 else ""
    return render(request, "public/accessibility.html", {"authorities": authorities, "site_name": site_name})
