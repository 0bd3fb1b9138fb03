"""The basket: what it keeps and where, what it shows, what a link to a filled one leads to."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.basket_cookie import COOKIE
from kursvis.catalogue.models import CourseStart, Prerequisite
from kursvis.catalogue.rules.basket import MOST_COURSES
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.weekly_pattern import read
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round, walk
from kursvis.core import time
from kursvis.core.tests.days import go_to
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus
PAGE = reverse("catalogue:show_basket")
ADD, CHANGE = reverse("catalogue:add_to_basket"), reverse("catalogue:change_basket")


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def visitor() -> Client:
    return Client()


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


def add(visitor: Client, *starts: CourseStart, **more: str) -> Any:
    return visitor.post(ADD, {"kurs": [str(start.uuid) for start in starts]} | more, follow=True)


def names_in(visitor: Client) -> list[str]:
    return [row.course_start.course.name for row in visitor.get(PAGE).context["found"].rows]


def test_a_visitor_fills_orders_and_empties_her_basket_and_no_row_is_written(visitor: Client, school: School) -> None:
    round_ = make_round(authority=school.authority)
    one, other, third = (make_course_start(school=school, round=round_) for _ in range(3))
    page = add(visitor, one, next="/kurser/?q=prov")
    assert page.redirect_chain == [("/kurser/?q=prov", 302)] and f"{one.course.name} ligger i din korg" in text_of(page)
    add(visitor, other, third)
    add(visitor, one)
    assert names_in(visitor) == [start.course.name for start in (one, other, third)]
    visitor.post(CHANGE, {"kurs": str(third.uuid), "do": "up"})
    visitor.post(CHANGE, {"kurs": str(one.uuid), "do": "remove"})
    assert names_in(visitor) == [third.course.name, other.course.name]
    assert "Korgen är tom" in text_of(visitor.post(CHANGE, {"do": "empty"}, follow=True))
    assert COOKIE not in visitor.cookies or not visitor.cookies[COOKIE].value
    assert not Session.objects.exists()


def test_the_cookie_is_believed_only_when_it_is_ours(visitor: Client, school: School) -> None:
    add(visitor, make_course_start(school=school))
    assert visitor.cookies[COOKIE]["httponly"] and visitor.cookies[COOKIE]["samesite"] == "Lax"
    visitor.cookies[COOKIE] = uuid4().hex + ":" + visitor.cookies[COOKIE].value.split(":", 1)[1]
    assert "Korgen är tom" in text_of(visitor.get(PAGE))


def test_nothing_leads_away_from_the_site(visitor: Client, school: School) -> None:
    response = visitor.post(ADD, {"kurs": str(make_course_start(school=school).uuid), "next": "https://example.org/"})
    assert response["Location"].startswith("/")


def test_the_page_says_the_pace_the_clash_and_what_builds_on_what(visitor: Client, school: School) -> None:
    round_ = make_round(authority=school.authority, starts_on=_monday())
    first, second = make_course(name="Matematik, nivå 1"), make_course(name="Matematik, nivå 2")
    Prerequisite.objects.create(course=second, alternative=1, required=first, kind="course", source="prov")
    times = {"round": round_, "school": school}
    one = make_course_start(course=first, weekly_pattern=read("måndag 9–12")[0], **times)
    other = make_course_start(course=second, weekly_pattern=read("måndag 11.30–13")[0], **times)
    page = text_of(add(visitor, one, other))
    assert "Du läser 20 poäng i veckan: 100 % av heltid. Du kan söka studiemedel för heltid." in page
    told = "Matematik, nivå 1 har måndag 9.00–12.00 och Matematik, nivå 2 har måndag 11.30–13.00."
    assert told in page and f"från {_monday()} till {_monday() + timedelta(weeks=9)}" in page
    assert "Bra att ha läst: Matematik, nivå 1. finns i korgen men slutar för sent" in page
    visitor.post(CHANGE, {"kurs": str(one.uuid)})
    page = text_of(visitor.get(PAGE))
    assert "10 poäng i veckan: 50 % av heltid. Du kan söka studiemedel för halvtid." in page and "krockar" not in page


def _monday() -> Any:
    day = time.today() + timedelta(weeks=9)
    return day - timedelta(days=day.weekday())


def test_a_link_shows_a_basket_that_is_kept_only_when_the_visitor_says_so(visitor: Client, school: School) -> None:
    round_ = make_round(authority=school.authority)
    mine, theirs, also = (make_course_start(school=school, round=round_) for _ in range(3))
    add(visitor, mine)
    page = visitor.get(PAGE, {"kurs": [str(theirs.uuid), str(also.uuid), "inget"]})
    assert "Spara i min korg" in text_of(page) and names_in(visitor) == [mine.course.name]
    assert [row.course_start for row in page.context["found"].rows] == [theirs, also]
    shared = page.context["share_url"]
    assert str(theirs.uuid) in shared and shared.count("kurs=") == 2
    add(visitor, theirs, also)
    assert names_in(visitor) == [start.course.name for start in (mine, theirs, also)]
    assert "ligger redan i din egen korg" in text_of(visitor.get(PAGE, {"kurs": str(also.uuid)}))


@pytest.mark.parametrize(
    ("status", "named"), [(S.PUBLISHED, True), (S.HIDDEN, False), (S.CANCELLED, True), (S.DRAFT, False)]
)
def test_what_is_no_longer_shown_is_named_only_when_it_was_cancelled(
    visitor: Client, school: School, status: CourseStartStatus, named: bool
) -> None:
    start = make_course_start(school=school, status=S.DRAFT if status is S.DRAFT else S.PUBLISHED)
    if status is S.HIDDEN:
        offer.hide(course_start=start, by=SYSTEM, now=time.now())
    if status is S.CANCELLED:
        walk(start, status)
    page = text_of(visitor.get(PAGE, {"kurs": [str(start.uuid), str(uuid4())]}))
    assert (start.course.name in page) == named
    assert ("är inställd" in page) == (status is S.CANCELLED)
    assert ("2 kurser visas inte längre" if not named else "En kurs visas inte längre") in page


def test_an_offer_cancelled_before_it_was_ever_shown_is_not_named(visitor: Client, school: School) -> None:
    start = make_course_start(school=school, status=S.CANCELLED)
    assert start.course.name not in text_of(visitor.get(PAGE, {"kurs": str(start.uuid)}))


def test_what_has_closed_stays_in_the_basket_and_says_so(visitor: Client, school: School) -> None:
    start = make_course_start(school=school)
    add(visitor, start)
    go_to(start.round.apply_by + timedelta(days=1))
    page = text_of(visitor.get(PAGE))
    assert f"Sista ansökningsdag var den {start.round.apply_by}" in page and "Ansök om kurserna" not in page


def test_a_link_with_too_many_says_what_is_left_out(visitor: Client) -> None:
    page = text_of(visitor.get(PAGE, {"kurs": [str(uuid4()) for _ in range(MOST_COURSES + 3)]}))
    assert "Korgen rymmer 20 kurser. Länken har 3 till, som inte visas." in page and "20 kurser visas inte" in page


def test_a_full_basket_takes_no_more_and_asks_no_more_questions(
    visitor: Client, school: School, django_assert_max_num_queries: Any
) -> None:
    round_, course = make_round(authority=school.authority), make_course()
    starts = [make_course_start(school=school, round=round_, course=course) for _ in range(MOST_COURSES + 1)]
    page = text_of(add(visitor, *starts))
    assert "Korgen rymmer 20 kurser. Det här fick inte plats" in page and "mer än en gång" in page
    with django_assert_max_num_queries(15):
        assert len(visitor.get(PAGE).context["found"].rows) == MOST_COURSES
