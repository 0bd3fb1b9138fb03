"""The page of the register: the edition in force, what a waiting one would do, and applying it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import CourseStart, NationalCourse, RegisterEdition
from kursvis.catalogue.queries import edition as queries
from kursvis.catalogue.rules import edition as rules
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services.register import load_register
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db
PAGE, APPLY = "/installningar/kursregister/", "/installningar/kursregister/tillampa/"
MOST_QUERIES = 15


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def administrator(authority: Authority) -> User:
    return make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def with_a_waiting_edition() -> tuple[NationalCourse, NationalCourse]:
    """Fill the register, and make it lag behind the files: one course to change, one to end."""
    load_register(by=SYSTEM, now=time.now())
    changed = NationalCourse.objects.get(code="ENGE1000X")
    NationalCourse.objects.filter(pk=changed.pk).update(points=90)
    return NationalCourse.objects.get(pk=changed.pk), make_course(code="GAMM0100X", name="Gammal kurs")


def test_every_field_of_a_course_is_compared() -> None:
    assert set(rules.SHOWN_FIELDS) == set(queries.FIELDS)


def test_with_nothing_waiting_it_says_so_and_shows_what_is_in_force(administrator: User) -> None:
    load_register(by=SYSTEM, now=time.now())
    page = text_of(as_user(administrator).get(PAGE))
    assert "Ingen ny utgåva väntar" in page and "Tillämpa</" not in page
    assert "Kursvis" in page and "2451" in page and "gemensamt för alla kommuner" in page
    assert "Skolverket Syllabus API" in page


def test_what_waits_is_shown_with_the_municipalitys_own_course_starts_and_then_applied(
    administrator: User, authority: Authority
) -> None:
    changed, ending = with_a_waiting_edition()
    school = make_school(authority=authority)
    given: dict[str, Any] = {"school": school, "course": ending}
    draft = make_course_start(**given, status=CourseStartStatus.DRAFT)
    make_course_start(**given, round=draft.round)
    make_course_start(**given, round=draft.round, status=CourseStartStatus.CANCELLED)
    started = make_course_start(**given, round=draft.round)
    CourseStart.objects.filter(pk=started.pk).update(starts_on=time.today())
    make_course_start(course=ending)
    client = as_user(administrator)

    page = text_of(client.get(PAGE))
    assert "En ny utgåva väntar" in page and "1 kurs ändras" in page and "1 kurs upphör" in page
    assert "2 kommande kursstarter hos er" in page
    assert "ENGE1000X" in page and "poäng: 90" in page and "<strong>100</strong>" in page
    assert NationalCourse.objects.get(pk=changed.pk).points == 90
    ends = text_of(client.get(PAGE, {"del": "upphor"}))
    assert "Gammal kurs" in ends and "ENGE1000X" not in ends and "har upphört" in ends
    tomorrow = time.today() + timedelta(days=1)
    assert f"/kursstarter/?kurs=GAMM0100X&amp;startar={tomorrow}" in ends
    listed = text_of(client.get("/kursstarter/", {"kurs": "GAMM0100X", "startar": str(tomorrow)}))
    assert listed.count('<th scope="row">') == 2, "the list has as many rows as the number says"

    form = {"shown": queries.read_edition().digest, "based_on": RegisterEdition.objects.latest("pk").digest}
    assert client.post(APPLY, form).status_code == 302
    assert NationalCourse.objects.get(pk=changed.pk).points == 100
    assert not NationalCourse.objects.get(pk=ending.pk).searchable
    after = text_of(client.get(PAGE))
    assert "Ingen ny utgåva väntar" in after and administrator.first_name in after
    assert CourseStart.objects.get(pk=draft.pk).status == "draft", "what stands in the offer is not touched"
    refusal = client.post(f"/kursstarter/{draft.uuid}/skicka/")
    assert refusal.status_code == 403
    sender = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    said = sender.post(f"/kursstarter/{draft.uuid}/skicka/")
    assert said.status_code == 409 and "GAMM0100X får inte läggas ut" in said.content.decode()


def test_a_press_on_an_old_page_is_refused_with_the_reason(administrator: User) -> None:
    changed, _ending = with_a_waiting_edition()
    client, edition = as_user(administrator), queries.read_edition()
    other = client.post(APPLY, {"shown": "0" * 64, "based_on": edition.digest})
    assert other.status_code == 409 and "en annan version av Kursvis är installerad" in other.content.decode()
    assert NationalCourse.objects.get(pk=changed.pk).points == 90
    load_register(by=SYSTEM, now=time.now())
    late = client.post(APPLY, {"shown": edition.digest, "based_on": edition.digest})
    assert late.status_code == 409 and "stämmer redan" in late.content.decode()


def test_only_who_sets_up_the_municipality_sees_and_applies(authority: Authority) -> None:
    load_register(by=SYSTEM, now=time.now())
    assert Client().get(PAGE).status_code == 302
    for role in (Role.ADMISSIONS_OFFICER, Role.ECONOMIST):
        client = as_user(make_staff(role, authority=authority))
        assert client.get(PAGE).status_code == client.post(APPLY).status_code == 403
    assert as_user(make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority)).get(APPLY).status_code == 405


@pytest.mark.parametrize("part", ["tillkommer", "andras", "upphor", "bygger-pa", "motsvarar", "paket", "nonsens"])
def test_long_lists_are_paged_and_cost_few_queries(
    part: str, administrator: User, django_assert_max_num_queries: Any
) -> None:
    load_register(by=SYSTEM, now=time.now())
    NationalCourse.objects.filter(code__startswith="M").update(points=77)
    make_course_start(course=make_course(code="GAMM0100X"))
    client = as_user(administrator)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text_of(client.get(PAGE, {"del": part}))
    assert ("Visar 1–50 av" in page) == (part in ("andras", "nonsens"))
