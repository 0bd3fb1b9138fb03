"""What robots are told: the pages of what is published, with when the log says they changed, and where to keep out."""

from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, Package, PackageStart, PackageStartCourse
from kursvis.catalogue.public_views import sitemap
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course_start, make_round
from kursvis.organisation.tests.factories import make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus
_NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(address: str) -> dict[str, str | None]:
    response = Client().get(address)
    assert response.status_code == 200 and response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    return {str(one.findtext("s:loc", None, _NAMES)): one.findtext("s:lastmod", None, _NAMES) for one in root}


def test_what_is_published_is_listed_in_parts_with_the_time_of_its_latest_step(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(sitemap, "PAGES_A_FILE", 2)
    school = make_school()
    round_ = make_round(authority=school.authority)
    shown = [make_course_start(school=school, round=round_) for _ in range(3)]
    for status in (S.DRAFT, S.SUBMITTED, S.HIDDEN, S.CANCELLED):
        make_course_start(school=school, round=round_, status=status)
    lists = list(listed("/sitemap.xml"))
    assert len(lists) == 2
    found: dict[str, str | None] = {}
    for place in (1, 2):
        with django_assert_max_num_queries(15):
            found |= listed(f"/sitemap.xml?sida={place}")
    assert [address.rsplit("/", 2)[1] for address in found] == [str(start.uuid) for start in shown]
    step = Event.objects.filter(subject="catalogue.coursestart", subject_id=shown[0].pk).latest("id")
    told = next(iter(found.values()))
    assert told and abs(datetime.fromisoformat(told) - step.at) < timedelta(seconds=1)


def test_what_the_log_does_not_know_has_no_time() -> None:
    start = make_course_start()
    CourseStart.objects.filter(pk=start.pk).update(id=start.pk + 1_000_000)
    assert list(listed("/sitemap.xml?sida=1").values()) == [None]


def test_packages_are_listed_while_all_of_them_is_published() -> None:
    start = make_course_start()
    offered = PackageStart.objects.create(
        authority=start.authority, school=start.school, package=Package.objects.create(code="VOXTEST", name="Vård")
    )
    PackageStartCourse.objects.create(package_start=offered, position=1, course_start=start)
    its = reverse("catalogue:show_public_package", args=[offered.uuid])
    assert any(address.endswith(its) for address in listed("/sitemap.xml?sida=1"))
    assert f'rel="canonical" href="{settings.ADDRESS}{its}"' in Client().get(its).content.decode()
    CourseStart.objects.filter(pk=start.pk).update(status=S.HIDDEN)
    assert listed("/sitemap.xml?sida=1") == {}


def test_robots_keep_to_the_open_catalogue() -> None:
    response = Client().get("/robots.txt")
    lines = response.content.decode().splitlines()
    assert response["Content-Type"].startswith("text/plain") and lines[-1].startswith("Sitemap: http")
    assert lines[-1].endswith(reverse("catalogue:sitemap"))
    assert {"Allow: /kurser/", "Disallow: /kurser/korg/", "Disallow: /"} <= set(lines)
