"""*Allt om mig*: everything that Kursvis holds about who is logged in, on a page, as JSON and as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kursvis.access.decorators import ActorRequest
from kursvis.core import pdf, time
from kursvis.portal import services
from kursvis.portal.queries import about_me

if TYPE_CHECKING:
    from kursvis.portal.queries.about_me.parts import Extract

TEMPLATE = "kursvis/portal/typst/about_me.typ"
SCHEMA = Path(__file__).resolve().parents[1] / "data" / "own_extract.schema.json"


@never_cache
@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """Show everything about who is logged in."""
    return render(request, "portal/about_me.html", {"extract": _everything(request, "page")})


@never_cache
@require_safe
def fetch_json(request: ActorRequest) -> HttpResponse:
    """Give everything about who is logged in as JSON."""
    found = about_me.as_data(_everything(request, "json"))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="allt-om-mig.json"'
    return response


@never_cache
@require_safe
def fetch_pdf(request: ActorRequest) -> HttpResponse:
    """Give everything about who is logged in as PDF."""
    extract = _everything(request, "pdf")
    made_at = extract.made_at.astimezone(time.SWEDEN)
    printed = about_me.as_data(extract) | {
        "made_on": made_at.date().isoformat(),
        "made_at": made_at.strftime("%Y-%m-%d %H:%M"),
    }
    response = HttpResponse(pdf.render(TEMPLATE, printed), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="allt-om-mig.pdf"'
    return response


@require_safe
def fetch_schema(request: ActorRequest) -> FileResponse:
    """Give the description of the JSON."""
    return FileResponse(SCHEMA.open("rb"), content_type="application/schema+json", filename=SCHEMA.name)


def _everything(request: ActorRequest, form: str) -> "Extract":
    user = request.user
    assert user.is_authenticated
    services.took_out_everything(user=user, form=form, by=request.actor, now=time.now())
    return about_me.everything(user, now=time.now())
