"""From application to a distributed place: choices, decisions, conditions (design section 5; help page R20–R27)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move


class ChoiceStatus(StrEnum):
    """Where one course start in an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    DISTRIBUTED = "distributed"
    PLACED = "placed"
    RETURNED = "returned"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


C = ChoiceStatus
TRANSITIONS: dict[ChoiceStatus, frozenset[ChoiceStatus]] = {
    C.DRAFT: frozenset({C.SUBMITTED, C.WITHDRAWN}),
    C.SUBMITTED: frozenset({C.DECIDED, C.WITHDRAWN}),
    C.DECIDED: frozenset({C.DECIDED, C.DISTRIBUTED, C.RETURNED, C.WITHDRAWN}),
    C.DISTRIBUTED: frozenset({C.DECIDED, C.PLACED, C.RETURNED, C.WITHDRAWN}),
    C.PLACED: frozenset({C.RETURNED}),
    C.RETURNED: frozenset({C.DECIDED, C.REPLACED}),
    C.REPLACED: frozenset(),
    C.WITHDRAWN: frozenset(),
}
"""A refused choice, and a granted one whose school takes nobody any more, is decided again by a new Decision (decided →
decided). A bulk distribution that is taken back leaves its choices decided as before. Placed ends by the enrolment's
outcome, or is returned when its start is cancelled."""


class DecisionKind(StrEnum):
    """Which of the three questions a decision answers (rules.md 1.30)."""

    COST_COMMITMENT = "cost_commitment"
    RECEPTION = "reception"
    ADMISSION = "admission"


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    ON_CONDITION = "on_condition"
    REFUSED = "refused"


class Ground(StrEnum):
    """The legal ground of reception at upper secondary level (20 kap. 19, 19 a, 19 b and 20 §§ skollagen)."""

    RIGHT_BASIC_ELIGIBILITY = "right_19"
    RIGHT_SPECIFIC_ELIGIBILITY = "right_19a"
    RIGHT_NEW_PROFESSION = "right_19b"
    ELIGIBLE = "eligible_20"
    BASIC_LEVEL = "basic_level"


class ConditionStatus(StrEnum):
    """Whether the condition of a grant is met."""

    OPEN = "open"
    MET = "met"


CONDITION_TRANSITIONS: dict[ConditionStatus, frozenset[ConditionStatus]] = {
    ConditionStatus.OPEN: frozenset({ConditionStatus.MET}),
    ConditionStatus.MET: frozenset({ConditionStatus.OPEN}),
}


class ReturnReason(StrEnum):
    """Why a school cannot place an applicant."""

    CONDITION_UNMET = "condition_unmet"
    NO_SEAT = "no_seat"
    START_CANCELLED = "start_cancelled"
    DECLINED = "declined"
    OTHER = "other"


@dataclass(frozen=True)
class ChoiceFacts:
    """What the rules need to know about a choice."""

    status: ChoiceStatus
    outcome: Outcome | None
    condition: ConditionStatus | None
    starts_on: date
    student_user_id: int


def _wrong_state(facts: ChoiceFacts, new: ChoiceStatus) -> list[Reason]:
    if may_move(TRANSITIONS, facts.status, new):
        return []
    return [_blocked(facts)]


def _blocked(facts: ChoiceFacts) -> Reason:
    """Say by the state what has to happen first, or what has already happened."""
    return Reason("admissions.wrong_state", {"why": ("choice_stop", facts.status)})


def _own_case(facts: ChoiceFacts, actor_user_id: int | None) -> list[Reason]:
    return [Reason("core.own_case")] if actor_user_id == facts.student_user_id else []


def against_submitting(facts: ChoiceFacts) -> list[Reason]:
    """Return every reason why the application may not be sent in; whether the start is open, the catalogue knows."""
    return against_editing(facts)


def against_editing(facts: ChoiceFacts) -> list[Reason]:
    """Return every reason why the application may not be changed: what was sent in is frozen (rules.md 1.28)."""
    return [] if facts.status is C.DRAFT else [Reason("admissions.only_drafts_are_edited")]


def waits_for_distribution(facts: ChoiceFacts) -> bool:
    """Say whether the choice is granted, and not given to its school yet."""
    return facts.status is C.DECIDED and facts.outcome is not Outcome.REFUSED


def against_deciding(facts: ChoiceFacts, *, actor_user_id: int | None, is_stranded: bool = False) -> list[Reason]:
    """Return the first reason why reception may not be decided now. A grant is decided again only after a return.

    A grant that waits for a school which takes nobody any more is stranded: nobody there can return it (R09).
    """
    is_settled = waits_for_distribution(facts) and not is_stranded
    granted = [Reason("admissions.already_decided", {"outcome": ("outcome", facts.outcome)})] if is_settled else []
    is_at_school = facts.status is C.DISTRIBUTED
    blocked = [_blocked(facts)] if is_at_school else _wrong_state(facts, C.DECIDED)
    return _own_case(facts, actor_user_id) or blocked or granted


def against_decision(
    outcome: Outcome, *, grounds: tuple[Ground, ...], reason: str, has_condition: bool
) -> list[Reason]:
    """Return what a decision lacks: ground for a grant (20 kap. 22 §), reason for a refusal, course for a condition."""
    missing = []
    if outcome is Outcome.REFUSED and not reason.strip():
        missing.append(Reason("admissions.refusal_needs_reason"))
    if outcome is not Outcome.REFUSED and not grounds:
        missing.append(Reason("admissions.grant_needs_ground"))
    if (outcome is Outcome.ON_CONDITION) != has_condition:
        missing.append(Reason("admissions.condition_needs_course"))
    return missing


def composed(entry: str, own: str) -> str:
    """Return the reason that the applicant reads: what the register says, and after it what the officer adds."""
    return "\n\n".join(part.strip() for part in (entry, own) if part.strip())


def against_distributing(facts: ChoiceFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return the first reason why the choice may not be given to the school."""
    is_refused = facts.outcome is Outcome.REFUSED
    refused = [Reason("admissions.refused_is_not_distributed")] if is_refused else []
    return _own_case(facts, actor_user_id) or _wrong_state(facts, C.DISTRIBUTED) or refused


def against_taking_back(
    facts: ChoiceFacts, *, is_called: bool, is_same: bool, actor_user_id: int | None
) -> list[Reason]:
    """Return the first reason why a distribution may not be taken back: the school has begun to build on it.

    `is_same`: the choice stands as that distribution left it. For how long a run is taken back, the run knows (`work`).
    """
    if facts.status is not C.DISTRIBUTED or not is_same:
        return _own_case(facts, actor_user_id) or [Reason("admissions.moved_on", {"state": ("choice", facts.status)})]
    called = [Reason("admissions.called_already")] if is_called else []
    return _own_case(facts, actor_user_id) or called


def against_calling(facts: ChoiceFacts, *, today: date, actor_user_id: int | None) -> list[Reason]:
    """Return the first reason why the school may not call the student. An open condition does not stop it (R21)."""
    blocked = [_blocked(facts)] if facts.status not in (C.DISTRIBUTED, C.PLACED) else []
    passed = [Reason("admissions.start_has_passed", {"day": facts.starts_on})] if today > facts.starts_on else []
    return _own_case(facts, actor_user_id) or blocked or passed


def against_placing(facts: ChoiceFacts, *, actor_user_id: int | None) -> list[Reason]:
    """Return the first reason why the student may not be placed: above all an open condition (R21, R27)."""
    unmet = [Reason("admissions.condition_open")] if facts.condition is ConditionStatus.OPEN else []
    return _own_case(facts, actor_user_id) or _wrong_state(facts, C.PLACED) or unmet


def against_returning(facts: ChoiceFacts, *, reason: ReturnReason, actor_user_id: int | None) -> list[Reason]:
    """Return the first reason why the school may not return the applicant to the municipality."""
    is_misplaced = facts.status is not C.DISTRIBUTED and reason is not ReturnReason.START_CANCELLED
    misplaced = [Reason("admissions.only_distributed_is_returned")] if is_misplaced else []
    return _own_case(facts, actor_user_id) or _wrong_state(facts, C.RETURNED) or misplaced


def against_return_reason(facts: ChoiceFacts, *, reason: ReturnReason, text: str) -> list[Reason]:
    """Return what is wrong with the reason of a return: it is what the student and the counsellors are told (R25)."""
    if reason is ReturnReason.CONDITION_UNMET and facts.condition is not ConditionStatus.OPEN:
        return [Reason("admissions.no_open_condition")]
    if reason is ReturnReason.OTHER and not text.strip():
        return [Reason("admissions.return_needs_text")]
    return []


def against_withdrawing(facts: ChoiceFacts) -> list[Reason]:
    """Return every reason why the applicant may not withdraw her choice."""
    return _wrong_state(facts, C.WITHDRAWN)


def against_meeting_condition(facts: ChoiceFacts, *, evidence: str, actor_user_id: int | None) -> list[Reason]:
    """Return the first reason why a named person may not record that the condition is met."""
    closed = [Reason("admissions.no_open_condition")] if facts.condition is not ConditionStatus.OPEN else []
    missing = [Reason("admissions.evidence_missing")] if not evidence.strip() else []
    return _own_case(facts, actor_user_id) or closed or missing


RIGHTS = frozenset(
    {
        Ground.RIGHT_BASIC_ELIGIBILITY,
        Ground.RIGHT_SPECIFIC_ELIGIBILITY,
        Ground.RIGHT_NEW_PROFESSION,
        Ground.BASIC_LEVEL,
    }
)
"""Grounds on which there is no selection: who is received is admitted (20 kap. 13 and 23 §§ skollagen)."""


def reception_is_admission(grounds: frozenset[Ground]) -> bool:
    """Say whether the reception itself was the admission, so that the school decides nothing more by placing."""
    return bool(grounds & RIGHTS)


def may_be_appealed(kind: DecisionKind, outcome: Outcome) -> bool:
    """Say whether the decision can be appealed: reception in all its parts, admission never (28 kap. 12 §)."""
    return kind is DecisionKind.RECEPTION and outcome is not Outcome.GRANTED


class AdviceState(StrEnum):
    """How what "Kursen bygger på" asks for compares with the results in the system."""

    NONE_ASKED = "none_asked"
    MET = "met"
    UNMET = "unmet"
    IN_WORDS = "in_words"


@dataclass(frozen=True)
class Requirement:
    """One row of an alternative: a course, or words that only a person can judge."""

    course_id: int | None
    text: str
    passed: bool


@dataclass(frozen=True)
class Alternative:
    """Courses and words that are met together."""

    requirements: tuple[Requirement, ...]

    @property
    def missing(self) -> tuple[Requirement, ...]:
        """Return the courses that are not passed."""
        return tuple(row for row in self.requirements if row.course_id is not None and not row.passed)

    @property
    def state(self) -> AdviceState:
        """Return how the alternative stands."""
        if self.missing:
            return AdviceState.UNMET
        in_words = any(row.course_id is None for row in self.requirements)
        return AdviceState.IN_WORDS if in_words else AdviceState.MET


@dataclass(frozen=True)
class Advice:
    """What to think of: never a block and never a refusal (rules.md 6.01; the decision is a person's)."""

    state: AdviceState
    outcome: Outcome | None
    required_course_id: int | None = None


def advice(alternatives: tuple[Alternative, ...]) -> Advice:
    """Propose to grant, or to grant on condition of the course that is missing in the nearest alternative.

    Words in the register are left to the officer: no proposal.
    """
    if not alternatives:
        return Advice(AdviceState.NONE_ASKED, Outcome.GRANTED)
    states = {alternative.state for alternative in alternatives}
    if AdviceState.MET in states:
        return Advice(AdviceState.MET, Outcome.GRANTED)
    if AdviceState.IN_WORDS in states:
        return Advice(AdviceState.IN_WORDS, None)
    nearest = min(alternatives, key=lambda alternative: len(alternative.missing))
    return Advice(AdviceState.UNMET, Outcome.ON_CONDITION, nearest.missing[0].course_id)
