"""The same file is imported several times at once: nothing becomes double."""

import pytest

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course
from kursvis.catalogue.tests.imports import codes
from kursvis.catalogue.tests.test_imports import Setting
from kursvis.core import time
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.work import services

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
