"""The open addresses: what stands in them, how it changes, and that they are fast and open to all."""

import json
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round, walk
from kursvis.core import time
from kursvis.organisation.tests.factories import make_school
from kursvis.reporting.open_data import decorators, views
from kursvis.reporting.open_data.tests.emil3_facts import against

pytestmark = pytest.mark.django_db
CATALOGUE, EMIL3 = "/oppna-data/kurskatalog.json", "/oppna-data/emil3/"
OBJECTS = {
    "educationInfos": "EducationInfo",
    "educationEvents": "EducationEvent",
    "educationProviders": "EducationProvider",
}
SCHEMA = json.loads(views.SCHEMA.read_text(encoding="utf-8"))


def get(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return json.loads(response.getvalue())


def in_emil(client: Client, kind: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(client, f"{EMIL3}{kind}{query}")[kind]
    return found


def differs(schema: dict[str, Any], value: Any, where: str = "") -> list[str]:
    """Return what in a value is not as the schema says, by the words of JSON Schema that it uses."""
    kinds = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
    wrong = [where] if "const" in schema and value != schema["const"] else []
    wrong += [where] if "enum" in schema and value not in schema["enum"] else []
    if "type" in schema and type(value) is not kinds[schema["type"]]:
        return [*wrong, where]
    if schema.get("type") == "object":
        wrong += [f"{where}.{name}" for name in set(schema["required"]) ^ set(value)]
        for name in set(schema["properties"]) & set(value):
            wrong += differs(schema["properties"][name], value[name], f"{where}.{name}")
    for item in value if schema.get("type") == "array" else ():
        wrong += differs(schema["items"], item, f"{where}[]")
    return wrong


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
    found = {row["id"]: row for row in document["course_starts"]}
    assert set(found) == {str(published.uuid), str(cancelled.uuid)}
    assert found[str(published.uuid)]["description"] == published.description
    assert found[str(published.uuid)]["can_be_applied_for"] is True
    assert found[str(cancelled.uuid)]["is_cancelled"] is True and found[str(cancelled.uuid)]["url"] == ""
    assert "För få sökande" not in json.dumps(document, ensure_ascii=False)


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


@pytest.mark.parametrize("address", [f"{EMIL3}educationEvents?size=0", f"{EMIL3}educationInfos/i.kursvis.x"])
def test_what_cannot_be_answered_says_why(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert set(response.json()) == {"timestamp", "status", "type", "message"}
    assert response["Access-Control-Allow-Origin"] == "*"


def test_who_has_the_newest_version_is_told_so_until_something_changes(client: Client) -> None:
    course_start = make_course_start()
    first = client.get(CATALOGUE)
    again = client.get(CATALOGUE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    CourseStart.objects.filter(pk=course_start.pk).update(seats_taken=1)
    assert client.get(CATALOGUE, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert first["Last-Modified"] and "public" in first["Cache-Control"]


def test_other_sites_may_fetch_the_data_but_nothing_else(client: Client) -> None:
    for address in (CATALOGUE, EMIL3, f"{EMIL3}educationInfos", "/oppna-data/kurskatalog.schema.json"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert client.post(address).status_code == 405
    for address in ("/kurser/", "/oppna-data/", "/tillganglighet/"):
        response = client.get(address)
        assert "Access-Control-Allow-Origin" not in response
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_who_asks_without_end_is_asked_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decorators, "MOST", 2)
    assert [client.get(EMIL3).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(EMIL3)["Retry-After"] == "60"


def test_five_thousand_starts_cost_few_queries_and_little_memory(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    school = make_school()
    round_ = make_round(authority=school.authority)
    one = make_course_start(school=school, round=round_, course=make_course())
    copies = [CourseStart(**_values_of(one)) for _ in range(4_999)]
    CourseStart.objects.bulk_create(copies, batch_size=1000)
    with django_assert_max_num_queries(15):
        response = client.get(CATALOGUE)
        tracemalloc.start()
        pieces = iter(response.streaming_content)
        rows = _rows_in(islice(pieces, 300))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        rows += _rows_in(pieces)
    assert rows == 5_000
    assert peak < 6_000_000, "the rows of some chunks, not all of them"
    with django_assert_max_num_queries(15):
        assert len(in_emil(client, "educationEvents", "?size=2000")) == 2000


def _rows_in(pieces: Iterator[bytes]) -> int:
    return sum(piece.count(b'"seats_left"') for piece in pieces)


def _values_of(row: CourseStart) -> dict[str, Any]:
    skipped = {"id", "uuid"}
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }


def test_the_page_explains_every_field(client: Client) -> None:
    page = client.get("/oppna-data/").content.decode()
    assert "school.unit_code" in page and "e.kursvis" in page and CATALOGUE in page
    assert Event.objects.count() == 0
