"""The rules of studies: tables of what stands against each step, and sequences of steps without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.admissions.rules import ChoiceFacts, ChoiceStatus, ConditionStatus
from kursvis.admissions.rules import Outcome as Decided
from kursvis.catalogue.rules.offer import CourseStartFacts, CourseStartStatus
from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move
from kursvis.core.wording import sentence
from kursvis.studies import rules
from kursvis.studies.rules import EnrolmentFacts, EnrolmentOutcome, GroupFacts, GroupKind, Phase

START = date(2026, 12, 7)
END = date(2027, 2, 12)
BEFORE = START - timedelta(days=1)
O = EnrolmentOutcome  # noqa: E741
ONGOING = EnrolmentFacts(START, END, O.NONE, None, has_locked_grade=False, student_user_id=7)
NOT_STARTED = replace(ONGOING, outcome=O.NOT_STARTED, outcome_on=START)
COMPLETED = replace(ONGOING, outcome=O.COMPLETED, outcome_on=END, has_locked_grade=True)


def codes(reasons: list[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    "facts, today, phase",
    [
        (ONGOING, BEFORE, Phase.PLANNED),
        (ONGOING, START, Phase.ONGOING),
        (ONGOING, END, Phase.ONGOING),
        (ONGOING, END + timedelta(days=1), Phase.AWAITING_GRADE),
        (NOT_STARTED, START, Phase.ENDED),
        (COMPLETED, END, Phase.ENDED),
    ],
)
def test_phase_follows_from_dates_and_outcome(facts: EnrolmentFacts, today: date, phase: Phase) -> None:
    assert rules.phase(facts, today=today) is phase


@pytest.mark.parametrize(
    "today, phase",
    [(BEFORE, Phase.PLANNED), (START, Phase.ONGOING), (END, Phase.ONGOING), (END + timedelta(days=1), Phase.ENDED)],
)
def test_a_group_is_where_its_dates_say(today: date, phase: Phase) -> None:
    assert rules.group_phase(starts_on=START, ends_on=END, today=today) is phase
    ended = rules.group_phase(starts_on=START, ends_on=END, today=today, all_ended=True)
    assert ended is (Phase.ENDED if today >= END else phase)


@pytest.mark.parametrize(
    "facts, today, actor, expected",
    [
        (ONGOING, START, 1, []),
        (ONGOING, BEFORE, 1, ["studies.not_begun_yet"]),
        (NOT_STARTED, START, 1, ["studies.already_ended"]),
        (COMPLETED, END, 1, ["studies.already_ended", "studies.has_locked_grade"]),
        (ONGOING, START, 7, ["core.own_case"]),
    ],
)
def test_did_not_start(facts: EnrolmentFacts, today: date, actor: int, expected: list[str]) -> None:
    assert codes(rules.against_not_started(facts, today=today, actor_user_id=actor)) == expected


def test_undoing_did_not_start() -> None:
    assert rules.against_undoing_not_started(NOT_STARTED, actor_user_id=1) == []
    assert codes(rules.against_undoing_not_started(ONGOING, actor_user_id=7)) == [
        "studies.was_not_marked_not_started",
        "core.own_case",
    ]


@pytest.mark.parametrize(
    "facts, ends_on, actor, expected",
    [
        (ONGOING, START, 1, []),
        (ONGOING, END + timedelta(days=30), 1, []),
        (ONGOING, BEFORE, 1, ["studies.end_before_start"]),
        (COMPLETED, END, 1, ["studies.already_ended", "studies.has_locked_grade"]),
        (ONGOING, END, 7, ["core.own_case"]),
    ],
)
def test_moving_the_end(facts: EnrolmentFacts, ends_on: date, actor: int, expected: list[str]) -> None:
    assert codes(rules.against_moving_end(facts, ends_on=ends_on, actor_user_id=actor)) == expected


@pytest.mark.parametrize(
    "facts, on, actor, expected",
    [
        (ONGOING, END, 1, []),
        (ONGOING, START, 1, ["studies.completed_on_the_end_date"]),
        (NOT_STARTED, END, 1, ["studies.already_ended"]),
        (ONGOING, END, 7, ["core.own_case"]),
    ],
)
def test_completing(facts: EnrolmentFacts, on: date, actor: int, expected: list[str]) -> None:
    assert codes(rules.against_completing(facts, on=on, actor_user_id=actor)) == expected


def test_taking_back_a_completion() -> None:
    assert rules.against_taking_back_completion(COMPLETED, actor_user_id=1) == []
    assert codes(rules.against_taking_back_completion(ONGOING, actor_user_id=7)) == [
        "studies.was_not_completed",
        "core.own_case",
    ]


@pytest.mark.parametrize(
    "kind, starts_on, ends_on, expected",
    [
        (GroupKind.ORDINARY, START, END, []),
        (GroupKind.ORDINARY, END, START, ["studies.group_ends_before_start"]),
        (GroupKind.PROVNING, START, START, []),
        (GroupKind.PROVNING, START, END, ["studies.provning_is_one_day"]),
    ],
)
def test_the_dates_of_a_group(kind: GroupKind, starts_on: date, ends_on: date, expected: list[str]) -> None:
    assert codes(rules.against_group(kind=kind, starts_on=starts_on, ends_on=ends_on)) == expected


RIGHT = {"name": "MAT-26H", "taken": False, "course_is_offered": True, "fits_course_start": True,
         "teachers_work_here": True}  # fmt: skip


@pytest.mark.parametrize(
    "wrong, expected",
    [
        ({}, []),
        ({"name": "  "}, ["studies.group_needs_name"]),
        ({"taken": True}, ["studies.group_name_taken"]),
        ({"course_is_offered": False}, ["studies.course_is_not_offered"]),
        ({"fits_course_start": False}, ["studies.group_does_not_fit_the_course_start"]),
        ({"teachers_work_here": False}, ["studies.teacher_is_not_at_the_school"]),
    ],
)
def test_a_new_group(wrong: dict[str, object], expected: list[str]) -> None:
    assert codes(rules.against_new_group(**(RIGHT | wrong))) == expected


@pytest.mark.parametrize(
    "group, today, expected",
    [
        (GroupFacts(1, 2, 3, START, END), START, []),
        (GroupFacts(1, 2, None, START, END), BEFORE, []),
        (GroupFacts(1, 2, 3, START, END), END, []),
        (GroupFacts(1, 2, 3, START, END), END + timedelta(days=1), ["studies.group_has_ended"]),
        (GroupFacts(9, 2, 3, START, END), START, ["studies.group_of_another_course"]),
        (GroupFacts(1, 9, 3, START, END), START, ["studies.group_of_another_course"]),
        (GroupFacts(1, 2, 9, START, END), START, ["studies.group_of_another_start"]),
    ],
)
def test_the_group_of_an_applicant(group: GroupFacts, today: date, expected: list[str]) -> None:
    reasons = rules.against_group_for(group, school_id=1, course_id=2, course_start_id=3, today=today)
    assert codes(reasons) == expected


CHOICE = ChoiceFacts(ChoiceStatus.DISTRIBUTED, Decided.ON_CONDITION, ConditionStatus.MET, START, 7)
SEATS = CourseStartFacts(
    CourseStartStatus.PUBLISHED, START, END, BEFORE, BEFORE, seats=2, seats_taken=1, applicants=3, stopped=False,
    description="x", schedule="x",
)  # fmt: skip


@pytest.mark.parametrize(
    "choice, start, has_group, expected",
    [
        (CHOICE, SEATS, True, []),
        (replace(CHOICE, condition=ConditionStatus.OPEN), SEATS, True, ["admissions.condition_open"]),
        (CHOICE, replace(SEATS, seats_taken=2), True, ["catalogue.full"]),
        (CHOICE, replace(SEATS, status=CourseStartStatus.CANCELLED), True, ["catalogue.cancelled"]),
        (CHOICE, SEATS, False, ["studies.no_group"]),
        (replace(CHOICE, status=ChoiceStatus.PLACED), SEATS, True, ["admissions.wrong_state"]),
    ],
)
def test_placing(choice: ChoiceFacts, start: CourseStartFacts, has_group: bool, expected: list[str]) -> None:
    against = rules.against_placing(choice, start, has_group=has_group, today=START, actor_user_id=1)
    assert codes(against) == expected


def test_without_a_group_the_way_out_depends_on_the_end() -> None:
    over = END + timedelta(days=1)
    against = rules.against_placing(CHOICE, SEATS, has_group=False, today=over, actor_user_id=1)
    assert codes(against) == ["studies.start_has_ended"]


@given(st.integers(-300, 300))
def test_who_is_placed_begins_on_a_day_of_the_group_that_has_not_passed(days: int) -> None:
    today = START + timedelta(days=days)
    group = GroupFacts(1, 2, 3, START, END)
    refused = rules.against_group_for(group, school_id=1, course_id=2, course_start_id=3, today=today)
    first = rules.first_day_of(group, today=today)
    assert bool(refused) == (today > END)
    assert first >= today and first >= START
    assert rules.has_begun(starts_on=START, today=today) == (first != START)
    assert refused or first <= END


def test_a_second_call_is_asked_for() -> None:
    told = {"today": START, "actor_user_id": 1}
    assert rules.against_calling(CHOICE, called_on=None, again=False, **told) == []
    assert rules.against_calling(CHOICE, called_on=BEFORE, again=True, **told) == []
    assert codes(rules.against_calling(CHOICE, called_on=BEFORE, again=False, **told)) == ["studies.already_called"]


def test_a_call_after_the_start_names_the_way_out() -> None:
    late = START + timedelta(days=1)
    (reason,) = rules.against_calling(CHOICE, called_on=None, again=False, today=late, actor_user_id=1)
    assert reason.code == "studies.too_late_to_call"
    assert "placera i en grupp som pågår eller returnera" in sentence(reason)


@pytest.mark.parametrize("called, today, late", [(False, START, True), (False, BEFORE, False), (True, END, False)])
def test_a_late_call(called: bool, today: date, late: bool) -> None:
    assert rules.call_is_late(called=called, call_by=BEFORE, today=today) is late


@pytest.mark.parametrize(
    "number, expected", [(0, ["studies.nothing_chosen"]), (1, []), (200, []), (201, ["studies.too_many_chosen"])]
)
def test_how_many_rows_are_chosen(number: int, expected: list[str]) -> None:
    assert codes(rules.against_choosing(number, most=200)) == expected


def test_the_suggested_name_says_course_and_start() -> None:
    suggest = rules.suggested_name
    assert suggest("MATE1A00X", starts_on=START, taken=frozenset()) == "MATE1A-261207"
    assert suggest("MATMAT01a", starts_on=date(2027, 1, 11), taken=frozenset()) == "MATMAT01a-270111"
    taken = frozenset({"MATE1A-261207", "MATE1A-261207-2"})
    assert suggest("MATE1A00X", starts_on=START, taken=taken) == "MATE1A-261207-3"


def test_an_orientation_course_suggests_its_kind() -> None:
    assert rules.suggested_kind("KGYORI11A") is GroupKind.ORIENTATION
    assert rules.suggested_kind("MATMAT01a") is GroupKind.ORDINARY
    name = rules.suggested_name("KGYORI11B", starts_on=START, taken=frozenset(), school="Björkskolan")
    assert name == "Orientering studieteknik, v. 50 Björkskolan"


def test_what_has_ended_for_good_stays_ended() -> None:
    for outcome in (O.REPLACED, O.DECEASED, O.REGISTERED_IN_ERROR):
        assert not any(may_move(rules.TRANSITIONS, outcome, new) for new in O)


def stepped(facts: EnrolmentFacts, step: str, day: date) -> EnrolmentFacts:
    """Do a step as the services do it, if nothing stands against it."""
    who = {"actor_user_id": 1}
    if step == "not_started" and not rules.against_not_started(facts, today=day, **who):
        return replace(facts, outcome=O.NOT_STARTED, outcome_on=facts.starts_on)
    if step == "undo" and not rules.against_undoing_not_started(facts, **who):
        return replace(facts, outcome=O.NONE, outcome_on=None)
    if step == "move" and not rules.against_moving_end(facts, ends_on=day, **who):
        return replace(facts, ends_on=day)
    if step == "complete" and not rules.against_completing(facts, on=day, **who):
        return replace(facts, outcome=O.COMPLETED, outcome_on=day, has_locked_grade=True)
    if step == "take_back" and not rules.against_taking_back_completion(facts, **who):
        return replace(facts, outcome=O.NONE, outcome_on=None, has_locked_grade=False)
    return facts


STEPS = st.tuples(
    st.sampled_from(["not_started", "undo", "move", "complete", "take_back"]),
    st.integers(-20, 90).map(lambda days: START + timedelta(days=days)),
)


@settings(max_examples=3000)
@given(st.integers(-20, (END - START).days), st.lists(STEPS, max_size=12))
def test_no_sequence_of_steps_breaks_the_dates(placed_after: int, steps: list[tuple[str, date]]) -> None:
    placed_on = START + timedelta(days=placed_after)
    facts = replace(ONGOING, starts_on=rules.first_day_of(GroupFacts(1, 2, 3, START, END), today=placed_on))
    for step, day in steps:
        before = facts
        facts = stepped(facts, step, day)
        assert facts.starts_on <= facts.ends_on
        assert (facts.outcome is O.NONE) == (facts.outcome_on is None)
        assert facts.outcome is not O.NOT_STARTED or facts.outcome_on == facts.starts_on
        assert facts.outcome is not O.COMPLETED or facts.outcome_on == facts.ends_on
        assert facts.has_locked_grade == (facts.outcome is O.COMPLETED)
        assert facts.outcome is before.outcome or may_move(rules.TRANSITIONS, before.outcome, facts.outcome)
        assert step == "move" or facts.ends_on == before.ends_on
        assert facts.starts_on == before.starts_on >= max(START, placed_on)
