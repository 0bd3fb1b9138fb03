"""The addresses of Kursvis, with refusals that render no page."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from kursvis.config.urls import urlpatterns

__all__ = ["handler403", "handler404", "urlpatterns"]


def handler403(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer shortly."""
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """Answer shortly."""
    return HttpResponse(status=404)
