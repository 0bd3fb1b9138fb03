"""The search on every page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.core import time
from kursvis.people import services as people_services
from kursvis.portal import addresses
from kursvis.portal.forms import SearchForm
from kursvis.portal.queries import search as queries


@never_cache
@require_safe
def search(request: ActorRequest) -> HttpResponse:
    """Show what fits the text, or go straight to the one row that it names. Who has no role searches courses."""
    form = SearchForm(request.GET)
    text = form.text()
    if not request.actor.is_staff:
        return redirect(f"{reverse('catalogue:search_courses')}?{urlencode({'q': text})}")
    found = queries.find(request.actor, text, today=time.today())
    people_services.searched(
        students=found.students, place="everywhere", filters={"q": text}, by=request.actor, now=time.now()
    )
    if found.exact:
        return redirect(addresses.of_hit(*found.exact))
    sections = [(section, addresses.of_all(section.kind, text)) for section in found.sections]
    return render(request, "portal/search.html", {"form": form, "q": text, "sections": sections})
