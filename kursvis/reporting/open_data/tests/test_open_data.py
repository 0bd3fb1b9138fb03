"""The catalogue as JSON: what stands in it, how it changes, and the page that explains it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.models import Package, PackageStart, PackageStartCourse, Prerequisite
from kursvis.catalogue.queries.agreement import against_applying
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.language import COOKIE
from kursvis.organisation.models import Agreement
from kursvis.organisation.tests.factories import make_school
from kursvis.reporting.open_data.tests.reading import CATALOGUE, EMIL3, SCHEMA, differs, get, in_emil
from kursvis.reporting.open_data.views.catalogue import EXAMPLE, SCRIPT

pytestmark = pytest.mark.django_db


def rows_of(client: Client) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in get(client, CATALOGUE)["course_starts"]}


def test_the_catalogue_holds_what_is_published_or_cancelled_and_nothing_else(client: Client) -> None:
    school = make_school()
    published = make_course_start(school=school, description="Prov “citat” <b>å</b>\nrad två")
    cancelled = make_course_start(school=school)
    offer.cancel(course_start=cancelled, by=SYSTEM, now=time.now(), reason="För få sökande.")
    for status in set(CourseStartStatus) - {CourseStartStatus.PUBLISHED}:
        make_course_start(school=school, status=status)
    document = get(client, CATALOGUE)
    assert differs(SCHEMA, document) == []
    assert differs(SCHEMA, document | {"course_starts": [{}]}) != []
    assert differs(SCHEMA, document | {"schema": "kurskatalog"}) == [".schema"]
    found = {row["id"]: row for row in document["course_starts"]}
    assert set(found) == {str(published.uuid), str(cancelled.uuid)}
    assert found[str(published.uuid)]["description"] == published.description
    assert found[str(published.uuid)]["can_be_applied_for"] is True
    assert found[str(cancelled.uuid)]["is_cancelled"] is True and found[str(cancelled.uuid)]["url"] == ""
    assert found[str(cancelled.uuid)]["can_be_applied_for"] is False
    assert "För få sökande" not in json.dumps(document, ensure_ascii=False)


def test_what_a_school_may_not_offer_any_more_can_not_be_applied_for(client: Client) -> None:
    course_start = make_course_start()
    agreement = Agreement.objects.get(school=course_start.school)
    agreement.levels = ["sfi"]
    agreement.save()
    course_start.refresh_from_db()
    assert against_applying(course_start, today=time.today()) != []
    assert rows_of(client)[str(course_start.uuid)]["can_be_applied_for"] is False


def test_an_identifier_stays_when_everything_else_changes(client: Client) -> None:
    course_start = make_course_start()
    course = course_start.course
    step: dict[str, Any] = {"course_start": course_start, "by": SYSTEM, "now": time.now()}
    before, events = rows_of(client), in_emil(client, "educationEvents")
    offer.hide(**step)
    assert rows_of(client) == {} and in_emil(client, "educationEvents") == []
    offer.withdraw(**step)
    offer.send_back(**step, reason="Ändra tiderna.")
    course_start.refresh_from_db()
    given = {field: getattr(course_start, field) for field in ("course", "round", "points", "study_form", "place")}
    given |= {"ends_on": course_start.ends_on + timedelta(days=7), "weekly_pattern": (), "schedule_note": "Fri takt."}
    offer.edit_course_start(**step, **given, seats=12, description="En annan text.")
    course_start.refresh_from_db()
    offer.submit(**step)
    offer.publish(**step)
    course.name, course.subject_name = "Ett annat namn", "Ett annat ämne"
    course.save()
    after = rows_of(client)
    (old,), (new,) = before.values(), after.values()
    assert (old["id"], old["url"], old["course"]["id"]) == (new["id"], new["url"], new["course"]["id"])
    assert (new["seats"], new["lessons"], new["course"]["name"]) == (12, [], "Ett annat namn")
    (event,) = in_emil(client, "educationEvents", f"?updatedSince={time.today() - timedelta(days=1)}")
    assert (event["id"], event["status"]) == (events[0]["id"], "current")
    assert event["content"]["education"] == events[0]["content"]["education"]


def test_packages_and_what_courses_build_on_stand_in_the_catalogue(client: Client) -> None:
    first = make_course_start()
    second = make_course_start(school=first.school, course=make_course(code="PROVPK2"))
    needed = first.course
    Prerequisite.objects.create(course=second.course, alternative=1, required=needed, kind="", source="prov")
    Prerequisite.objects.create(course=second.course, alternative=2, note="Motsvarande", kind="", source="prov")
    package = Package.objects.create(code="PROVPAKET", name="Provpaketet")
    offered = PackageStart.objects.create(authority=first.authority, school=first.school, package=package)
    for place, start in enumerate((second, first), start=1):
        PackageStartCourse.objects.create(package_start=offered, position=place, course_start=start)
    document = get(client, CATALOGUE)
    assert differs(SCHEMA, document) == []
    (shown,) = document["packages"]
    assert shown["course_starts"] == [str(second.uuid), str(first.uuid)]
    assert shown["points"] == first.points + second.points and shown["url"].endswith(f"/kurser/paket/{offered.uuid}/")
    assert rows_of(client)[str(second.uuid)]["course"]["builds_on"] == f"{needed} eller Motsvarande"
    offer.hide(course_start=second, by=SYSTEM, now=time.now())
    assert get(client, CATALOGUE)["packages"] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_explains_every_field_and_shows_examples_that_are_true(client: Client, language: str) -> None:
    client.cookies[COOKIE] = language
    page = client.get("/oppna-data/").content.decode()
    for text in ("school.unit_code", "course_starts", "e.kursvis", CATALOGUE, EMIL3, "CC0", "curl "):
        assert text in page, text
    assert ("Skolenhetskod, åtta siffror" in page) is (language == "sv")
    example = json.loads(EXAMPLE)
    assert differs(SCHEMA, example) == []
    for field in ("can_be_applied_for", "starts_on", "url"):
        assert f"start.{field}" in SCRIPT.replace("one.", "start.") and field in example["course_starts"][0]
