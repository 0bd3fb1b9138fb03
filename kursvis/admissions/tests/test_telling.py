"""Applicants are told, once, when a course start that they have applied to gets other days, times or another place."""

from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from kursvis.access.actors import SYSTEM
from kursvis.admissions import services
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart, CourseStartChange
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.catalogue.tests.test_editing import whole
from kursvis.core import time
from kursvis.people.rules import Protection
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C = ChoiceStatus


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="admissions.tell_changes").count()


def told(start: CourseStart) -> int:
    return services.tell_changes(course_start_id=start.pk, now=time.now())


def applied_to() -> CourseStart:
    """Return a course start with four living choices, one of a protected person, and three that are none."""
    office = Office()
    start = make_course_start(school=office.school)
    given: dict[str, Any] = {"office": office, "course_start": start}
    for status in (C.SUBMITTED, C.DISTRIBUTED, C.PLACED):
        make_choice(**given, status=status)
    make_choice(**given, protection=Protection.SECRECY_MARK)
    make_choice(**given, status=C.DECIDED, outcome=Outcome.REFUSED)
    make_choice(**given, status=C.WITHDRAWN)
    make_choice(**given, status=C.DRAFT)
    Message.objects.all().delete()
    start.refresh_from_db()
    return start


def test_each_living_applicant_is_told_once_and_a_protected_one_by_her_own_route() -> None:
    start = applied_to()
    offer.edit_course_start(**whole(start, place="Sal 9"))
    offer.edit_course_start(**whole(start, place="Sal 10", schedule_note="Varannan vecka"))
    assert jobs() == 2
    assert told(start) == 4 and told(start) == 0
    assert Message.objects.filter(channel="email", address="elev@example.org", sealed=False).count() == 3
    protected = Message.objects.get(sealed=True)
    assert (protected.channel, protected.address) == ("protected", "")
    assert "Lokal eller adress: Sal 10 (förut Björkgatan 3)" in protected.body and "Sal 9" not in protected.body
    assert set(CourseStartChange.objects.values_list("told", flat=True)) == {4}
    last = about(start).last()
    assert last is not None and (last.verb, last.detail) == ("course_start.change_told", {"told": 4})


def test_what_was_changed_back_is_told_to_nobody() -> None:
    start = applied_to()
    for place in ("Sal 9", "Björkgatan 3"):
        offer.edit_course_start(**whole(start, place=place))
    assert told(start) == 0 and not Message.objects.exists()
    assert not CourseStartChange.objects.filter(told_at=None).exists()


def test_what_was_changed_in_a_draft_is_told_when_it_is_published_again() -> None:
    start = applied_to()
    who: dict[str, Any] = {"course_start": start, "by": SYSTEM, "now": time.now()}
    offer.withdraw(**who)
    offer.send_back(**who, reason="Enligt överenskommelse.")
    offer.edit_course_start(**whole(start, place="Sal 9"))
    assert (jobs(), told(start)) == (0, 0)
    offer.submit(**who)
    offer.publish(**who)
    assert (jobs(), told(start)) == (1, 4)
