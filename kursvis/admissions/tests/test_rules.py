"""The rules of choices, without a database."""

from datetime import date
from itertools import product

import pytest

from kursvis.admissions import rules
from kursvis.admissions.rules import (
    Advice,
    AdviceState,
    Alternative,
    ChoiceFacts,
    ChoiceStatus,
    ConditionStatus,
    DecisionKind,
    Ground,
    Outcome,
    Requirement,
    ReturnReason,
    told,
)
from kursvis.admissions.rules.told import CoursePhase
from kursvis.core.reasons import Reason

C, OUT = ChoiceStatus, Outcome
START = date(2026, 12, 14)
STUDENT, OFFICER = 1, 2


def facts(
    status: ChoiceStatus, outcome: Outcome | None = OUT.GRANTED, condition: ConditionStatus | None = None
) -> ChoiceFacts:
    return ChoiceFacts(status, outcome, condition, starts_on=START, student_user_id=STUDENT)


def codes(reasons: list[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def test_every_state_but_the_last_ones_has_a_way_on() -> None:
    assert {state for state in C if not rules.TRANSITIONS[state]} == {C.WITHDRAWN, C.REPLACED}
    assert set(rules.TRANSITIONS) == set(C)


@pytest.mark.parametrize("status", list(C))
def test_deciding(status: ChoiceStatus) -> None:
    allowed = status in (C.SUBMITTED, C.RETURNED)
    assert (not rules.against_deciding(facts(status), actor_user_id=OFFICER)) is allowed


def test_a_refusal_may_be_decided_again_and_a_grant_not() -> None:
    assert not rules.against_deciding(facts(C.DECIDED, OUT.REFUSED), actor_user_id=OFFICER)
    for outcome in (OUT.GRANTED, OUT.ON_CONDITION):
        again = rules.against_deciding(facts(C.DECIDED, outcome), actor_user_id=OFFICER)
        assert codes(again) == ["admissions.already_decided"]
        assert not rules.against_deciding(facts(C.DECIDED, outcome), actor_user_id=OFFICER, is_stranded=True)


@pytest.mark.parametrize("status", list(C))
@pytest.mark.parametrize("is_called", [False, True])
@pytest.mark.parametrize("is_same", [False, True])
def test_only_an_untouched_distribution_is_taken_back(status: ChoiceStatus, is_called: bool, is_same: bool) -> None:
    given = {"is_called": is_called, "is_same": is_same}
    found = codes(rules.against_taking_back(facts(status), **given, actor_user_id=OFFICER))
    moved = status is not C.DISTRIBUTED or not is_same
    assert found == (["admissions.moved_on"] if moved else ["admissions.called_already"] if is_called else [])
    own = rules.against_taking_back(facts(status), **given, actor_user_id=STUDENT)
    assert codes(own) == ["core.own_case"]


@pytest.mark.parametrize("status", [C.DISTRIBUTED, C.PLACED, C.WITHDRAWN, C.REPLACED, C.DRAFT])
def test_only_what_waits_for_a_school_is_stranded(status: ChoiceStatus) -> None:
    again = rules.against_deciding(facts(status, OUT.GRANTED), actor_user_id=OFFICER, is_stranded=True)
    assert codes(again) == ["admissions.wrong_state"]


@pytest.mark.parametrize(
    ("outcome", "grounds", "reason", "has_condition", "expected"),
    [
        (OUT.GRANTED, (Ground.ELIGIBLE,), "", False, []),
        (OUT.GRANTED, (), "", False, ["admissions.grant_needs_ground"]),
        (OUT.GRANTED, (Ground.ELIGIBLE,), "", True, ["admissions.condition_needs_course"]),
        (OUT.ON_CONDITION, (Ground.ELIGIBLE,), "", True, []),
        (OUT.ON_CONDITION, (), "", False, ["admissions.grant_needs_ground", "admissions.condition_needs_course"]),
        (OUT.REFUSED, (), "Bor inte här", False, []),
        (OUT.REFUSED, (), " \n", False, ["admissions.refusal_needs_reason"]),
        (OUT.REFUSED, (), "Bor inte här", True, ["admissions.condition_needs_course"]),
    ],
)
def test_what_a_decision_lacks(
    outcome: Outcome, grounds: tuple[Ground, ...], reason: str, has_condition: bool, expected: list[str]
) -> None:
    missing = rules.against_decision(outcome, grounds=grounds, reason=reason, has_condition=has_condition)
    assert codes(missing) == expected


@pytest.mark.parametrize(("status", "outcome"), list(product(C, OUT)))
def test_only_a_decided_grant_is_distributed(status: ChoiceStatus, outcome: Outcome) -> None:
    allowed = status is C.DECIDED and outcome is not OUT.REFUSED
    assert (not rules.against_distributing(facts(status, outcome), actor_user_id=OFFICER)) is allowed


@pytest.mark.parametrize(("status", "condition"), list(product(C, [None, *ConditionStatus])))
def test_only_a_distributed_choice_without_open_condition_is_placed(
    status: ChoiceStatus, condition: ConditionStatus | None
) -> None:
    allowed = status is C.DISTRIBUTED and condition is not ConditionStatus.OPEN
    assert (not rules.against_placing(facts(status, condition=condition), actor_user_id=OFFICER)) is allowed


@pytest.mark.parametrize(
    ("status", "condition", "day", "expected"),
    [
        (C.DISTRIBUTED, None, START, []),
        (C.DISTRIBUTED, ConditionStatus.OPEN, START, []),
        (C.PLACED, None, START, []),
        (C.DECIDED, None, START, ["admissions.wrong_state"]),
        (C.DISTRIBUTED, None, date(2026, 12, 15), ["admissions.start_has_passed"]),
    ],
)
def test_calling(status: ChoiceStatus, condition: ConditionStatus | None, day: date, expected: list[str]) -> None:
    reasons = rules.against_calling(facts(status, condition=condition), today=day, actor_user_id=OFFICER)
    assert codes(reasons) == expected


@pytest.mark.parametrize(("status", "reason"), list(product(C, ReturnReason)))
def test_returning(status: ChoiceStatus, reason: ReturnReason) -> None:
    cancelled = reason is ReturnReason.START_CANCELLED
    allowed = status is C.DISTRIBUTED or (cancelled and status in (C.DECIDED, C.PLACED))
    assert (not rules.against_returning(facts(status), reason=reason, actor_user_id=OFFICER)) is allowed


@pytest.mark.parametrize("status", list(C))
def test_withdrawing_sending_and_editing(status: ChoiceStatus) -> None:
    may_withdraw = status in (C.DRAFT, C.SUBMITTED, C.DECIDED, C.DISTRIBUTED)
    assert (not rules.against_withdrawing(facts(status))) is may_withdraw
    assert (not rules.against_submitting(facts(status))) is (status is C.DRAFT)
    assert (not rules.against_editing(facts(status))) is (status is C.DRAFT)


def test_nobody_handles_her_own_case() -> None:
    distributed = facts(C.DISTRIBUTED, OUT.ON_CONDITION, ConditionStatus.OPEN)
    checks = [
        rules.against_deciding(facts(C.SUBMITTED), actor_user_id=STUDENT),
        rules.against_distributing(facts(C.DECIDED), actor_user_id=STUDENT),
        rules.against_calling(distributed, today=START, actor_user_id=STUDENT),
        rules.against_placing(facts(C.DISTRIBUTED), actor_user_id=STUDENT),
        rules.against_returning(distributed, reason=ReturnReason.NO_SEAT, actor_user_id=STUDENT),
        rules.against_meeting_condition(distributed, evidence="Betyg", actor_user_id=STUDENT),
    ]
    assert [codes(reasons) for reasons in checks] == [["core.own_case"]] * 6


@pytest.mark.parametrize("ground", list(Ground))
def test_reception_on_a_right_or_at_basic_level_is_admission(ground: Ground) -> None:
    assert rules.reception_is_admission(frozenset({ground})) is (ground is not Ground.ELIGIBLE)
    assert rules.reception_is_admission(frozenset({ground, Ground.BASIC_LEVEL}))


def test_admission_is_never_appealed_and_reception_when_it_goes_against_the_applicant() -> None:
    appealed = {(kind, outcome) for kind, outcome in product(DecisionKind, OUT) if rules.may_be_appealed(kind, outcome)}
    assert appealed == {(DecisionKind.RECEPTION, OUT.REFUSED), (DecisionKind.RECEPTION, OUT.ON_CONDITION)}


PASSED, MISSING = Requirement(1, "Matematik 1a", True), Requirement(2, "Matematik 2a", False)
WORDS = Requirement(None, "grundskolans kunskaper", False)


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ([], Advice(AdviceState.NONE_ASKED, OUT.GRANTED)),
        ([[PASSED]], Advice(AdviceState.MET, OUT.GRANTED)),
        ([[MISSING], [PASSED]], Advice(AdviceState.MET, OUT.GRANTED)),
        ([[PASSED, MISSING]], Advice(AdviceState.UNMET, OUT.ON_CONDITION, 2)),
        (
            [[MISSING, Requirement(3, "", False)], [PASSED, Requirement(4, "", False)]],
            Advice(AdviceState.UNMET, OUT.ON_CONDITION, 4),
        ),
        ([[WORDS]], Advice(AdviceState.IN_WORDS, None)),
        ([[WORDS, MISSING]], Advice(AdviceState.UNMET, OUT.ON_CONDITION, 2)),
        ([[WORDS], [MISSING]], Advice(AdviceState.IN_WORDS, None)),
    ],
)
def test_advice(alternatives: list[list[Requirement]], expected: Advice) -> None:
    assert rules.advice(tuple(Alternative(tuple(rows)) for rows in alternatives)) == expected


def test_advice_never_proposes_a_refusal() -> None:
    rows = [PASSED, MISSING, WORDS]
    for left, right in product(rows, rows):
        for alternatives in ([[left, right]], [[left], [right]]):
            outcome = rules.advice(tuple(Alternative(tuple(a)) for a in alternatives)).outcome
            assert outcome is not OUT.REFUSED


def test_the_applicant_is_told_a_decision_by_its_outcome() -> None:
    ahead = CoursePhase.AHEAD
    assert told.own_state(C.DECIDED, OUT.REFUSED, ahead) == "decided_refused"
    assert told.own_state(C.DISTRIBUTED, OUT.ON_CONDITION, ahead) == "distributed"
    assert told.own_state(C.SUBMITTED, None, ahead) == "submitted"


@pytest.mark.parametrize(
    ("day", "phase", "placed", "waiting"),
    [
        (date(2026, 12, 20), CoursePhase.AHEAD, "placed", "distributed"),
        (date(2026, 12, 21), CoursePhase.FIRST_DAY, "placed_first_day", "distributed"),
        (date(2026, 12, 22), CoursePhase.RUNNING, "placed_running", "unplaced"),
        (date(2027, 4, 1), CoursePhase.RUNNING, "placed_running", "unplaced"),
        (date(2027, 4, 2), CoursePhase.LAST_DAY, "placed_last_day", "unplaced"),
        (date(2027, 4, 3), CoursePhase.OVER, "placed_over", "unplaced"),
    ],
)
def test_the_applicant_is_told_by_the_days_of_the_course(
    day: date, phase: CoursePhase, placed: str, waiting: str
) -> None:
    assert told.course_phase(date(2026, 12, 21), date(2027, 4, 2), today=day) is phase
    assert told.own_state(C.PLACED, OUT.GRANTED, phase) == placed
    assert told.own_state(C.DISTRIBUTED, OUT.GRANTED, phase) == waiting
    for status in (C.DRAFT, C.RETURNED, C.WITHDRAWN):
        assert told.own_state(status, OUT.GRANTED, phase) == status
    assert told.own_state(C.DECIDED, OUT.REFUSED, phase) == "decided_refused"


@pytest.mark.parametrize("status", list(C))
def test_one_reason_at_a_time(status: ChoiceStatus) -> None:
    stuck = facts(status, OUT.REFUSED, ConditionStatus.OPEN)
    for actor in (OFFICER, STUDENT):
        for reasons in (
            rules.against_deciding(stuck, actor_user_id=actor),
            rules.against_distributing(stuck, actor_user_id=actor),
            rules.against_calling(stuck, today=date(2030, 1, 1), actor_user_id=actor),
            rules.against_placing(stuck, actor_user_id=actor),
            rules.against_returning(stuck, reason=ReturnReason.NO_SEAT, actor_user_id=actor),
            rules.against_meeting_condition(stuck, evidence="", actor_user_id=actor),
        ):
            assert len(reasons) <= 1
