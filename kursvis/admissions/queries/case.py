"""The case page's data: advice on prerequisites, what can be done now, and what has happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import rules
from kursvis.admissions.models import Choice, ChoiceStep, Decision
from kursvis.admissions.queries import mandate as mandates
from kursvis.admissions.rules import Advice, Alternative, ChoiceStatus, DecisionKind, Outcome, Requirement, mandate
from kursvis.catalogue.models import NationalCourse, Prerequisite
from kursvis.catalogue.queries.agreement import against_applying
from kursvis.core.reasons import Reason
from kursvis.core.time import swedish_date
from kursvis.core.wording import label
from kursvis.merits import queries as merits
from kursvis.merits.models import Result
from kursvis.post.models import Message


@dataclass(frozen=True)
class CaseAdvice:
    """The alternatives of "Kursen bygger på" beside the applicant's results, and what follows from them."""

    alternatives: tuple[Alternative, ...]
    advice: Advice
    required_course: NationalCourse | None
    results: list[Result]


@dataclass(frozen=True)
class Steps:
    """Which steps the actor's role still has in this case, and what stands against each now.

    A step that is done, or can never come, is none of hers: the page tells the fact instead.
    """

    may_decide: bool
    may_distribute: bool
    may_record_evidence: bool
    against_deciding: list[Reason]
    against_distributing: list[Reason]
    against_evidence: list[Reason]


@dataclass(frozen=True)
class Event:
    """One line of the time line."""

    at: datetime
    text: str
    who: str
    detail: str


def advice_for(choice: Choice) -> CaseAdvice:
    """Compare the register's prerequisites of the course with the applicant's valid results. Two queries."""
    results = list(merits.results_of(choice.student_id))
    passed = {result.course_id for result in results if result.passed}
    rows = list(
        Prerequisite.objects.filter(course_id=choice.course_start.course_id)
        .select_related("required")
        .order_by("alternative", "pk")
    )
    alternatives = _alternatives(rows, passed)
    advice = rules.advice(alternatives)
    required = {row.required_id: row.required for row in rows}
    wanted = required.get(advice.required_course_id) if advice.required_course_id else None
    return CaseAdvice(alternatives, advice, wanted, results)


def _alternatives(rows: list[Prerequisite], passed: set[int]) -> tuple[Alternative, ...]:
    grouped: dict[int, list[Requirement]] = defaultdict(list)
    for row in rows:
        text = str(row.required) if row.required else row.note
        grouped[row.alternative].append(Requirement(row.required_id, text, row.required_id in passed))
    return tuple(Alternative(tuple(requirements)) for requirements in grouped.values())


def holds(actor: Actor, permission: Permission, choice: Choice) -> bool:
    """Say whether the actor holds the permission for this choice: at its authority or its school."""
    return actor.holds(permission, authority_id=choice.authority_id, school_id=choice.course_start.school_id)


UNDECIDED = frozenset({ChoiceStatus.SUBMITTED, ChoiceStatus.RETURNED})
"""The states that wait for a decision, the first one or a new one."""


def steps_for(actor: Actor, choice: Choice, *, today: date) -> Steps:
    """Return the actor's steps in this case. One query for deciding and two for distributing, where she may."""
    facts, user_id = choice.facts(), actor.user_id
    is_refused = facts.status is ChoiceStatus.DECIDED and facts.outcome is Outcome.REFUSED
    is_stranded = mandates.is_stranded(choice, today=today)
    undecided = facts.status in UNDECIDED or is_refused or is_stranded
    undistributed = facts.status in UNDECIDED or rules.waits_for_distribution(facts)
    may_decide = undecided and holds(actor, Permission.DECIDE_RECEPTION, choice)
    may_distribute = undistributed and holds(actor, Permission.DISTRIBUTE, choice)
    return Steps(
        may_decide=may_decide,
        may_distribute=may_distribute,
        may_record_evidence=holds(actor, Permission.RECORD_EVIDENCE, choice),
        against_deciding=_against_deciding(choice, actor, is_stranded, today) if may_decide else [],
        against_distributing=_against_distributing(choice, actor, today) if may_distribute else [],
        against_evidence=rules.against_meeting_condition(facts, evidence="given", actor_user_id=user_id),
    )


def _against_deciding(choice: Choice, actor: Actor, is_stranded: bool, today: date) -> list[Reason]:
    delegation = mandates.delegation_to_receive(choice, actor, today=today)
    blocked = rules.against_deciding(choice.facts(), actor_user_id=actor.user_id, is_stranded=is_stranded)
    return blocked or mandate.against_receiving(delegation)


def _against_distributing(choice: Choice, actor: Actor, today: date) -> list[Reason]:
    blocked = rules.against_distributing(choice.facts(), actor_user_id=actor.user_id)
    return blocked or mandates.against_taking_in(choice, today=today)


def sealed_messages_to(choice: Choice) -> list[Message]:
    """Return what has been written to a protected applicant, newest first: for a named reader who has opened her."""
    to_her = Message.objects.filter(concerns=choice.student.uuid, recipient=choice.student.listed_name, sealed=True)
    return list(to_her.defer("attachment").order_by("-id"))


def decisions_of(choice: Choice) -> list[Decision]:
    """Return the decisions about a choice, newest first."""
    return list(Decision.objects.filter(choice=choice).order_by("-pk"))


def history_of(choice: Choice) -> list[Event]:
    """Return the path of a choice, newest first. What the applicant did stands under her listed name."""
    steps = ChoiceStep.objects.filter(choice=choice).select_related("by").order_by("-pk")
    return [Event(step.at, _text(step), _who(step, choice), step.note) for step in steps]


def own_history_of(choice: Choice) -> list[Event]:
    """Return the path of a choice for the applicant: what and when. Who decided stands in the decision."""
    steps = ChoiceStep.objects.filter(choice=choice).order_by("-pk")
    return [Event(step.at, _text(step), "", step.note) for step in steps]


PATH = (ChoiceStatus.SUBMITTED, ChoiceStatus.DECIDED, ChoiceStatus.DISTRIBUTED, ChoiceStatus.PLACED)
"""The applicant's tracker."""


def own_path(choice: Choice, decisions: list[Decision]) -> list[dict[str, Any]]:
    """Return the applicant's tracker: sent in, decided, at the school, placed.

    Nothing for who withdrew, was refused or returned.
    """
    status, submitted = ChoiceStatus(choice.status), choice.application.submitted_at
    if status not in PATH or choice.outcome == Outcome.REFUSED:
        return []
    reached = PATH.index(status)
    received = [row for row in decisions if row.kind == DecisionKind.RECEPTION]
    dates = {
        reached: swedish_date(choice.status_at),
        0: swedish_date(submitted) if submitted else None,
        1: received[0].decided_on if received else None,
    }
    return [
        {
            "label": label("own_path", step).text,
            "date": dates.get(place) if place <= reached else None,
            "state": "done" if place <= reached else "now" if place == reached + 1 else "todo",
        }
        for place, step in enumerate(PATH)
    ]


@dataclass(frozen=True)
class OwnSteps:
    """What the applicant can do with her application, and what stands against it now."""

    is_draft: bool
    may_withdraw: bool
    against_submitting: list[Reason]


def own_steps_for(choice: Choice, *, today: date) -> OwnSteps:
    """Return the applicant's steps."""
    facts = choice.facts()
    return OwnSteps(
        is_draft=facts.status is ChoiceStatus.DRAFT,
        may_withdraw=not rules.against_withdrawing(facts) and facts.outcome is not Outcome.REFUSED,
        against_submitting=against_applying(choice.course_start, today=today),
    )


def proposal(advice: CaseAdvice) -> dict[str, Any]:
    """Return what the advice fills in beforehand in the decision form."""
    outcome = advice.advice.outcome
    return {
        "outcome": outcome.value if outcome else None,
        "required_code": advice.required_course.code if advice.required_course else "",
    }


def _text(step: ChoiceStep) -> str:
    return str(label("choice_step", step.new).text)


def _who(step: ChoiceStep, choice: Choice) -> str:
    if step.by is None:
        return ""
    return choice.student.listed_name if step.by_id == choice.student.user_id else step.by.full_name
