"""Two people at an import at once: nothing becomes double, and no run goes on without its rows."""

import pytest

from kursvis.catalogue.models import CourseStart, OfferImport, OfferImportRow
from kursvis.catalogue.rules.imports.columns import restored
from kursvis.catalogue.services import imports
from kursvis.catalogue.tests.factories import make_course
from kursvis.catalogue.tests.imports import codes
from kursvis.catalogue.tests.test_imports import Setting
from kursvis.core import time
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.work import services
from kursvis.work.models import Run, RunRow

pytestmark = pytest.mark.usefixtures("committed")
IMPORTS = 4


def test_the_same_file_at_the_same_time_makes_nothing_double() -> None:
    at = Setting()
    rows = [at.row(make_course()) for _ in range(6)]
    sent = [at.looked(rows) for _ in range(IMPORTS)]
    runs = [one.run for one in sent if one.run]
    for run in runs:
        services.start(run=run, by=at.by, now=time.now())
    assert (
        race(lambda number: services.carry_out_chunk(run_id=runs[number % IMPORTS].pk, now=time.now()))
        == ["won"] * AT_ONCE
    )
    assert CourseStart.objects.count() == 6
    assert sorted(codes(done) for done in sent) == [[[]] * 6] + [[["row_stands_already"]] * 6] * (IMPORTS - 1)


def test_of_those_who_start_and_those_who_read_the_file_anew_no_run_loses_its_rows() -> None:
    at = Setting()
    sent = at.looked([at.row(make_course()) for _ in range(6)])
    assert sent.run
    run, reading = sent.run, restored(sent.reading)

    def press(number: int) -> None:
        if number % 2:
            services.start(run=Run.objects.select_related("by").get(pk=run.pk), by=at.by, now=time.now())
        else:
            one = OfferImport.objects.select_related("school__authority").get(pk=sent.pk)
            imports.look_through(offer_import=one, reading=reading, by=at.by, now=time.now())

    told = race(press)
    assert "won" in told
    now = OfferImport.objects.get(pk=sent.pk).run
    assert now and now.status in ("preparing", "running")
    kept = set(OfferImportRow.objects.filter(offer_import=sent).values_list("pk", flat=True))
    assert set(RunRow.objects.filter(run=now).values_list("subject_id", flat=True)) == kept
    assert set(Run.objects.exclude(pk=now.pk).values_list("status", flat=True)) <= {"stopped"}
