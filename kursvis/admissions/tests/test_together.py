"""Applying to several course starts at once, from the basket."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import actor, make_user
from kursvis.admissions import services
from kursvis.admissions.models import Choice
from kursvis.catalogue.basket_cookie import COOKIE
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start, make_round
from kursvis.core import time
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
PAGE = reverse("admissions:apply_from_basket")
TYPED = {"email": "elev@example.org", "phone": "", "goal": "Bli kock", "message": "", "do": "send"}


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def starts(school: School) -> list[CourseStart]:
    round_ = make_round(authority=school.authority)
    return [make_course_start(school=school, round=round_) for _ in range(3)]


def fill(client: Client, *starts: CourseStart) -> None:
    client.post(reverse("catalogue:add_to_basket"), {"kurs": [str(start.uuid) for start in starts]})


def ticked(*starts: CourseStart) -> dict[str, Any]:
    return {"courses": [str(start.uuid) for start in starts]}


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def stop(course_start: CourseStart, user: User) -> None:
    offer.stop_applications(course_start=course_start, by=actor(user), now=time.now())


def test_the_basket_is_still_there_after_the_login(starts: list[CourseStart]) -> None:
    client, user = Client(), make_user()
    fill(client, *starts)
    asked = client.get(PAGE)
    assert asked.status_code == 302 and f"next={PAGE}" in unquote(asked["Location"])
    client.force_login(user, backend="kursvis.accounts.backends.UserNameBackend")
    assert all(start.course.name in text_of(client.get(PAGE)) for start in starts)


def test_what_is_ticked_is_sent_in_order_each_with_a_receipt_and_leaves_the_basket(starts: list[CourseStart]) -> None:
    one, other, kept = starts
    client = as_user(make_user())
    fill(client, other, kept, one)
    response = client.post(PAGE, TYPED | ticked(one, other), follow=True)
    assert response.redirect_chain == [(reverse("admissions:list_own"), 302)]
    choices = Choice.objects.order_by("application__number")
    assert [(c.course_start, c.status) for c in choices] == [(other, "submitted"), (one, "submitted")]
    assert Message.objects.count() == 2
    assert f"{one.course.name}: ansökan nummer 2 är inskickad" in text_of(response)
    basket = client.get(reverse("catalogue:show_basket")).context["found"]
    assert [row.course_start for row in basket.rows] == [kept]


def test_drafts_are_saved_and_told_to_nobody(starts: list[CourseStart]) -> None:
    client = as_user(make_user())
    fill(client, *starts)
    client.post(PAGE, TYPED | ticked(*starts) | {"do": "save"})
    assert [choice.status for choice in Choice.objects.all()] == ["draft"] * 3 and not Message.objects.exists()
    assert not client.cookies[COOKIE].value


def test_what_is_against_one_is_said_and_the_others_are_sent(starts: list[CourseStart], school: School) -> None:
    user = make_user()
    client = as_user(user)
    applied, stopped, open_ = starts
    services.apply(
        course_start=applied, user=user, email="e@example.org", goal="Bli kock", by=actor(user), now=time.now()
    )
    stop(stopped, user)
    fill(client, *starts)
    page = text_of(client.get(PAGE))
    assert "Du har redan sökt den här kursstarten" in page and "tar inte emot fler ansökningar" in page
    sent = text_of(client.post(PAGE, TYPED | ticked(*starts), follow=True))
    assert Choice.objects.filter(course_start=open_, status="submitted").exists() and Choice.objects.count() == 2
    assert f"{stopped.course.name} är inte sökt. Skolan tar inte emot fler" in sent
    basket = client.get(reverse("catalogue:show_basket")).context["found"]
    assert [row.course_start for row in basket.rows] == [applied, stopped]


def test_one_that_closes_meanwhile_keeps_none_of_the_others(starts: list[CourseStart]) -> None:
    user = make_user()
    stop(starts[1], user)
    made = services.apply_to_all(
        course_starts=CourseStart.objects.select_related("round__period", "school__authority", "course"),
        user=user,
        email="elev@example.org",
        goal="Bli kock",
        submits=True,
        by=actor(user),
        now=time.now(),
    )
    assert {choice.course_start for choice in made.choices} == {starts[0], starts[2]}
    assert [(start, [reason.code for reason in why]) for start, why in made.refused] == [
        (starts[1], ["catalogue.stopped"])
    ]
    assert {choice.application.number for choice in made.choices} == {1, 2}


def test_several_municipalities_get_an_application_each() -> None:
    client = as_user(make_user())
    starts = [make_course_start(school=make_school()) for _ in range(2)]
    fill(client, *starts)
    client.post(PAGE, TYPED | ticked(*starts))
    assert [choice.application.number for choice in Choice.objects.all()] == [1, 1]


def test_what_is_wrong_is_said_and_what_was_typed_stays(starts: list[CourseStart]) -> None:
    client = as_user(make_user())
    fill(client, *starts)
    page = client.post(PAGE, TYPED | ticked(starts[0]) | {"goal": "", "message": "Hej"}).content.decode()
    assert "Det här behöver rättas" in page and ">\nHej</textarea>" in page
    assert page.count(" checked") == 1 and not Choice.objects.exists()


def test_the_page_asks_as_many_questions_for_many_as_for_few(
    school: School, django_assert_max_num_queries: Any
) -> None:
    client, round_ = as_user(make_user()), make_round(authority=school.authority)
    fill(client, *(make_course_start(school=school, round=round_) for _ in range(20)))
    with django_assert_max_num_queries(15):
        assert client.get(PAGE).status_code == 200


def test_an_empty_basket_says_so() -> None:
    assert "Det finns inget i korgen att söka" in text_of(as_user(make_user()).get(PAGE))
