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
    return {"url": _in(request, other), "other": other}


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context: Context) -> dict[str, Any]:
    """Tell search engines the addresses of the page in both languages."""
    request = context.get("request")
    if request is None or not language.is_offered_in_english(request):
        return {"links": []}
    languages = (language.SWEDISH, language.ENGLISH)
    return {"links": [(code, absolute(_in(request, code))) for code in languages]}


def _in(request: HttpRequest, code: str) -> str:
    asked = [
        (key, value)
        for key, values in request.GET.lists()
        for value in values
        if key != language.PARAMETER and (key != REDIRECT_FIELD_NAME or url_has_allowed_host_and_scheme(value, None))
    ]
    return f"{request.path}?{urlencode([*asked, (language.PARAMETER, code)])}"
