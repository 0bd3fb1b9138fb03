"""The door before every staff view."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from kursvis.access.actors import Person
from kursvis.access.rules import Permission

View = Callable[..., HttpResponse]


class ActorRequest(HttpRequest):
    """A request on which accounts.middleware has put who acts. For the types of views."""

    actor: Person


def requires(permission: Permission, *others: Permission) -> Callable[[View], View]:
    """Let in only who holds the permission, or one of the others, somewhere (403).

    Which rows are reached is the queryset's matter (404).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(map(request.actor.holds, (permission, *others))):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
