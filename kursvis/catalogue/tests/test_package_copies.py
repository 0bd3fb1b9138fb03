"""A package of courses that begin no more, copied to one of the municipality's own with the levels of Gy25."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import Correspondence, NationalCourse, Package, PackageCourse
from kursvis.catalogue.queries import packages as queries
from kursvis.catalogue.rules.package_copies import Fate, copied, places_of_copy
from kursvis.catalogue.tests.factories import make_course
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority

GY11 = {"curriculum": "Gy11", "kind": "course", "cancelled_from": date(2025, 7, 1), "valid_from": date(2012, 7, 1)}


def test_each_course_is_kept_replaced_or_left_out_with_a_reason() -> None:
    places = (("A", "B"), ("C",), ("D",), ("E", "F"), ("NEW",))
    levels = {"A": "A1", "B": "A1", "C": "NEW", "E": "E1"}
    found = copied(places, ended=set("ABCDEF"), levels=levels, ended_levels={"E1"})
    assert [[course.fate for course in place] for place in found] == [
        [Fate.REPLACED, Fate.ALREADY_THERE],
        [Fate.ALREADY_THERE],
        [Fate.WITHOUT_LEVEL],
        [Fate.LEVEL_HAS_ENDED, Fate.WITHOUT_LEVEL],
        [Fate.KEPT],
    ]
    assert places_of_copy(found) == (("A1",), ("NEW",))


def a_national_package(*courses: NationalCourse, code: str = "RLXAAR") -> Package:
    package = Package.objects.create(code=code, name="Kock", description="Matlagning.", source="prov")
    PackageCourse.objects.bulk_create(
        PackageCourse(package=package, position=position, course=course)
        for position, course in enumerate(courses, start=1)
    )
    return package


def decider(authority: Authority) -> Client:
    return as_user(make_staff(Role.MUNICIPAL_PRINCIPAL, authority=authority))


@pytest.mark.django_db
def test_the_copy_is_the_municipalitys_own_and_the_national_one_stays(django_assert_max_num_queries: Any) -> None:
    old, lost = make_course(code="MATMAT01", name="Mat 1", points=150, **GY11), make_course(code="LOST01", **GY11)
    level = make_course(code="MATL1000X", name="Matlagning, nivå 1", points=100)
    Correspondence.objects.create(course=old, level=level, source="prov")
    package, authority = a_national_package(old, lost, code="RL-XAAR"), make_authority()
    Package.objects.create(code="TAKEN1", name="Redan där", source="prov")
    client, page = decider(authority), f"/paket/{package.uuid}/kopiera/"
    assert page in client.get(f"/paket/{package.uuid}/").content.decode()
    with django_assert_max_num_queries(15):
        shown = client.get(page).content.decode()
    assert "ingen motsvarande nivå är känd" in shown and "Matlagning, nivå 1" in shown
    assert 'value="RLXAAR25"' in shown
    assert "<strong>250</strong>" in shown and "<strong>100</strong>" in shown
    refused = client.post(page, {"code": "TAKEN1", "name": "Kock hos oss"}).content.decode()
    assert "Det finns redan ett paket" in refused and 'value="Kock hos oss"' in refused
    made = client.post(page, {"code": "KOCK25", "name": "Kock hos oss"})
    own = Package.objects.get(authority=authority)
    assert made["Location"] == f"/paket/{own.uuid}/"
    assert queries.places_of(own) == (("MATL1000X",),) and own.description == "Matlagning."
    assert queries.places_of(package) == (("MATMAT01",), ("LOST01",))
    verbs = Event.objects.filter(subject="catalogue.package", subject_id=own.pk).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["package.created", "package.courses_changed"]


@pytest.mark.django_db
def test_a_package_of_which_nothing_would_be_left_is_not_copied_and_others_may_not_copy() -> None:
    package, authority = a_national_package(make_course(code="LOST02", **GY11)), make_authority()
    page = f"/paket/{package.uuid}/kopiera/"
    client = decider(authority)
    assert "kan inte kopieras" in client.get(page).content.decode()
    assert "kan inte kopieras" in client.post(page, {"code": "KOCK25", "name": "Kock"}).content.decode()
    assert not Package.objects.filter(authority=authority).exists()
    officer = as_user(make_staff(Role.ADMISSIONS_OFFICER, authority=authority))
    assert officer.post(page, {"code": "KOCK25", "name": "Kock"}).status_code == 403
    theirs = Package.objects.create(authority=make_authority(), code="THEIRS", name="Deras")
    assert client.get(f"/paket/{theirs.uuid}/kopiera/").status_code == 404
