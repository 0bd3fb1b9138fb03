"""The long figures: what the demo takes to make, and what its pages cost. Written to the report of `make proof`."""

import os
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kursvis.accounts.models import User
from kursvis.core import time
from kursvis.demo.rules.cast import member
from kursvis.demo.services.check import self_check
from kursvis.demo.services.whole import make_demo

pytestmark = pytest.mark.proof
MOST_QUERIES = 15
MOST_SECONDS_FOR_THE_DEMO = 60
PAGES = {
    None: ["/kurser/", "/kurser/?q=matte"],
    "school_administrator": ["/", "/kursstarter/", "/ansokningar/", "/kursplacering/", "/grupper/", "/studerande/?q=a",
                             "/betyg/", "/kataloger/", "/utskick/"],
    "admissions_officer": ["/", "/kursstarter/?lage=submitted", "/ansokningar/?lage=alla", "/studerande/"],
    "system_administrator": ["/personal/", "/personal/?lage=tar-slut", "/personal/aktivering/",
                             "/installningar/delegationer/"],
    "grade_registrar": ["/", "/betyg/", "/kataloger/"],
    "teacher": ["/", "/grupper/", "/betyg/"],
    "student": ["/", "/mina-ansokningar/", "/mina-studier/", "/mina-betyg/"],
}  # fmt: skip
ROUNDS = 5


def _write(line: str) -> None:
    report = os.environ.get("KURSVIS_PROOF_FILE")
    if report:
        with Path(report).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def _cost(client: Client, address: str) -> tuple[int, float]:
    """Return the queries of a page, without the transaction's own words, and the median seconds of some rounds."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    asked = [q for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    seconds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        client.get(address)
        seconds.append(perf_counter() - began)
    return len(asked), median(seconds)


def test_the_demo_is_made_in_a_minute_and_its_pages_are_cheap(committed: None) -> None:
    began = perf_counter()
    made = make_demo(size="demo", today=time.today())
    taken = perf_counter() - began
    _write(f"\n## The demo\n\n{made}, made in {taken:.0f} s; the self-check finds {self_check() or 'nothing'}.")
    _write("\n## Pages with the demo's data\n\n| who | page | queries | median ms |\n|---|---|---|---|")
    dear = []
    for who, addresses in PAGES.items():
        client = Client()
        if who:
            user = User.objects.get(personnummer=member(who).personnummer)
            client.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
        for address in addresses:
            queries, seconds = _cost(client, address)
            _write(f"| {who or 'anybody'} | `{address}` | {queries} | {seconds * 1000:.0f} |")
            dear += [(who, address, queries)] if queries > MOST_QUERIES else []
    assert dear == []
    assert self_check() == {}
    assert taken < MOST_SECONDS_FOR_THE_DEMO
