"""Eight people press at once: exactly one wins, the others are told politely."""

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race

pytestmark = pytest.mark.usefixtures("committed")


def test_one_gets_the_last_seat() -> None:
    course_start = make_course_start(seats=1)
    results = race(lambda _: offer.take_seat(course_start_id=course_start.pk))
    assert results == ["catalogue.full"] * (AT_ONCE - 1) + ["won"]
    course_start.refresh_from_db()
    assert course_start.seats_taken == 1


def test_what_was_emptied_on_another_page_is_not_sent_in_by_an_old_one() -> None:
    course_start = make_course_start(status=CourseStartStatus.DRAFT)
    old_page = CourseStart.objects.select_related("round__period").get(pk=course_start.pk)
    CourseStart.objects.filter(pk=course_start.pk).update(description="")
    with pytest.raises(Refused) as refusal:
        offer.submit(course_start=old_page, by=SYSTEM, now=time.now())
    assert [reason.code for reason in refusal.value.reasons] == ["catalogue.description_missing"]


def test_one_publishes() -> None:
    course_start = make_course_start(status=CourseStartStatus.SUBMITTED)
    seen = [CourseStart.objects.select_related("round__period").get(pk=course_start.pk) for _ in range(AT_ONCE)]
    results = race(lambda number: offer.publish(course_start=seen[number], by=SYSTEM, now=time.now()))
    assert results == ["core.changed_meanwhile"] * (AT_ONCE - 1) + ["won"]
    assert [event.verb for event in about(course_start)].count("course_start.published") == 1
