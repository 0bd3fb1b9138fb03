from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kursvis.catalogue import wording
from kursvis.catalogue.rules import completeness, editing, offer
from kursvis.catalogue.rules.offer import TRANSITIONS, CourseStartFacts, CourseStartStatus

S = CourseStartStatus
START = date(2027, 1, 11)
DAY_BEFORE = START - timedelta(days=1)
FACTS = CourseStartFacts(
    status=S.DRAFT,
    starts_on=START,
    ends_on=date(2027, 3, 19),
    opens_on=date(2026, 11, 1),
    apply_by=date(2026, 11, 29),
    seats=30,
    seats_taken=0,
    applicants=0,
    stopped=False,
    description="Vi träffas två kvällar i veckan.",
    schedule="tisdag och torsdag 18.00–20.30",
)


def facts(**changes: object) -> CourseStartFacts:
    return replace(FACTS, **changes)


def codes(reasons: list[offer.Reason]) -> set[str]:
    return {reason.code for reason in reasons}


# which steps are open in each state; every state has a row
OPEN = {
    S.DRAFT: {"edit", "submit", "cancel"},
    S.SUBMITTED: {"send_back", "publish", "cancel"},
    S.PUBLISHED: {"edit", "hide", "withdraw", "cancel", "stop"},
    S.HIDDEN: {"edit", "publish", "withdraw", "cancel", "stop"},
    S.CANCELLED: set(),
}


@pytest.mark.parametrize("status", list(S))
def test_each_state_opens_its_steps_and_no_others(status: CourseStartStatus) -> None:
    here = facts(status=status)
    against = {
        "edit": editing.against_editing(here),
        "submit": offer.against_submitting(here, today=DAY_BEFORE),
        "send_back": offer.against_sending_back(here),
        "publish": offer.against_publishing(here, today=DAY_BEFORE),
        "hide": offer.against_hiding(here),
        "withdraw": offer.against_withdrawing(here),
        "cancel": offer.against_cancelling(here),
        "stop": offer.against_stopping(here),
    }
    assert {step for step, reasons in against.items() if not reasons} == OPEN[status]


def test_every_state_but_the_last_leads_on_and_every_state_is_reached() -> None:
    assert set(TRANSITIONS) == set(S)
    assert {status for status, onward in TRANSITIONS.items() if not onward} == {S.CANCELLED}
    assert set().union(*TRANSITIONS.values()) == set(S)


@pytest.mark.parametrize("today, may", [(DAY_BEFORE, True), (START, False), (START + timedelta(days=1), False)])
def test_nothing_is_submitted_or_published_from_its_start_on(today: date, may: bool) -> None:
    assert (offer.against_submitting(FACTS, today=today) == []) is may
    assert (offer.against_publishing(facts(status=S.SUBMITTED), today=today) == []) is may


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"description": " "}, "catalogue.description_missing"),
        ({"schedule": ""}, "catalogue.weekly_pattern_missing"),
    ],
)
def test_an_offer_is_complete_before_the_municipality_gets_it(changes: dict[str, object], code: str) -> None:
    assert codes(completeness.against_incomplete(facts(**changes))) == {code}


@pytest.mark.parametrize(
    "changes, today, code",
    [
        ({}, date(2026, 10, 31), "catalogue.not_open_yet"),
        ({}, date(2026, 11, 1), None),
        ({}, date(2026, 11, 29), None),
        ({}, date(2026, 11, 30), "catalogue.closed"),
        ({"stopped": True}, date(2026, 11, 10), "catalogue.stopped"),
        ({"status": S.HIDDEN}, date(2026, 11, 10), "catalogue.not_published"),
        ({"status": S.DRAFT}, date(2026, 11, 10), "catalogue.not_published"),
        ({"seats_taken": 30, "applicants": 90}, date(2026, 11, 10), None),
    ],
)
def test_open_for_application_follows_from_dates_and_stops(
    changes: dict[str, object], today: date, code: str | None
) -> None:
    published = facts(**({"status": S.PUBLISHED} | changes))
    assert codes(offer.against_applying(published, today=today)) == ({code} if code else set())


@given(seats=st.integers(1, 40), taken=st.integers(0, 40))
def test_seats_are_exact(seats: int, taken: int) -> None:
    here = facts(status=S.PUBLISHED, seats=seats, seats_taken=taken)
    assert (offer.against_taking_a_seat(here) == []) == (taken < seats)
    assert (offer.against_seats(seats=seats, seats_taken=taken) == []) == (taken <= seats)


def test_no_seat_is_taken_on_a_cancelled_start_and_none_is_cancelled_with_placed_students() -> None:
    assert codes(offer.against_taking_a_seat(facts(status=S.CANCELLED))) == {"catalogue.cancelled"}
    assert codes(offer.against_cancelling(facts(status=S.PUBLISHED, seats_taken=1))) == {"catalogue.has_placed"}


@pytest.mark.parametrize(
    "in_register, points, code",
    [
        (100, 100, None),
        (100, 50, "catalogue.points_differ"),
        (None, 150, None),
        (None, 0, "catalogue.points_missing"),
    ],
)
def test_points_are_the_registers_where_it_gives_any(in_register: int | None, points: int, code: str | None) -> None:
    assert codes(offer.against_points(in_register=in_register, points=points)) == ({code} if code else set())


def test_who_has_applied_keeps_the_course_and_the_round() -> None:
    assert editing.against_another_course_or_round(FACTS) == []
    assert codes(editing.against_another_course_or_round(facts(applicants=1))) == {"catalogue.has_applicants"}


def test_applications_are_stopped_once_and_resumed_once() -> None:
    published = facts(status=S.PUBLISHED)
    assert codes(offer.against_resuming(published)) == {"catalogue.not_stopped"}
    stopped = replace(published, stopped=True)
    assert codes(offer.against_stopping(stopped)) == {"catalogue.stopped_already"}
    assert offer.against_resuming(stopped) == []


@pytest.mark.parametrize("ends_on, may", [(START, False), (START + timedelta(days=1), True)])
def test_a_course_ends_after_it_starts(ends_on: date, may: bool) -> None:
    assert (offer.against_dates(starts_on=START, ends_on=ends_on) == []) is may


class Life(RuleBasedStateMachine):
    """A course start under random steps: a step that the rules allow is in the table, and the promises hold."""

    def __init__(self) -> None:
        super().__init__()
        self.facts = FACTS
        self.today = date(2026, 10, 1)
        self.visited = [S.DRAFT]

    def go(self, reasons: list[offer.Reason], new: CourseStartStatus) -> None:
        assert codes(reasons) <= set(wording.REASONS), "every reason is worded"
        if not reasons:
            assert new in TRANSITIONS[self.facts.status]
            self.facts = replace(self.facts, status=new)
            self.visited.append(new)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule()
    def submit(self) -> None:
        self.go(offer.against_submitting(self.facts, today=self.today), S.SUBMITTED)

    @rule()
    def send_back(self) -> None:
        self.go(offer.against_sending_back(self.facts), S.DRAFT)

    @rule()
    def publish(self) -> None:
        self.go(offer.against_publishing(self.facts, today=self.today), S.PUBLISHED)

    @rule()
    def hide(self) -> None:
        self.go(offer.against_hiding(self.facts), S.HIDDEN)

    @rule()
    def withdraw(self) -> None:
        self.go(offer.against_withdrawing(self.facts), S.SUBMITTED)

    @rule()
    def cancel(self) -> None:
        self.go(offer.against_cancelling(self.facts), S.CANCELLED)

    @rule()
    def take_a_seat(self) -> None:
        if not offer.against_taking_a_seat(self.facts):
            self.facts = replace(self.facts, seats_taken=self.facts.seats_taken + 1)

    @precondition(lambda self: self.facts.seats_taken)
    @rule()
    def free_a_seat(self) -> None:
        self.facts = replace(self.facts, seats_taken=self.facts.seats_taken - 1)

    @invariant()
    def seats_hold(self) -> None:
        assert 0 <= self.facts.seats_taken <= self.facts.seats

    @invariant()
    def nobody_applies_to_what_is_not_shown(self) -> None:
        if not offer.against_applying(self.facts, today=self.today):
            assert self.facts.status is S.PUBLISHED
            assert self.facts.opens_on <= self.today <= self.facts.apply_by

    @invariant()
    def cancelled_is_the_end(self) -> None:
        assert S.CANCELLED not in self.visited[:-1]

    @invariant()
    def what_was_published_was_submitted(self) -> None:
        if S.PUBLISHED in self.visited:
            assert S.SUBMITTED in self.visited[: self.visited.index(S.PUBLISHED)]


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=2000, stateful_step_count=20)
