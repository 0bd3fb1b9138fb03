"""The open course catalogue: search."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from kursvis.access.decorators import ActorRequest
from kursvis.catalogue.public_views import filters
from kursvis.catalogue.public_views.cards import course_cards
from kursvis.catalogue.queries import offer, search
from kursvis.catalogue.queries.found_packages import found_packages
from kursvis.catalogue.queries.search import Found, FoundCourse
from kursvis.catalogue.rules.facets import Facet, Wanted, read_address
from kursvis.catalogue.rules.near_words import proposed_texts
from kursvis.core import time
from kursvis.core.address import absolute

CARDS_A_PAGE = 15
STARTS_A_PAGE = 20
STARTS_A_CARD = 3


@login_not_required
def search_courses(request: ActorRequest) -> HttpResponse:
    """List what can be applied for, a card a course, by words and filters in the address."""
    today = time.today()
    wanted = read_address(dict(request.GET.lists()))
    found = search.search(wanted, today=today)
    authorities = list(offer.authorities_of(offer.published(today=today)))
    names = {str(authority.uuid): authority.name for authority in authorities} | search.school_names(found, wanted)
    shown = [a for a in authorities if str(a.uuid) in (wanted.of(Facet.AUTHORITY) or {str(a.uuid)})]
    site_name = shown[0].adult_education_name if len(shown) == 1 else ""
    page, courses = _page(request, found)
    most = None if _is_one_course(found) else STARTS_A_CARD
    context = {
        "page": page,
        "packages": found_packages(wanted, found, today=today) if page.number == 1 else [],
        "cards": course_cards(courses, wanted, today=today, most=most, name_forms=bool(site_name)),
        "filters": filters.filters_of(wanted, found, names),
        "chips": filters.chosen_links(wanted, names),
        "authorities": authorities,
        "shown_authorities": shown,
        "site_name": site_name,
    }
    instead = {} if courses else _instead(wanted, found, names)
    return render(request, "catalogue/search.html", context | _said(request, wanted, found) | instead)


def _said(request: ActorRequest, wanted: Wanted, found: Found) -> dict[str, Any]:
    """Return what the page says of how the search was read, and the addresses of its neighbours."""
    return {
        "found": found,
        "wanted": wanted,
        "exactly": filters.address(wanted.asking(wanted.typed, exact=True)),
        "widely": filters.address(wanted.asking(wanted.typed)),
        "without_filters": filters.address(Wanted(wanted.typed, wanted.exact)),
        "canonical": absolute(request.path + filters.address(wanted)),
    }


def _is_one_course(found: Found) -> bool:
    return len(found.courses) == 1


def _page(request: ActorRequest, found: Found) -> tuple[Any, list[FoundCourse]]:
    """Return the page asked for: of courses, or of the starts of the only course that was found."""
    number = request.GET.get("sida")
    if _is_one_course(found):
        starts = Paginator(found.courses[0].starts, STARTS_A_PAGE).get_page(number)
        return starts, [FoundCourse(found.courses[0].course, list(starts))]
    page = Paginator(found.courses, CARDS_A_PAGE).get_page(number)
    return page, list(page)


def _instead(wanted: Wanted, found: Found, names: filters.Names) -> dict[str, Any]:
    """Return what the page proposes when nothing was found: near words, fewer filters."""
    texts = proposed_texts(wanted.typed, search.published_names(today=time.today())) if wanted.typed else []
    return {
        "near": [filters.Link(filters.address(Wanted(text)), text) for text in texts],
        "proposals": filters.proposals(wanted, found, names),
    }
