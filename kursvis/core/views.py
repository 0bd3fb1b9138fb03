"""The gallery of the design system."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kursvis.core import gallery as samples


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Show one of every component. Only where the demo switch is on; elsewhere the page does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "core/gallery.html", samples.content())
