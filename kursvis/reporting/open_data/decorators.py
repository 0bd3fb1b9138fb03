"""The door of the open addresses: for every program of every site, at a pace that keeps the pages fast."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kursvis.core import rate_limits, time
from kursvis.reporting.open_data.rules import NotUnderstood

MOST, WITHIN = 120, timedelta(minutes=1)
"""How many answers one sender gets in a time: the whole catalogue of a large municipality, many times over."""
KEPT_FOR = 300
"""Seconds that an answer may be kept without asking again."""
View = Callable[..., HttpResponseBase]


def open_data(view: View) -> View:
    """Answer anybody, also pages of other sites (CORS); 429 to who asks too often, 400 to who asks the impossible."""
    compressed = gzip_page(view)

    @login_not_required
    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if rate_limits.hit("open_data", rate_limits.sender_of(request), within=WITHIN) > MOST:
            response: HttpResponseBase = problem(429, f"At most {MOST} requests a minute. Try again in a minute.")
            response["Retry-After"] = str(int(WITHIN.total_seconds()))
            return _opened(response)
        try:
            response = compressed(request, *args, **kwargs)
        except NotUnderstood as wrong:
            response = problem(400, str(wrong))
        if response.status_code in (200, 304):
            patch_cache_control(response, public=True, max_age=KEPT_FOR)
        return _opened(response)

    return answered


def problem(status: int, message: str) -> HttpResponse:
    """Return an error as the API of EMIL 3 answers it."""
    now = time.now().astimezone(time.SWEDEN).isoformat(timespec="seconds")
    words = {400: "Bad Request", 404: "Not Found", 429: "Too Many Requests"}
    found = {"timestamp": now, "status": status, "type": words[status], "message": message}
    return JsonResponse(found, status=status, json_dumps_params={"ensure_ascii": False})


def _opened(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
