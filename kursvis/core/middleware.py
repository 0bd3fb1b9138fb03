"""What every answer carries, one reading of the clock a request, and a calm page for a refused step."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from kursvis.core import time
from kursvis.core.reasons import Refused

Respond = Callable[[HttpRequest], HttpResponse]
METHODS = ("GET", "HEAD", "POST")
"""All that browsers send to pages. A form's step is a POST; nothing else than a POST changes anything."""
NOT_USED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
"""What no page asks the browser for, and therefore nothing that would get into a page gets either."""


def guarded_answers(respond: Respond) -> Respond:
    """Refuse other methods (405); let no other site embed an answer, and no browser keep what somebody logged in saw.

    A view that says itself how long its answer is kept (`never_cache`, `cache_control`) is left alone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response["Permissions-Policy"] = ", ".join(f"{name}=()" for name in NOT_USED)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response

    return middleware


def one_clock_a_request(respond: Respond) -> Respond:
    """Let every reading of the clock in a request give the same offset, for one query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/halsa/":
            return respond(request)
        with time.one_reading():
            return respond(request)

    return middleware


class RefusalPage:
    """Show the reasons of a `Refused` that no form caught, with a way back. Status 409: nothing was changed."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:  # noqa: D102
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its page; leave every other exception alone."""
        if not isinstance(exception, Refused):
            return None
        back = request.META.get("HTTP_REFERER", "")
        safe = url_has_allowed_host_and_scheme(
            back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
        return render(
            request, "409.html", {"reasons": exception.reasons, "back_url": back if safe else "/"}, status=409
        )
