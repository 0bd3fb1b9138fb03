"""`request.actor`: who acts in this request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kursvis.access.actors import NOBODY
from kursvis.accounts import queries
from kursvis.core import time

Respond = Callable[[HttpRequest], HttpResponse]


def actor_on_request(respond: Respond) -> Respond:
    """Put the actor on the request: the user with today's roles, or nobody."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        actor = queries.actor_of(user, today=time.today()) if user.is_authenticated else NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        return respond(request)

    return middleware
