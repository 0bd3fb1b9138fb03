"""Template tags for pages in two languages."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from kursvis.core import language
from kursvis.core.address import absolute

register = template.Library()


@register.simple_tag
def swedish() -> str:
    """Write lang="sv" on what is stored in Swedish (names, descriptions), when the page around it is not."""
    return "" if language.is_swedish() else format_html(' lang="{}"', language.SWEDISH)


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Show the way to the same page in the other language, named in that language."""
    request = context.get("request")
    if request is None or not language.is_offered_in_english(request):
        return {"url": ""}
    other = language.ENGLISH if language.is_swedish() else language.SWEDISH
    asked = [(key, value) for key, value in _asked(request) if key != REDIRECT_FIELD_NAME or _leads_here(value)]
    return {"url": _in(request, other, asked), "other": other}


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """Tell search engines the addresses of the page in both languages."""
    request = context.get("request")
    if request is None or not language.is_offered_in_english(request):
        return {"links": []}
    languages = (language.SWEDISH, language.ENGLISH)
    asked = [(key, value) for key, value in _asked(request) if key != REDIRECT_FIELD_NAME]
    return {"links": [(code, absolute(_in(request, code, asked))) for code in languages]}


def _asked(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, value) for key, values in request.GET.lists() for value in values if key != language.PARAMETER]


def _leads_here(address: str) -> bool:
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def _in(request: HttpRequest, code: str, asked: list[tuple[str, str]]) -> str:
    return f"{request.path}?{urlencode([*asked, (language.PARAMETER, code)])}"
