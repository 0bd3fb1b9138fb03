"""The open data: a page that explains it, the catalogue as JSON, and the lists and documents of EMIL 3."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.reporting.open_data import queries, rules
from kursvis.reporting.open_data.decorators import open_data, problem
from kursvis.reporting.open_data.documents import catalogue, emil3

SCHEMA = Path(__file__).resolve().parent / "data" / "kurskatalog.schema.json"
FIELDS = catalogue.described(SCHEMA)
Rows = Callable[..., "QuerySet[Any]"]
KINDS: dict[str, tuple[str, Rows, Callable[[Any], dict[str, Any]]]] = {
    "educationInfos": ("i", queries.courses, emil3.education_info),
    "educationEvents": ("e", queries.course_starts, emil3.education_event),
    "educationProviders": ("p", queries.schools, emil3.education_provider),
}
"""The lists of EMIL 3: the letter of their identifiers, their rows, what a row becomes."""


@login_not_required
@require_safe
def show_open_data(request: HttpRequest) -> HttpResponse:
    """Say what the open data is, what it may be used for and what each field means."""
    lists = [reverse(f"open_data:{kind}") for kind in KINDS]
    return render(
        request, "open_data/about.html", {"fields": FIELDS, "lists": lists, "source": settings.OPEN_DATA_SOURCE}
    )


@open_data
def fetch_catalogue(request: HttpRequest) -> HttpResponseBase:
    """Give every course start of the published catalogue that has not ended, and the cancelled ones."""
    today, now = time.today(), time.now()
    version = queries.version_of_catalogue(today=today, of="catalogue")
    rows = queries.in_chunks(queries.course_starts(today=today))
    shaped = (catalogue.course_start(row, today=today, page_of=_page_of) for row in rows)
    about = absolute(reverse("open_data:show_open_data"))
    return _unless_known(request, version, catalogue.document(shaped, about=about, now=now))


@open_data
def fetch_schema(request: HttpRequest) -> FileResponse:
    """Give the description of the catalogue's JSON (JSON Schema)."""
    return FileResponse(SCHEMA.open("rb"), content_type="application/schema+json", filename=SCHEMA.name)


@open_data
def fetch_emil3_index(request: HttpRequest) -> JsonResponse:
    """Give the addresses of the lists of EMIL 3."""
    links = [{"rel": kind, "href": absolute(reverse(f"open_data:{kind}"))} for kind in KINDS]
    found = {"apiName": "EMIL 3", "source": settings.OPEN_DATA_SOURCE, "licence": "CC0-1.0", "links": links}
    return JsonResponse(found)


@open_data
def list_emil3(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give a page of a list; with `updatedSince` what has changed since then, the removed too."""
    wanted = rules.wanted(request.GET.dict(), zone=time.SWEDEN)
    today = time.today()
    letter, rows_of, document_of = KINDS[kind]
    rows = rows_of(today=today, removed_too=wanted.since is not None)
    if wanted.since:
        rows = rows.filter(edited__gte=wanted.since)
    version = queries.version_of_catalogue(today=today, of=request.get_full_path())
    total = rows.order_by().count()
    shown = queries.in_chunks(rows[wanted.first : wanted.first + wanted.size])
    items = (_item(letter, row, document_of) for row in shown)
    page = {
        "size": wanted.size,
        "totalElements": total,
        "totalPages": rules.pages_of(total, wanted.size),
        "pageNumber": wanted.page,
    }
    body = emil3.listed(kind, items, links=_links(request, wanted, page["totalPages"]), page=page)
    return _unless_known(request, version, body)


@open_data
def fetch_emil3(request: HttpRequest, kind: str, identifier: str) -> HttpResponseBase:
    """Give one document by its identifier, whatever the case of its letters."""
    letter, rows_of, document_of = KINDS[kind]
    key = _key_in(identifier, letter)
    row = rows_of(today=time.today()).filter(uuid=key).first() if key else None
    if row is None:
        return problem(404, f"There is no {identifier} in {kind}.")
    return JsonResponse(_item(letter, row, document_of), json_dumps_params={"ensure_ascii": False})


def _item(letter: str, row: Any, document_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    removed = queries.is_removed(row)
    status = rules.Status.REMOVED if removed else rules.Status.CURRENT
    return {"id": emil3.key_of(letter, row), "status": status.value, "content": None if removed else document_of(row)}


def _key_in(identifier: str, letter: str) -> UUID | None:
    kind, _dot, rest = identifier.lower().partition(".")
    source, _dot, key = rest.rpartition(".")
    if kind != letter or source != settings.OPEN_DATA_SOURCE.lower():
        return None
    try:
        return UUID(hex=key)
    except ValueError:
        return None


def _links(request: HttpRequest, wanted: rules.Wanted, pages: int) -> list[dict[str, str]]:
    steps = {
        "self": wanted.page,
        "first": 0,
        "prev": wanted.page - 1,
        "next": wanted.page + 1,
        "last": max(pages - 1, 0),
    }
    found = []
    for rel, number in steps.items():
        if 0 <= number < max(pages, 1) or rel == "self":
            asked = urlencode(request.GET.dict() | {"page": number})
            found.append({"rel": rel, "href": absolute(f"{request.path}?{asked}")})
    return found


def _page_of(row: Any) -> str:
    return absolute(reverse("catalogue:show_course", args=[row.uuid]))


def _unless_known(request: HttpRequest, version: queries.Version, body: Iterator[str]) -> HttpResponseBase:
    """Return the body as a stream, or 304 to who has this version already."""
    known = get_conditional_response(request, etag=version.tag, last_modified=int(version.changed_at.timestamp()))
    if known is not None:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = StreamingHttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = version.tag
    response["Last-Modified"] = http_date(version.changed_at.timestamp())
    return response
