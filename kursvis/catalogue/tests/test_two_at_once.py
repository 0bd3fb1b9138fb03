"""Eight people press at once: exactly one wins, the others are told politely."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from kursvis.access.actors import SYSTEM
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused

S = CourseStartStatus
PEOPLE = 8


def all_at_once(prepare: Callable[[], Callable[[], object]]) -> Counter[str]:
    """Let eight threads read first and press together; return how often each outcome came."""
    together = Barrier(PEOPLE)

    def press(_: int) -> str:
        try:
            step = prepare()
            together.wait(timeout=20)
            step()
            return "done"
        except Refused as refusal:
            return refusal.reasons[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return Counter(people.map(press, range(PEOPLE)))


@pytest.mark.usefixtures("committed")
def test_one_gets_the_last_seat() -> None:
    course_start = make_course_start(seats=1)
    outcomes = all_at_once(lambda: lambda: offer.take_seat(course_start_id=course_start.pk))
    assert outcomes == {"done": 1, "catalogue.full": PEOPLE - 1}
    course_start.refresh_from_db()
    assert course_start.seats_taken == 1


@pytest.mark.usefixtures("committed")
def test_one_publishes() -> None:
    course_start = make_course_start(status=S.SUBMITTED)

    def prepare() -> Callable[[], object]:
        read = CourseStart.objects.select_related("round__period").get(pk=course_start.pk)
        return lambda: offer.publish(course_start=read, by=SYSTEM, now=time.now())

    assert all_at_once(prepare) == {"done": 1, "core.changed_meanwhile": PEOPLE - 1}
    assert [event.verb for event in about(course_start)].count("course_start.published") == 1
