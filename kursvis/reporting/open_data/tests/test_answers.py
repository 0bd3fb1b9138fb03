"""How the open addresses answer: versions, other sites, too many questions, five thousand course starts."""

import gzip
import tracemalloc
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.audit.services import record
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round
from kursvis.core import time
from kursvis.organisation.models import Agreement
from kursvis.organisation.tests.factories import make_school
from kursvis.reporting.open_data import decorators
from kursvis.reporting.open_data.tests.reading import CATALOGUE, EMIL3, in_emil

pytestmark = pytest.mark.django_db


def test_who_has_the_newest_version_is_told_so_until_something_changes(client: Client) -> None:
    one = make_course_start()
    other = make_course_start(school=one.school)
    tag = client.get(CATALOGUE)["ETag"]

    def asked() -> tuple[int, str]:
        response = client.get(CATALOGUE, headers={"if-none-match": tag})
        assert "public" in response["Cache-Control"] and response["Access-Control-Allow-Origin"] == "*"
        return response.status_code, response["ETag"]

    assert asked() == (304, tag)
    assert client.get(CATALOGUE, headers={"if-none-match": tag}).content == b""
    CourseStart.objects.filter(pk=one.pk).update(seats_taken=1)
    status, tag = asked()
    assert status == 200
    CourseStart.objects.filter(pk=one.pk).update(seats_taken=0)
    CourseStart.objects.filter(pk=other.pk).update(seats_taken=1)
    status, tag = asked()
    assert status == 200, "a seat given back here and one taken there are two changes"
    agreement = Agreement.objects.get(school=one.school)
    record(verb="agreement.changed", by=SYSTEM, subject=agreement, authority_id=one.authority_id, now=time.now())
    assert asked()[0] == 200


def test_the_answer_is_compressed_for_who_can_read_it(client: Client) -> None:
    make_course_start()
    plain = client.get(CATALOGUE).getvalue()
    response = client.get(CATALOGUE, headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip" and "Accept-Encoding" in response["Vary"]
    assert gzip.decompress(response.getvalue()).partition(b"course_starts")[2] == plain.partition(b"course_starts")[2]


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
