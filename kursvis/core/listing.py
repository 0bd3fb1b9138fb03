"""Paged lists whose state stands in the address."""

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)
PAGE_SIZE = 50


def page_of(request: HttpRequest, rows: "QuerySet[Row, Any]", *, size: int = PAGE_SIZE) -> Page[Any]:
    """Return the page that `?sida=` asks for; a number outside the list gives the nearest page."""
    return Paginator(rows, size).get_page(request.GET.get("sida"))


def typed_in(request: HttpRequest, name: str = "q") -> str:
    """Return the text that an address searches for, without the NUL that no text in the database can hold."""
    return request.GET.get(name, "").replace("\0", "").strip()


def ordered(
    rows: "QuerySet[Row, Any]", wanted: str | None, allowed: dict[str, tuple[str, ...]]
) -> "QuerySet[Row, Any]":
    """Order by what `?ordning=` names ("-" first means backwards), or by the first allowed one."""
    name = (wanted or "").removeprefix("-")
    columns = allowed.get(name) or next(iter(allowed.values()))
    if name in allowed and (wanted or "").startswith("-"):
        columns = tuple(column[1:] if column.startswith("-") else f"-{column}" for column in columns)
    return rows.order_by(*columns, "pk")
