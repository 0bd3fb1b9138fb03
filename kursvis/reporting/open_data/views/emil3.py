"""The lists and documents of EMIL 3."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from kursvis.core import time
from kursvis.core.address import absolute
from kursvis.reporting.open_data import rules
from kursvis.reporting.open_data.decorators import open_data, problem
from kursvis.reporting.open_data.documents import emil3
from kursvis.reporting.open_data.queries import items
from kursvis.reporting.open_data.queries.version import version_of
from kursvis.reporting.open_data.views.answers import unless_known

EVENTS = "educationEvents"
Rows = Callable[..., "QuerySet[Any]"]
KINDS: dict[str, tuple[str, Rows, Callable[[Any], dict[str, Any]]]] = {
    "educationInfos": ("i", items.courses, emil3.education_info),
    EVENTS: ("e", items.course_starts, emil3.education_event),
    "educationProviders": ("p", items.schools, emil3.education_provider),
}
"""The lists of EMIL 3: the letter of their identifiers, their rows, what a row becomes."""


@open_data
def fetch_emil3_index(request: HttpRequest) -> JsonResponse:
    """Give the addresses of the lists of EMIL 3."""
    links = [{"rel": kind, "href": absolute(reverse(f"open_data:{kind}"))} for kind in KINDS]
    found = {"apiName": "EMIL 3", "source": settings.OPEN_DATA_SOURCE, "licence": "CC0-1.0", "links": links}
    return JsonResponse(found)


@open_data
def list_emil3(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Give a page of a list; with `updatedSince` what has changed since then, the removed too."""
    known = rules.OF_EVENTS if kind == EVENTS else rules.PARAMETERS
    wanted = rules.wanted(dict(request.GET.lists()), zone=time.SWEDEN, known=known)
    letter, _rows_of, document_of = KINDS[kind]
    tag = version_of(request.get_full_path(), today=time.today())
    rows = _rows(kind, wanted)
    total = rows.order_by().count()
    shown = items.in_chunks(rows[wanted.first : wanted.first + wanted.size], size=wanted.size)
    found = (_item(letter, row, document_of) for row in shown)
    page = {
        "size": wanted.size,
        "totalElements": total,
        "totalPages": rules.pages_of(total, wanted.size),
        "pageNumber": wanted.page,
    }
    body = emil3.listed(kind, found, links=_links(request, wanted, page["totalPages"]), page=page)
    return unless_known(request, tag, body)


@open_data
def fetch_emil3(request: HttpRequest, kind: str, identifier: str) -> HttpResponseBase:
    """Give one document by its identifier, whatever the case of its letters."""
    letter, rows_of, document_of = KINDS[kind]
    key = _key_in(identifier, letter)
    row = rows_of(today=time.today()).filter(uuid=key).first() if key else None
    if row is None:
        return problem(404, f"There is no {identifier} in {kind}.")
    return JsonResponse(_item(letter, row, document_of), json_dumps_params={"ensure_ascii": False})


def _rows(kind: str, wanted: rules.Wanted) -> "QuerySet[Any]":
    rows = KINDS[kind][1](today=time.today(), removed_too=wanted.since is not None, forms=wanted.school_types)
    if wanted.since:
        rows = rows.filter(edited__gte=wanted.since)
    if wanted.provider:
        key = _key_in(wanted.provider, "p")
        rows = rows.filter(school__uuid=key) if key else rows.none()
    return rows


def _item(letter: str, row: Any, document_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    removed = items.is_removed(row)
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
            asked = urlencode(dict(request.GET.lists()) | {"page": [str(number)]}, doseq=True)
            found.append({"rel": rel, "href": absolute(f"{request.path}?{asked}")})
    return found
