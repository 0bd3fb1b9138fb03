"""The course of an enrolment: did not start, moved end, completed; dates, seats, events."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from kursvis.admissions.models import Choice
from kursvis.admissions.tests.factories import Office
from kursvis.audit.models import Event
from kursvis.audit.tests.remembering import Memory
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import race
from kursvis.core.tests.sequences import database_sequences
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_school
from kursvis.people.tests.factories import make_student
from kursvis.studies import services
from kursvis.studies.models import Enrolment, EnrolmentStep
from kursvis.studies.rules import EnrolmentOutcome, GroupKind
from kursvis.studies.tests.factories import make_distributed, make_enrolment, make_group, reread
from kursvis.studies.tests.test_placing import refused


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def enrolment(office: Office) -> Enrolment:
    return make_enrolment(office=office)


def on_start(enrolment: Enrolment, office: Office, days: int = 0) -> dict[str, Any]:
    now = time.at_noon(enrolment.starts_on + timedelta(days=days))
    return {"enrolment": enrolment, "by": office.administrator, "now": now}


def seats(enrolment: Enrolment) -> int:
    assert enrolment.choice is not None
    return CourseStart.objects.get(pk=enrolment.choice.course_start_id).seats_taken


def steps(enrolment: Enrolment) -> list[str]:
    return list(EnrolmentStep.objects.filter(enrolment=enrolment).order_by("pk").values_list("verb", flat=True))


def logged(enrolment: Enrolment, verb: str) -> Event:
    return Event.objects.get(verb=f"enrolment.{verb}", subject_id=enrolment.pk, student_id=enrolment.student_id)


def test_did_not_start_is_dated_by_the_start_and_keeps_the_end(office: Office, enrolment: Enrolment) -> None:
    end = enrolment.ends_on
    services.did_not_start(**on_start(enrolment, office, days=9))
    stored = reread(enrolment)
    assert (stored.outcome, stored.outcome_on, stored.ends_on) == ("not_started", stored.starts_on, end)
    assert seats(stored) == 0
    assert steps(stored) == ["placed", "did_not_start"]
    event = logged(stored, "did_not_start")
    assert event.detail["on"] == stored.starts_on.isoformat() and event.actor_id == office.administrator.user_id


def test_it_is_refused_the_day_before(office: Office, enrolment: Enrolment) -> None:
    assert refused(lambda: services.did_not_start(**on_start(enrolment, office, days=-1))) == ["studies.not_begun_yet"]
    assert seats(enrolment) == 1 and steps(enrolment) == ["placed"]


def test_it_is_undone_with_the_seat(office: Office, enrolment: Enrolment) -> None:
    services.did_not_start(**on_start(enrolment, office))
    services.undo_did_not_start(**on_start(enrolment, office))
    stored = reread(enrolment)
    assert (stored.outcome, stored.outcome_on) == ("none", None) and seats(stored) == 1
    assert steps(stored) == ["placed", "did_not_start", "did_not_start_undone"]
    assert logged(stored, "did_not_start_undone").detail["new"] == "none"
    again = lambda: services.undo_did_not_start(**on_start(stored, office))  # noqa: E731
    assert refused(again) == ["studies.was_not_marked_not_started"]


def test_it_is_not_undone_when_the_seat_is_gone(office: Office) -> None:
    start = make_course_start(school=office.school, seats=1)
    group = make_group(office=office, course_start=start)
    absent, present = make_enrolment(office=office, group=group), make_distributed(office=office, course_start=start)
    services.did_not_start(**on_start(absent, office))
    on_the_day = time.at_noon(start.starts_on)
    services.place(choice=present, group=group, by=office.administrator, now=on_the_day)
    assert refused(lambda: services.undo_did_not_start(**on_start(absent, office))) == ["catalogue.full"]
    assert reread(absent).outcome == "not_started" and seats(absent) == 1


def test_nobody_handles_her_own_studies(office: Office) -> None:
    mine = make_enrolment(office=office)
    own_record = make_student(user=office.administrator_user, authority=office.school.authority)
    Enrolment.objects.filter(pk=mine.pk).update(student=own_record)
    mine = reread(mine)
    assert refused(lambda: services.did_not_start(**on_start(mine, office))) == ["core.own_case"]
    moved = lambda: services.move_end(**on_start(mine, office), ends_on=mine.starts_on, note="")  # noqa: E731
    assert refused(moved) == ["core.own_case"]


def test_the_end_is_moved_with_its_step(office: Office, enrolment: Enrolment) -> None:
    old, new = enrolment.ends_on, enrolment.ends_on - timedelta(days=7)
    services.move_end(**on_start(enrolment, office), ends_on=new, note="Betyg före slutdatum")
    stored = reread(enrolment)
    assert stored.ends_on == new
    step = EnrolmentStep.objects.get(enrolment=stored, verb="end_moved")
    assert (step.old, step.new, step.note) == (old.isoformat(), new.isoformat(), "Betyg före slutdatum")
    assert logged(stored, "end_moved").detail["old"] == old.isoformat()
    services.move_end(**on_start(enrolment, office), ends_on=new, note="")
    assert steps(stored) == ["placed", "end_moved"]


def test_the_end_is_not_moved_before_the_start_or_by_two(office: Office, enrolment: Enrolment) -> None:
    early = enrolment.starts_on - timedelta(days=1)
    step = on_start(enrolment, office)
    assert refused(lambda: services.move_end(**step, ends_on=early, note="")) == ["studies.end_before_start"]
    stale = reread(enrolment)
    services.move_end(**step, ends_on=enrolment.ends_on - timedelta(days=1), note="")
    second = on_start(stale, office)
    assert refused(lambda: services.move_end(**second, ends_on=stale.starts_on, note="")) == ["core.changed_meanwhile"]


def test_a_provning_moves_as_one_day(office: Office) -> None:
    start = make_course_start(school=office.school)
    group = make_group(office=office, course_start=start, kind=GroupKind.PROVNING, ends_on=start.starts_on)
    enrolment = make_enrolment(office=office, group=group)
    earlier = start.starts_on - timedelta(days=3)
    services.move_end(**on_start(enrolment, office), ends_on=earlier, note="")
    assert (reread(enrolment).starts_on, reread(enrolment).ends_on) == (earlier, earlier)


@pytest.mark.django_db
def test_an_extension_over_new_year_is_refused_on_a_temporary_agreement() -> None:
    office = Office(school=make_school(agreement=AgreementKind.TEMPORARY))
    year = time.today().year + 1
    first = time.today().replace(year=year, month=8, day=9)
    start = make_course_start(school=office.school, starts_on=first, ends_on=first.replace(month=12, day=17))
    enrolment = make_enrolment(office=office, group=make_group(office=office, course_start=start))
    step = on_start(enrolment, office)
    over = first.replace(year=year + 1, month=1, day=15)
    assert refused(lambda: services.move_end(**step, ends_on=over, note="")) == ["organisation.temporary_agreement"]
    services.move_end(**step, ends_on=first.replace(month=12, day=22), note="")


def test_completed_by_the_lock_and_taken_back(office: Office, enrolment: Enrolment) -> None:
    step = on_start(enrolment, office, days=100)
    early = enrolment.ends_on - timedelta(days=1)
    assert refused(lambda: services.complete(**step, on=early)) == ["studies.completed_on_the_end_date"]
    services.complete(**step, on=enrolment.ends_on)
    stored = reread(enrolment)
    assert (stored.outcome, stored.outcome_on, stored.has_locked_grade) == ("completed", stored.ends_on, True)
    assert seats(stored) == 1
    ended = on_start(stored, office, days=100)
    assert refused(lambda: services.did_not_start(**ended)) == ["studies.already_ended", "studies.has_locked_grade"]
    moved = lambda: services.move_end(**ended, ends_on=early, note="")  # noqa: E731
    assert refused(moved) == ["studies.already_ended", "studies.has_locked_grade"]
    services.take_back_completion(**ended)
    opened = reread(stored)
    assert (opened.outcome, opened.outcome_on, opened.has_locked_grade) == ("none", None, False)
    assert steps(opened) == ["placed", "completed", "completion_taken_back"]
    assert logged(opened, "completed") and logged(opened, "completion_taken_back")
    twice = lambda: services.take_back_completion(**on_start(opened, office))  # noqa: E731
    assert refused(twice) == ["studies.was_not_completed"]


def test_eight_at_once_mark_that_she_did_not_start(committed: None) -> None:
    office = Office()
    enrolment = make_enrolment(office=office)
    copies = [reread(enrolment) for _ in range(8)]
    told = race(lambda index: services.did_not_start(**on_start(copies[index], office)))
    assert told == ["core.changed_meanwhile"] * 7 + ["won"]
    assert seats(enrolment) == 0 and steps(enrolment) == ["placed", "did_not_start"]


STEP = st.tuples(
    st.sampled_from(["place", "place", "did_not_start", "undo", "move", "complete", "take_back"]),
    st.integers(0, 3),
    st.integers(-3, 80),
)


@pytest.mark.sequences
@pytest.mark.django_db
@database_sequences
@given(sequence=st.lists(STEP, min_size=4, max_size=14))
def test_seats_and_dates_hold_after_any_sequence(small_school: "SmallSchool", sequence: list[Any]) -> None:
    with transaction.atomic():
        memory = Memory(Choice, Enrolment)
        for name, index, days in sequence:
            small_school.try_step(name, index, days)
            small_school.check()
            memory.keep()
        memory.check()
        transaction.set_rollback(True)


class SmallSchool:
    """Four applicants to two seats, and every step that can be tried on them."""

    def __init__(self) -> None:
        self.office = Office()
        self.start = make_course_start(school=self.office.school, seats=2)
        self.group = make_group(office=self.office, course_start=self.start)
        self.choices = [make_distributed(office=self.office, course_start=self.start) for _ in range(4)]

    def try_step(self, name: str, index: int, days: int) -> None:
        """Try a step on one of the four, some days from the start; a refusal changes nothing."""
        choice = Choice.objects.select_related("course_start").get(pk=self.choices[index].pk)
        day = self.start.starts_on + timedelta(days=-days if name == "place" else days)
        common: dict[str, Any] = {"by": self.office.administrator, "now": time.at_noon(day)}
        enrolment = Enrolment.objects.filter(choice=choice).first()
        try:
            if enrolment is None and name == "place":
                services.place(choice=choice, group=self.group, **common)
            elif enrolment is not None and name != "place":
                self._steps(reread(enrolment), common, day)[name]()
        except Refused:
            return

    def _steps(self, row: Enrolment, common: dict[str, Any], day: Any) -> dict[str, Callable[[], None]]:
        return {
            "did_not_start": lambda: services.did_not_start(enrolment=row, **common),
            "undo": lambda: services.undo_did_not_start(enrolment=row, **common),
            "move": lambda: services.move_end(enrolment=row, ends_on=day, note="", **common),
            "complete": lambda: services.complete(enrolment=row, on=row.ends_on, **common),
            "take_back": lambda: services.take_back_completion(enrolment=row, **common),
        }

    def check(self) -> None:
        """Seats taken are those placed who did not fail to start; the path tells the outcome."""
        rows = list(Enrolment.objects.filter(group=self.group))
        sitting = [row for row in rows if row.outcome != EnrolmentOutcome.NOT_STARTED]
        assert CourseStart.objects.get(pk=self.start.pk).seats_taken == len(sitting) <= 2
        for row in rows:
            assert row.outcome != "not_started" or row.outcome_on == row.starts_on
            assert row.outcome != "completed" or row.outcome_on == row.ends_on
            assert row.has_locked_grade == (row.outcome == "completed")
            assert (
                EnrolmentStep.objects.filter(enrolment=row).count()
                == Event.objects.filter(subject="studies.enrolment", subject_id=row.pk).count()
            )


@pytest.fixture
def small_school(db: None) -> SmallSchool:
    return SmallSchool()
