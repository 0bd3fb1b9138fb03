"""A course start's page: what it tells people and search engines, and what is left when it is cancelled or hidden."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.models import CourseStart, Prerequisite
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.weekly_pattern import read
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round, walk
from kursvis.core import time
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus


@pytest.fixture
def school() -> School:
    return make_school()


def page_of(start: Any) -> str:
    response = Client().get(reverse("catalogue:show_course", args=[start.uuid]))
    assert response.status_code == 200
    return str(response.content.decode())


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def test_the_page_says_when_how_fast_and_what_is_good_to_have_read(school: School) -> None:
    first = make_course(name="Matematik, nivå 1")
    course = make_course(name="Matematik, nivå 2")
    for alternative, required in ((1, first), (2, make_course(name="Matematik A"))):
        Prerequisite.objects.create(course=course, alternative=alternative, required=required, kind="k", source="prov")
    make_course_start(course=first, school=school)
    start = make_course_start(
        course=course,
        school=school,
        weekly_pattern=read("måndag 9–12, mån 13–14.30, fre 9–12")[0],
        schedule_note="Och prov.",
    )
    html = page_of(start)
    page = words(html)
    assert "50 % av heltid" in page and "10 veckor" in page and "70 timmar undervisning" in page
    times = [words(row) for row in re.findall("<tr><th scope=.row.>.*?</tr>", html, flags=re.DOTALL)]
    assert times[:2] == ["Måndag9.00–12.00, 13.00–14.30", "Fredag9.00–12.00"] and "Och prov." in page
    assert "Bra att ha läst: Matematik, nivå 1 eller Matematik A." in page
    assert f'<a href="/kurser/?q={first.code}">' in html and html.count("/kurser/?q=") == 1
    assert "Motsvarar kurser i gymnasieskolan" in page and school.authority.email in page and "Lägg i korgen" in page


def test_search_engines_read_a_course_with_its_instance(school: School) -> None:
    text = 'Läs </script><script>alert("1")</script> & mer'
    start = make_course_start(school=school, description=text, study_form=StudyForm.DISTANCE)
    html = page_of(start)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, flags=re.DOTALL)
    assert len(found) == 1 and "alert(" not in html.replace(found[0], "").replace("alert(&quot;1&quot;)", "")
    data = json.loads(found[0])
    instance = data["hasCourseInstance"]
    assert (data["@context"], data["@type"], instance["@type"]) == ("https://schema.org", "Course", "CourseInstance")
    assert data["description"] == text and data["provider"]["name"] == school.name and data["name"] == start.course.name
    assert (instance["courseMode"], instance["courseWorkload"]) == ("Online", "PT70H")
    assert (instance["startDate"], instance["endDate"]) == (start.starts_on.isoformat(), start.ends_on.isoformat())
    assert instance["courseSchedule"]["byDay"] == ["https://schema.org/Tuesday"]
    assert data["offers"]["category"] == "Free" and instance["location"]["address"]["addressCountry"] == "SE"
    path = reverse("catalogue:show_course", args=[start.uuid])
    assert data["url"].endswith(path) and re.search(rf'<link rel="canonical" href="https?://[^"]+{path}">', html)
    assert all(f'property="og:{name}"' in html for name in ("title", "description", "url", "type", "locale"))


def test_the_other_starts_of_the_course_stand_there_and_cost_no_more(
    school: School, django_assert_max_num_queries: Any
) -> None:
    course, round_ = make_course(), make_round(authority=school.authority)
    start, *others = [make_course_start(course=course, school=school, round=round_) for _ in range(51)]
    elsewhere = make_course_start(course=course)
    hidden = make_course_start(course=course, status=S.HIDDEN)
    with django_assert_max_num_queries(15):
        page = page_of(start)
    shown = [other for other in (*others, elsewhere) if str(other.uuid) in page]
    assert len(shown) == 50 and str(hidden.uuid) not in page
    assert elsewhere.school.name in page_of(elsewhere) and start.school.name in page_of(elsewhere)


def _gone(start: CourseStart) -> Any:
    return Client().get(reverse("catalogue:show_course", args=[start.uuid]))


def test_a_cancelled_start_says_so_and_leads_to_others(school: School) -> None:
    start = make_course_start(school=school)
    other = make_course_start(course=start.course)
    walk(start, S.CANCELLED)
    response = _gone(start)
    html = response.content.decode()
    assert response.status_code == 410 and f"{start.course.name} är inställd" in html
    assert reverse("catalogue:show_course", args=[other.uuid]) in html and "noindex" in html and "canonical" not in html


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.HIDDEN, S.CANCELLED])
def test_what_is_not_shown_gives_away_nothing(school: School, status: CourseStartStatus) -> None:
    start = make_course_start(school=school, status=S.PUBLISHED if status is S.HIDDEN else status)
    if status is S.HIDDEN:
        offer.hide(course_start=start, by=SYSTEM, now=time.now())
    response, unknown = _gone(start), Client().get(reverse("catalogue:show_course", args=[uuid4()]))
    assert response.status_code == unknown.status_code == 404
    pages = [re.sub(r"[0-9a-f-]{36}", "*", words(answer.content.decode())) for answer in (response, unknown)]
    assert pages[0] == pages[1] and start.course.name not in pages[0]
