"""The lists and documents of EMIL 3 over the open addresses."""

from datetime import timedelta

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.audit.services import record
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, walk
from kursvis.core import time
from kursvis.organisation.tests.factories import make_school
from kursvis.reporting.open_data.tests.emil3_facts import against
from kursvis.reporting.open_data.tests.reading import EMIL3, get, in_emil

pytestmark = pytest.mark.django_db
OBJECTS = {
    "educationInfos": "EducationInfo",
    "educationEvents": "EducationEvent",
    "educationProviders": "EducationProvider",
}


def test_the_lists_of_emil_hold_documents_that_belong_together(client: Client) -> None:
    for _ in range(3):
        make_course_start()
    lists = {kind: in_emil(client, kind) for kind in OBJECTS}
    for kind, items in lists.items():
        assert [against(OBJECTS[kind], item["content"]) for item in items] == [[]] * 3
        assert get(client, f"{EMIL3}{kind}/{items[0]['id'].upper()}") == items[0]
    infos, providers = ({item["id"] for item in lists[kind]} for kind in ("educationInfos", "educationProviders"))
    for item in lists["educationEvents"]:
        assert item["content"]["education"] in infos and set(item["content"]["providers"]) <= providers
    hrefs = [link["href"] for link in get(client, EMIL3)["links"]]
    assert [href.rpartition("/")[2] for href in hrefs] == list(OBJECTS)


def test_what_is_hidden_is_told_as_removed_and_what_is_cancelled_stays(client: Client) -> None:
    hidden, cancelled = make_course_start(), make_course_start()
    before = in_emil(client, "educationEvents")
    since = "?updatedSince=" + (time.today() - timedelta(days=1)).isoformat()
    walk_on = {"by": SYSTEM, "now": time.now()}
    offer.hide(course_start=hidden, **walk_on)
    offer.cancel(course_start=cancelled, reason="För få sökande.", **walk_on)
    after = in_emil(client, "educationEvents")
    assert {item["id"] for item in before} > {item["id"] for item in after}
    assert [item["content"]["isCancelled"] for item in after] == [True]
    changed = {item["status"]: item for item in in_emil(client, "educationEvents", since)}
    assert changed["removed"]["content"] is None and changed["removed"]["id"].endswith(hidden.uuid.hex)
    assert [item["status"] for item in in_emil(client, "educationInfos", since)].count("removed") == 1
    tomorrow = (time.today() + timedelta(days=1)).isoformat()
    assert in_emil(client, "educationEvents", f"?updatedSince={tomorrow}") == []


def test_an_offer_that_was_never_published_is_never_told_of(client: Client) -> None:
    draft = make_course_start(status=CourseStartStatus.SUBMITTED)
    walk(make_course_start(status=CourseStartStatus.DRAFT), CourseStartStatus.CANCELLED)
    assert in_emil(client, "educationEvents", "?updatedSince=2020-01-01") == []
    assert client.get(f"{EMIL3}educationEvents/e.kursvis.{draft.uuid.hex}").status_code == 404


def test_a_list_is_read_page_by_page(client: Client) -> None:
    school = make_school()
    made = [make_course_start(school=school).uuid.hex for _ in range(5)]
    seen, address = [], f"{EMIL3}educationEvents?size=2"
    while address:
        found = get(client, address)
        seen += [item["id"].rpartition(".")[2] for item in found["educationEvents"]]
        address = next((link["href"] for link in found["links"] if link["rel"] == "next"), "")
    assert seen == made
    assert found["page"] == {"size": 2, "totalElements": 5, "totalPages": 3, "pageNumber": 2}


def test_a_list_holds_only_the_school_forms_or_the_school_that_are_asked_for(client: Client) -> None:
    basic = make_course_start(course=make_course(code="PROVGR", school_form="VUXGR", level="grundläggande"))
    upper = make_course_start()
    of_form = {kind: in_emil(client, kind, "?schoolType=vuxgr") for kind in OBJECTS}
    keys = {kind: [item["id"].rpartition(".")[2] for item in items] for kind, items in of_form.items()}
    assert keys == {
        "educationInfos": [basic.course.uuid.hex],
        "educationEvents": [basic.uuid.hex],
        "educationProviders": [basic.school.uuid.hex],
    }
    assert len(in_emil(client, "educationEvents", "?schoolType=VUXGR&schoolType=VUXGY")) == 2
    links = get(client, f"{EMIL3}educationEvents?schoolType=VUXGR&schoolType=VUXGY&size=1")["links"]
    assert {link["rel"]: "schoolType=VUXGR&schoolType=VUXGY" in link["href"] for link in links}["next"]
    provider = f"?providerId=P.kursvis.{upper.school.uuid.hex}"
    assert [item["id"] for item in in_emil(client, "educationEvents", provider)] == [f"e.kursvis.{upper.uuid.hex}"]
    assert in_emil(client, "educationEvents", "?providerId=p.annan.1") == []


def test_a_change_of_the_school_is_a_change_of_its_documents(client: Client) -> None:
    course_start = make_course_start()
    before = [in_emil(client, kind)[0]["content"]["lastEdited"] for kind in ("educationEvents", "educationProviders")]
    provider = course_start.school.provider
    later = time.now() + timedelta(hours=1)
    record(verb="provider.edited", by=SYSTEM, subject=provider, authority_id=provider.authority_id, now=later)
    after = [in_emil(client, kind)[0]["content"]["lastEdited"] for kind in ("educationEvents", "educationProviders")]
    assert [one < other for one, other in zip(before, after, strict=True)] == [True, True]


@pytest.mark.parametrize(
    "address",
    [
        f"{EMIL3}educationEvents?size=0",
        f"{EMIL3}educationInfos?providerId=p.kursvis.1",
        f"{EMIL3}educationInfos?updatedsince=2026-01-01",
        f"{EMIL3}educationInfos/i.kursvis.x",
    ],
)
def test_what_cannot_be_answered_says_why(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert set(response.json()) == {"timestamp", "status", "type", "message"}
    assert response["Access-Control-Allow-Origin"] == "*"
