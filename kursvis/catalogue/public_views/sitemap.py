"""For robots: which pages there are (sitemaps.org), and where they may go."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.queries.packages import published_package_starts
from kursvis.catalogue.queries.shown import published_pages
from kursvis.core import time
from kursvis.core.address import absolute

PAGES_A_FILE = 5_000
"""The format allows 50 000."""


@login_not_required
def show_sitemap(request: ActorRequest) -> HttpResponse:
    """Show the list of the lists, or with `?sida=` one list: the pages of what is published and to come.

    The packages, of which there are few, stand in the first one.
    """
    today = time.today()
    lists = Paginator(published_pages(today=today), PAGES_A_FILE)
    number, here = request.GET.get("sida"), absolute(reverse("catalogue:sitemap"))
    if number is None:
        content: dict[str, Any] = {"lists": [f"{here}?sida={place}" for place in lists.page_range]}
    else:
        pages = [
            (absolute(reverse("catalogue:show_course", args=[uuid])), changed_at)
            for uuid, changed_at in lists.get_page(number)
        ]
        if number == "1":
            pages += [(_of_package(row.uuid), None) for row in published_package_starts(today=today)]
        content = {"pages": pages}
    return render(request, "catalogue/sitemap.xml", content, content_type="application/xml")


def _of_package(uuid: UUID) -> str:
    return absolute(reverse("catalogue:show_public_package", args=[uuid]))


@login_not_required
def show_robots(request: ActorRequest) -> HttpResponse:
    """Say where robots may go: the open catalogue; not its baskets nor every combination of filters."""
    sitemap = absolute(reverse("catalogue:sitemap"))
    return render(request, "catalogue/robots.txt", {"sitemap": sitemap}, content_type="text/plain; charset=utf-8")
