"""In which language a page is: Swedish, unless the reader has chosen English on a page that is offered in it.

Only her own choice counts (`?sprak=en`, then kept in a cookie), never what her browser says of itself: a Swedish page
that somebody sends on is Swedish. Which pages are offered, `settings.ENGLISH_PAGES` lists.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

SWEDISH, ENGLISH = "sv", "en"
PARAMETER = COOKIE = "sprak"
KEPT_FOR = 365 * 24 * 60 * 60


class ChosenLanguage:
    """Show a page in the language that the reader has chosen, and keep her choice."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:  # noqa: D102
        with translation.override(SWEDISH):
            request.LANGUAGE_CODE = SWEDISH
            response = self.respond(request)
        if is_offered_in_english(request):
            patch_vary_headers(response, ["Cookie"])
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            _keep(request, response)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any) -> None:
        """Turn to English when the page is offered in it to this reader, and she has chosen it."""
        if not is_offered_in_english(request):
            return
        is_open = not getattr(view, "login_required", True)
        is_staff = bool(getattr(getattr(request, "actor", None), "held", ()))
        if _chosen(request) == ENGLISH and (is_open or not is_staff):
            translation.activate(ENGLISH)
            request.LANGUAGE_CODE = ENGLISH


def is_offered_in_english(request: HttpRequest) -> bool:
    """Say whether the page that was asked for is one of those that there are in English too."""
    match = request.resolver_match
    return match is not None and match.view_name in settings.ENGLISH_PAGES


def is_swedish() -> bool:
    """Say whether what is rendered now is in Swedish."""
    return translation.get_language() != ENGLISH


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in (SWEDISH, ENGLISH) else ""


def _chosen(request: HttpRequest) -> str:
    return _asked(request) or request.COOKIES.get(COOKIE, SWEDISH)


def _keep(request: HttpRequest, response: HttpResponseBase) -> None:
    asked = _asked(request)
    if asked and asked != request.COOKIES.get(COOKIE):
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, asked, max_age=KEPT_FOR, secure=secure, httponly=True, samesite="Lax")
