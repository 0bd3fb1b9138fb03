"""What the open catalogue's search page costs with 5 000 published starts, beside its SQL statement asked alone."""

import os
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kursvis.catalogue.tests.many_starts import make_many_starts

pytestmark = [pytest.mark.proof, pytest.mark.django_db]
STARTS = 5_000
MOST_QUERIES = 15
ROUNDS = 15
SEARCHES: dict[str, dict[str, list[str]]] = {
    "everything": {},
    "matte": {"q": ["matte"]},
    "matte, filters": {"q": ["matte"], "form": ["distance"], "tid": ["kvall", "helg"], "takt": ["50"]},
    "a part of a word": {"q": ["kunskap nivå"]},
    "nothing found": {"q": ["matemtiken"], "form": ["distance"]},
}


def test_the_search_page_is_measured_against_its_statement() -> None:
    make_many_starts(STARTS, courses=200)
    lines = []
    for name, address in SEARCHES.items():
        with CaptureQueriesContext(connection) as asked:
            assert Client().get("/kurser/", address).status_code == 200
            queries, statement = len(asked), _statement(asked)
        page = _seconds(lambda address=address: Client().get("/kurser/", address))  # type: ignore[misc]
        plain = _seconds(lambda statement=statement: _ask(statement))  # type: ignore[misc]
        lines.append(f"| {name} | {queries} | {page * 1000:.0f} | {plain * 1000:.0f} | {page / plain:.1f} |")
        assert 0 < queries <= MOST_QUERIES, name
    head = ["| search | queries | page, ms | its SQL statement alone, ms | ratio |", "|---|---|---|---|---|"]
    _write("\n".join([*head, *lines]))


def _statement(asked: CaptureQueriesContext) -> str:
    """Return the statement that searches: the longest one, whose values stand in it."""
    return str(max((query["sql"] for query in asked.captured_queries), key=len))


def _ask(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()


def _seconds(ask: Callable[[], object]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        ask()
        taken.append(perf_counter() - began)
    return median(taken)


def _write(text: str) -> None:
    print(text)
    report = os.environ.get("KURSVIS_PROOF_FILE")
    if report:
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(f"\n## The open catalogue's search, {STARTS} published starts\n\n")
            file.write(f"Median of {ROUNDS}.\n\n{text}\n")
