"""The page that explains the open data, and the catalogue as JSON."""

from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.core.language import is_swedish
from kursvis.reporting.open_data.decorators import MOST, open_data
from kursvis.reporting.open_data.documents import catalogue
from kursvis.reporting.open_data.documents.words import prior_knowledge
from kursvis.reporting.open_data.queries import beside, items
from kursvis.reporting.open_data.queries.version import version_of
from kursvis.reporting.open_data.views.answers import unless_known
from kursvis.reporting.open_data.views.emil3 import KINDS

DATA = Path(__file__).resolve().parents[1] / "data"
SCHEMA = DATA / "kurskatalog.schema.json"
FIELDS = catalogue.described(SCHEMA, DATA / "kurskatalog.sv.json")
EXAMPLE = (DATA / "example.json").read_text(encoding="utf-8").strip()
SCRIPT = (DATA / "example-page.txt").read_text(encoding="utf-8").strip()
"""A page that shows the courses, ADDRESS in place of the catalogue's."""


@login_not_required
@require_safe
def show_open_data(request: HttpRequest) -> HttpResponse:
    """Say what the open data is, what it may be used for and what each field means, with examples."""
    language = 0 if is_swedish() else 1
    address = absolute(reverse("open_data:fetch_catalogue"))
    context = {
        "address": address,
        "schema": absolute(reverse("open_data:fetch_schema")),
        "emil3": absolute(reverse("open_data:fetch_emil3_index")),
        "lists": [absolute(reverse(f"open_data:{kind}")) for kind in KINDS],
        "fields": {of: [(name, *said[language:][:1]) for name, *said in rows] for of, rows in FIELDS.items()},
        "example": EXAMPLE,
        "script": SCRIPT.replace("ADDRESS", address),
        "source": settings.OPEN_DATA_SOURCE,
        "most": MOST,
    }
    return render(request, "open_data/about.html", context)


@open_data
def fetch_catalogue(request: HttpRequest) -> HttpResponseBase:
    """Give every course start of the published catalogue that has not ended, the cancelled ones, and the packages."""
    today, now = time.today(), time.now()
    tag = version_of(request.path, today=today)
    builds_on = {course: prior_knowledge(rows) for course, rows in beside.prior_knowledge(today=today).items()}
    shaped = partial(catalogue.course_start, today=today, page_of=_page_of)
    rows = items.in_chunks(beside.starts_with_agreements(today=today))
    starts = (shaped(row, builds_on=builds_on.get(row.course_id, "")) for row in rows)
    packages = (
        catalogue.package(row, its, url=absolute(reverse("catalogue:show_public_package", args=[row.uuid])))
        for row, its in beside.package_starts(today=today)
    )
    about, schema = (absolute(reverse(f"open_data:{name}")) for name in ("show_open_data", "fetch_schema"))
    body = catalogue.document(starts, packages, about=about, schema=schema, now=now)
    return unless_known(request, tag, body)


@open_data
def fetch_schema(request: HttpRequest) -> FileResponse:
    """Give the description of the catalogue's JSON (JSON Schema)."""
    return FileResponse(SCHEMA.open("rb"), content_type="application/schema+json", filename=SCHEMA.name)


def _page_of(row: Any) -> str:
    return absolute(reverse("catalogue:show_course", args=[row.uuid]))
