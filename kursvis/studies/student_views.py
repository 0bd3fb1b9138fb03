"""What a student sees of her own studies."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kursvis.access.decorators import ActorRequest
from kursvis.core import time
from kursvis.core.listing import page_of
from kursvis.studies import queries
from kursvis.studies.queries.groups import own_rows


@require_GET
def show_my_studies(request: ActorRequest) -> HttpResponse:
    """Show the student her courses with dates and state, and her letters."""
    page = page_of(request, queries.own_enrolments(request.actor.user_id))
    context = {
        "page": page,
        "rows": own_rows(page, today=time.today()),
        "letters": queries.own_letters(request.actor.user_id),
    }
    return render(request, "studies/my_studies.html", context)
