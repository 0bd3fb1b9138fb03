"""The search page of the open catalogue."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.catalogue.models import CourseStart, Package, PackageStart, PackageStartCourse
from kursvis.catalogue.rules.facets import Facet
from kursvis.catalogue.rules.near_words import proposed_texts
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.catalogue.tests.many_starts import make_many_starts
from kursvis.catalogue.wording import LABELS
from kursvis.core import time

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def page(**given: Any) -> str:
    """Return the search page for what the address asks."""
    response = Client().get("/kurser/", given)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def maths() -> CourseStart:
    """A start of a course in mathematics, and a later one of English."""
    start = make_course_start(course=make_course(code="MATE1A00X", name="Matematik, nivå 1a", subject_name="Matematik"))
    english = make_course(code="ENGE1000X", name="Engelska, nivå 1", subject_name="Engelska", level="grundläggande")
    make_course_start(school=start.school, course=english, starts_on=start.starts_on + timedelta(days=30))
    return start


def test_what_was_understood_is_said_with_a_way_to_search_exactly(maths: CourseStart) -> None:
    understood = page(q="matte")
    assert "du sökte på ”matte”, vi visar <strong>matematik</strong>" in understood and "1 kursstart" in understood
    assert 'href="?q=matte&amp;exakt=ja"' in understood
    exactly = page(q="matte", exakt="ja")
    assert "Ingen kursstart passar" in exactly and 'href="?q=matte"' in exactly


def test_filters_show_counts_and_what_is_chosen_can_be_taken_away_one_by_one(maths: CourseStart) -> None:
    chosen = page(niva=["gymnasial", "grundläggande"], amne="Matematik")
    assert 'name="niva" value="gymnasial" checked' in chosen and 'name="amne" value="Matematik" checked' in chosen
    assert 'href="?niva=gymnasial&amp;amne=Matematik"' in chosen, "without the other level"
    assert "/kurser/?niva=gymnasial&amp;niva=grundl%C3%A4ggande&amp;amne=Matematik" in chosen, "one search, one address"
    assert "Engelska, nivå 1" not in chosen and "Engelska</span>" in chosen, "what else there is"


def test_old_addresses_lead_to_the_same_courses(maths: CourseStart) -> None:
    day = maths.starts_on.isoformat()
    old = page(q="", niva="gymnasial", skola=str(maths.school.uuid), form="distance", start=day, kommun="")
    assert "Matematik, nivå 1a" in old and "Engelska, nivå 1" not in old


def test_where_nothing_is_found_the_page_proposes_what_would_be(maths: CourseStart) -> None:
    empty = page(q="matematik", form="classroom")
    assert "1 kursstart om du tar bort Klassrum" in empty and 'href="?q=matematik"' in empty
    assert maths.authority.email in empty
    misspelt = page(q="matemtik")
    assert 'Menade du <a href="?q=matematik">matematik</a>?' in misspelt


def test_near_words_are_those_that_are_published() -> None:
    assert proposed_texts("engleska nivå", ["Engelska, nivå 1"]) == ["engelska nivå"]
    assert proposed_texts("engelska", ["Engelska, nivå 1"]) == []
    assert proposed_texts("x" * 90, ["Engelska, nivå 1"]) == []


@pytest.mark.parametrize(
    "given",
    [
        {"q": "a & !(b | c):*"},
        {"q": "x" * 10_000},
        {"q": "a\0b"},
        {"q": "\u202e\ufeff😀 ﷽"},
        {"q": " ".join("abcdefghijklm" * 3)},
        {name.value: "'\"\0%s{}" for name in Facet},
        {name.value: ["x" * 500] * 60 for name in Facet},
        {"manad": "2027-99", "start": "2027-02-30", "takt": "0", "tid": "natt"},
        {"sida": "-1"},
        {"sida": "999999999999999999999"},
    ],
)
def test_strange_addresses_give_a_calm_page(given: dict[str, Any]) -> None:
    assert "Hitta din kurs" in page(**given)


def test_five_thousand_starts_cost_few_queries_and_a_course_its_first_starts(
    django_assert_max_num_queries: Any,
) -> None:
    make_many_starts(5_000)
    for given in ({}, {"q": "matte"}, {"q": "matte", "form": "distance", "tid": "kvall"}, {"q": "finnsinte"}):
        with django_assert_max_num_queries(MOST_QUERIES):
            shown = page(**given)
    with django_assert_max_num_queries(MOST_QUERIES):
        shown = page(q="matematik")
    assert shown.count('class="found-start"') <= 15 * 3 and "Visa alla " in shown


def test_one_course_lists_all_its_starts_page_by_page() -> None:
    make_many_starts(30, courses=1)
    assert page().count('class="found-start"') == 20 and "Visar 21–30 av 30" in page(sida="2")


def test_every_filter_is_named() -> None:
    assert set(LABELS["facet"]) == set(Facet)


def test_a_start_of_today_is_listed_no_more(maths: CourseStart) -> None:
    CourseStart.objects.update(starts_on=time.today())
    assert "0 kursstarter" in page()


def test_a_package_is_found_by_its_name_and_by_its_courses(maths: CourseStart) -> None:
    package = Package.objects.create(code="VOXTEST", name="Undersköterska")
    offered = PackageStart.objects.create(authority=maths.authority, school=maths.school, package=package)
    PackageStartCourse.objects.create(package_start=offered, position=1, course_start=maths)
    for given in ({}, {"q": "undersköt"}, {"q": "matte"}, {"amne": "Matematik"}):
        assert f"/kurser/paket/{offered.uuid}/" in page(**given), given
    for given in ({"q": "engelska"}, {"amne": "Engelska"}, {"q": "undersköterska", "amne": "Engelska"}):
        assert f"/kurser/paket/{offered.uuid}/" not in page(**given), given
    CourseStart.objects.filter(pk=maths.pk).update(status="hidden")
    assert "Undersköterska" not in page()
