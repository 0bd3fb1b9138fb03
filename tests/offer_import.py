"""How long an import of valid rows takes: its dry run, carrying it out and taking it back, by a worker of its own."""

from time import perf_counter

from kursvis.catalogue.models import CourseStart, OfferImport
from kursvis.catalogue.rules.imports.columns import restored
from kursvis.catalogue.services import imports
from kursvis.catalogue.tests.factories import make_course
from kursvis.catalogue.tests.imports import csv_of, send
from kursvis.catalogue.tests.test_imports import Setting
from kursvis.core import time
from kursvis.work import services
from kursvis.work.models import Run
from tests.bulk import worked

COURSES = 100


def measure(rows: int) -> dict[str, float]:
    """Return the seconds of each step of an import of so many rows, all new."""
    at = Setting()
    courses = [make_course() for _ in range(COURSES)]
    content = csv_of([at.row(courses[n % COURSES], ort=f"Sal {n // COURSES}") for n in range(rows)])
    seconds = {}
    began = perf_counter()
    sent: OfferImport = send(at.school, content, by=at.by)
    reading = restored(sent.reading)
    run: Run = imports.look_through(offer_import=sent, reading=reading, by=at.by, now=time.now())
    seconds["sending and reading the file"] = perf_counter() - began
    seconds["dry run"] = worked(run)
    run.refresh_from_db()
    services.start(run=run, by=at.by, now=time.now())
    seconds["carrying it out"] = worked(run)
    assert CourseStart.objects.count() == rows
    run.refresh_from_db()
    services.undo(run=run, by=at.by, now=time.now())
    seconds["taking it back"] = worked(run)
    assert not CourseStart.objects.exists()
    return seconds
