"""The door before staff pages."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from kursvis.access.actors import NOBODY, Held, Person
from kursvis.access.decorators import requires
from kursvis.access.rules import Permission, Role


@requires(Permission.GRADE)
def page(request: HttpRequest, number: int) -> HttpResponse:
    """Show a page for teachers."""
    return HttpResponse(str(number))


def _request(actor: Person) -> Any:
    return SimpleNamespace(actor=actor)


def test_who_holds_the_permission_somewhere_comes_in() -> None:
    teacher = Person(1, "Karin Öst", (Held(Role.TEACHER, 1, 11),))
    assert page(_request(teacher), 7).content == b"7"


@pytest.mark.parametrize("actor", [NOBODY, Person(1, "Åke"), Person(2, "Per", (Held(Role.ECONOMIST, 1),))])
def test_others_are_refused(actor: Person) -> None:
    with pytest.raises(PermissionDenied):
        page(_request(actor), 7)


def test_one_of_several_permissions_is_enough() -> None:
    either = requires(Permission.EDIT_SETTINGS, Permission.EDIT_PRICES)(lambda request: HttpResponse("in"))
    assert either(_request(Person(2, "Per", (Held(Role.ECONOMIST, 1),)))).content == b"in"
    with pytest.raises(PermissionDenied):
        either(_request(Person(1, "Karin Öst", (Held(Role.TEACHER, 1, 11),))))


def test_the_door_says_which_permission_it_asks_for_and_keeps_the_views_name() -> None:
    assert page.permission is Permission.GRADE
    assert page.__name__ == "page"
