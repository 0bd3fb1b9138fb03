"""Packages: made by the municipality, offered by a school, read by everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM, Person
from kursvis.access.rules import Role
from kursvis.accounts.queries import actor_of
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, NationalCourse, Package, PackageStart
from kursvis.catalogue.queries import packages as queries
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer, packages
from kursvis.catalogue.services import package_starts as services
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return make_school()


def who() -> dict[str, Any]:
    return {"by": SYSTEM, "now": time.now()}


def administrator_of(school: School) -> Person:
    return actor_of(make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority), today=time.today())


def a_package(school: School, *courses: NationalCourse) -> Package:
    package = packages.create_package(
        authority=school.authority, code="BARN1", name="Barnskötare", description="", **who()
    )
    for course in courses:
        packages.add_course(package=package, code=course.code, **who())
    return package


def starts_of(school: School, *courses: NationalCourse, status: Any = CourseStartStatus.PUBLISHED) -> list[CourseStart]:
    days = [time.today() + timedelta(days=60 + 70 * number) for number in range(len(courses))]
    return [
        make_course_start(school=school, course=course, starts_on=day, status=status)
        for course, day in zip(courses, days, strict=True)
    ]


def test_the_municipality_puts_a_package_together_without_javascript(
    school: School, django_assert_max_num_queries: Any
) -> None:
    one, two, three = (make_course(code=f"BARN{n}X", points=50 * n) for n in (1, 2, 3))
    make_course(code="KURSPAKET", kind="container", searchable=False)
    client = as_user(make_staff(Role.MUNICIPAL_PRINCIPAL, authority=school.authority))
    made = client.post("/paket/nytt/", {"code": "BARN", "name": "Barnskötare", "description": "Ett år."})
    package = Package.objects.get(code="BARN")
    page = f"/paket/{package.uuid}/"
    assert made.status_code == 302 and made["Location"] == page
    for code in ("barn1x", "BARN2X", "BARN3X"):
        assert client.post(f"{page}kurser/lagg-till/", {"code": code}).status_code == 302
    for code, said in (("KURSPAKET", "får inte läggas ut"), ("BARN1X", "finns redan i paketet"), ("NIX", "ingen kurs")):
        refused = client.post(f"{page}kurser/lagg-till/", {"code": code}).content.decode()
        assert said in refused and f'value="{code}"' in refused
    for code, do in (("BARN3X", "upp"), ("BARN2X", "alternativ")):
        client.post(f"{page}kurser/", {"course": code, "do": do})
    found = queries.get_for(administrator_of(school), package.uuid)
    assert queries.places_of(found) == (("BARN1X",), ("BARN3X", "BARN2X"))
    assert (queries.totals_of(found).least, queries.totals_of(found).most) == (150, 200)
    with django_assert_max_num_queries(15):
        assert "150–200 p" in client.get(page).content.decode()
    assert "150–200" in client.get("/paket/").content.decode()
    assert Event.objects.filter(verb="package.courses_changed").count() == 5
    client.post(f"{page}kurser/", {"course": "BARN2X", "do": "bort"})
    assert (
        client.post(f"{page}andra/", {"name": "Ny", "description": "", "ended_on": str(time.today())}).status_code
        == 302
    )
    assert "erbjuds inte från" in client.get(page).content.decode()


def test_a_national_package_is_locked_and_a_shell_is_not_offered(school: School) -> None:
    shell = Package.objects.create(code="RLXAAR", name="Kock", points=1450, source="prov")
    client = as_user(make_staff(Role.SYSTEM_ADMINISTRATOR, authority=school.authority))
    page = client.get(f"/paket/{shell.uuid}/").content.decode()
    assert "1450 p" in page and "inte känt vilka kurser" in page and "Lägg till en kurs" not in page
    answer = client.post(f"/paket/{shell.uuid}/kurser/lagg-till/", {"code": make_course().code})
    assert answer.status_code == 409 and "nationellt och ändras inte" in answer.content.decode()
    assert not shell.courses.exists()
    with pytest.raises(Refused, match="package_without_courses"):
        services.create_package_start(package=shell, school=school, starts=[], description="", **who())


def test_a_school_offers_a_package_in_its_order_and_the_public_sees_it_when_all_is_published(
    school: School, django_assert_max_num_queries: Any
) -> None:
    one, two = make_course(), make_course()
    package = a_package(school, one, two)
    first, second = starts_of(school, one, two)
    draft = make_course_start(school=school, course=one, round=first.round, status=CourseStartStatus.DRAFT)
    elsewhere = make_course_start(school=make_school(authority=school.authority), course=two)
    client = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    form = client.get(f"/paketstarter/ny/{package.uuid}/").content.decode()
    assert str(draft.uuid) in form and str(elsewhere.uuid) not in form
    path = f"/paketstarter/ny/{package.uuid}/"
    missing = client.post(path, {"place_1": str(draft.uuid), "place_2": "", "description": "Vi börjar lugnt."})
    refused = missing.content.decode()
    assert "Välj en kursstart för den här delen" in refused and "Vi börjar lugnt." in refused
    given = {"place_1": str(draft.uuid), "place_2": str(second.uuid), "description": ""}
    assert client.post(path, given).status_code == 302
    row = PackageStart.objects.get(school=school)
    public = f"/kurser/paket/{row.uuid}/"
    assert Client().get(public).status_code == 404
    assert not queries.published_package_starts(today=time.today()).exists()
    changed = {"place_1": str(first.uuid), "place_2": str(second.uuid), "description": "Vi läser ihop."}
    assert client.post(f"/paketstarter/{row.uuid}/andra/", changed).status_code == 302
    assert [str(found) for found in queries.published_package_starts(today=time.today())] == [str(row)]
    with django_assert_max_num_queries(15):
        shown = Client().get(public).content.decode()
    assert f"/kurser/korg/?kurs={first.uuid}&amp;kurs={second.uuid}" in shown
    assert shown.index(one.name) < shown.index(two.name) and "200 p" in shown and "Vi läser ihop." in shown
    with django_assert_max_num_queries(15):
        assert "Syns för alla" in client.get(f"/paketstarter/{row.uuid}/").content.decode()
    offer.cancel(course_start=second, reason="För få sökande.", **who())
    listed = client.get("/paketstarter/").content.decode()
    assert "Delar saknas" in listed and Client().get(public).status_code == 404
    assert client.post(f"/paketstarter/{row.uuid}/ta-bort/").status_code == 302
    assert not PackageStart.objects.exists() and CourseStart.objects.filter(pk=first.pk).exists()


def test_what_may_not_be_a_package_of_a_school(school: School) -> None:
    one, two = make_course(), make_course()
    package = a_package(school, one, two)
    first, second = starts_of(school, two, one)
    other = make_school()

    def refused(starts: list[CourseStart], at: School = school) -> str:
        with pytest.raises(Refused) as refusal:
            services.create_package_start(package=package, school=at, starts=starts, description="", **who())
        return refusal.value.reasons[0].code

    assert refused([second, first]) == "catalogue.package_out_of_order"
    assert refused([second]) == "catalogue.package_part_missing"
    assert refused([], at=other) == "catalogue.package_of_another_authority"
    theirs = make_course_start(school=make_school(authority=school.authority), course=two, starts_on=second.starts_on)
    assert refused([second, theirs]) == "catalogue.package_start_elsewhere"
