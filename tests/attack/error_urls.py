"""Addresses of views that fail, to see what error pages tell."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

SECRET = "Hodan Abdi 199712022384"


@login_not_required
def fails(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET)


@login_not_required
def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied(SECRET)


@login_not_required
def cannot_read(request: HttpRequest) -> HttpResponse:
    raise BadRequest(SECRET)


urlpatterns = [
    path("fel/", fails),
    path("nej/", refuses),
    path("trasig/", cannot_read),
    path("", include("kursvis.config.urls")),
]
