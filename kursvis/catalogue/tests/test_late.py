"""An offer that comes in after the period's last day: with a reason, seen as late, and decided of on its own (R13)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart, Period
from kursvis.catalogue.rules import late
from kursvis.catalogue.rules.late import Entry
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start, make_round, walk
from kursvis.core import time
from kursvis.core.reasons import Refused

S = CourseStartStatus
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
WHY = "Läraren anställdes först i veckan."
LAST_DAY = date(2026, 4, 1)


@given(DAYS, st.none() | DAYS, DAYS, st.sampled_from(PeriodKind), st.sampled_from(["", " \n", WHY]))
@example(LAST_DAY, None, LAST_DAY, PeriodKind.ROUNDS, "")
@example(LAST_DAY, None, LAST_DAY + timedelta(days=1), PeriodKind.ROUNDS, "")
def test_late_is_after_the_last_day_counted_from_when_it_first_came_in(
    offer_by: date, submitted_on: date | None, today: date, kind: PeriodKind, reason: str
) -> None:
    entry = Entry(kind, offer_by, submitted_on, reason)
    days = late.days_late(entry, today=today)
    came_in_time = submitted_on is not None and not reason.strip()
    is_late = kind is PeriodKind.ROUNDS and (submitted_on or today) > offer_by and not came_in_time
    assert (days > 0) is is_late
    if is_late:
        assert offer_by + timedelta(days=days) == (submitted_on or today)
    assert bool(late.against_entering(entry, today=today)) is (is_late and reason != WHY)
    assert late.came_in_late(entry) == (days if submitted_on else 0)


def who() -> dict[str, Any]:
    return {"by": SYSTEM, "now": time.now()}


@pytest.mark.django_db
def test_a_late_offer_needs_a_reason_is_marked_and_is_accepted_as_a_decision_of_its_own() -> None:
    course_start = make_course_start(status=S.DRAFT, never_sent_in=True)
    with pytest.raises(Refused) as refusal:
        offer.submit(course_start=course_start, **who())
    assert [reason.code for reason in refusal.value.reasons] == ["catalogue.late_reason_missing"]
    offer.submit(course_start=course_start, late_reason=WHY, **who())
    course_start.refresh_from_db()
    days = (time.today() - course_start.round.period.offer_by).days
    assert (course_start.days_late, course_start.late_reason) == (days, WHY)
    offer.send_back(course_start=course_start, reason="Skriv om provet.", **who())
    offer.submit(course_start=course_start, **who())
    assert course_start.late_reason == WHY, "who sends a corrected one again need not say it again"
    offer.publish(course_start=course_start, **who())
    accepted = [event.detail for event in about(course_start) if event.verb == "course_start.late_accepted"]
    assert accepted == [{"days": days, "late_reason": WHY}]
    offer.hide(course_start=course_start, **who())
    offer.publish(course_start=course_start, **who())
    assert [event.verb for event in about(course_start)].count("course_start.late_accepted") == 1


@pytest.mark.django_db
def test_what_came_in_in_time_is_not_late_when_it_is_sent_again_unless_it_moves_to_another_period() -> None:
    course_start = make_course_start(status=S.DRAFT)
    walk(course_start, S.SUBMITTED)
    assert (course_start.days_late, course_start.late_reason) == (0, "")
    offer.send_back(course_start=course_start, reason="Skriv om provet.", **who())
    other = make_round(authority=course_start.authority, starts_on=course_start.starts_on + timedelta(days=7))
    names = ("course", "ends_on", "points", "seats", "study_form", "place", "description", "weekly_pattern")
    values = {name: getattr(course_start, name) for name in (*names, "schedule_note")}
    offer.edit_course_start(course_start=course_start, **values, round=other, **who())
    course_start.refresh_from_db()
    with pytest.raises(Refused):
        offer.submit(course_start=course_start, **who())


@pytest.mark.django_db
def test_what_came_in_in_time_stays_in_time_when_the_municipality_moves_the_last_day() -> None:
    course_start = make_course_start(status=S.SUBMITTED)
    Period.objects.update(offer_by=course_start.round.period.offer_by - timedelta(days=3))
    row = CourseStart.objects.select_related("round__period").get(pk=course_start.pk)
    assert (row.submitted_on or date.max) > row.round.period.offer_by and row.days_late == 0


@pytest.mark.django_db
def test_the_database_keeps_no_reason_of_what_never_came_in() -> None:
    course_start = make_course_start(status=S.DRAFT, never_sent_in=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseStart.objects.filter(pk=course_start.pk).update(late_reason=WHY)


@pytest.mark.django_db
def test_the_school_sees_before_what_happens_and_the_municipality_finds_what_came_late() -> None:
    course_start = make_course_start(status=S.DRAFT, never_sent_in=True)
    in_time = make_course_start(school=course_start.school, status=S.SUBMITTED)
    at_school = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=course_start.school))
    officer = as_user(make_staff(Role.ADMISSIONS_OFFICER, authority=course_start.authority))
    page = reverse("catalogue:show_course_start", args=[course_start.uuid])
    sending = reverse("catalogue:submit_late", args=[course_start.uuid])
    assert sending in at_school.get(page).text
    assert str(Period.objects.earliest("pk").offer_by) in at_school.get(sending).text
    assert at_school.post(sending, {"late_reason": " "}).status_code == 200, "asked again"
    assert at_school.post(sending, {"late_reason": WHY}).url == page
    shown = officer.get(page).text
    assert WHY in shown and "Godkänn sen anmälan och publicera" in shown and "dagar efter sista dag" in shown
    found = officer.get(reverse("catalogue:list_course_starts"), {"sen": "1"}).text
    assert course_start.course.code in found and in_time.course.code not in found
