"""Any sequence of steps keeps to the model: on the pure rules by the thousand, and on the database beside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.accounts.tests.factories import actor
from kursvis.admissions import rules, services
from kursvis.admissions.models import Choice, ChoiceStep, Condition, Decision
from kursvis.admissions.rules import ChoiceFacts, ChoiceStatus, ConditionStatus, Outcome, ReturnReason
from kursvis.admissions.tests.factories import Office, decision, make_choice
from kursvis.audit.models import Event
from kursvis.audit.tests.remembering import Memory
from kursvis.catalogue.tests.factories import make_course
from kursvis.core import time
from kursvis.core.reasons import Reason, Refused
from kursvis.core.tests.sequences import database_sequences
from kursvis.merits import services as merits
from kursvis.people.models import Student

C, OUT = ChoiceStatus, Outcome
STEPS = ("submit", "withdraw", "grant", "condition", "refuse", "distribute", "call", "place",
         "return", "return_unmet", "cancelled", "evidence", "grade", "ungrade")  # fmt: skip
SEQUENCES = st.lists(st.sampled_from(STEPS), min_size=1, max_size=14)
LIKELY = st.sampled_from(
    [
        ["submit", "condition", "distribute"],
        ["submit", "grant", "distribute"],
        ["submit", "refuse"],
        ["submit", "condition", "distribute", "grade", "place"],
        [],
    ]
)
START = date(2027, 1, 18)


@dataclass(frozen=True)
class Model:
    """What the steps should have led to."""

    status: ChoiceStatus = C.DRAFT
    outcome: Outcome | None = None
    condition: ConditionStatus | None = None
    by_grade: bool = False
    passed: bool = False

    def facts(self) -> ChoiceFacts:
        condition = self.condition if self.outcome is OUT.ON_CONDITION else None
        return ChoiceFacts(self.status, self.outcome, condition, starts_on=START, student_user_id=1)


def against(model: Model, step: str) -> list[Reason]:
    """Return the reasons that the rules give against a step."""
    facts = model.facts()
    if step == "condition" and model.passed:
        already = [Reason("admissions.required_already_passed")]
        return rules.against_deciding(facts, actor_user_id=2) or already
    checks: dict[str, Callable[[], list[Reason]]] = {
        "submit": lambda: rules.against_submitting(facts),
        "withdraw": lambda: rules.against_withdrawing(facts),
        "distribute": lambda: rules.against_distributing(facts, actor_user_id=2),
        "call": lambda: rules.against_calling(facts, today=START, actor_user_id=2),
        "place": lambda: rules.against_placing(facts, actor_user_id=2),
        "return": lambda: rules.against_returning(facts, reason=ReturnReason.NO_SEAT, actor_user_id=2),
        "return_unmet": lambda: (
            rules.against_returning(facts, reason=ReturnReason.CONDITION_UNMET, actor_user_id=2)
            + rules.against_return_reason(facts, reason=ReturnReason.CONDITION_UNMET, text="")
        ),
        "cancelled": lambda: rules.against_returning(facts, reason=ReturnReason.START_CANCELLED, actor_user_id=2),
        "evidence": lambda: rules.against_meeting_condition(facts, evidence="Betyg", actor_user_id=2),
        "grade": lambda: [],
        "ungrade": lambda: [],
    }
    return checks.get(step, lambda: rules.against_deciding(facts, actor_user_id=2))()


def after(model: Model, step: str) -> Model:
    """Return what an allowed step leads to."""
    moves = {
        "submit": C.SUBMITTED, "withdraw": C.WITHDRAWN, "distribute": C.DISTRIBUTED, "place": C.PLACED,
        "return": C.RETURNED, "return_unmet": C.RETURNED, "cancelled": C.RETURNED,
    }  # fmt: skip
    outcomes = {"grant": OUT.GRANTED, "condition": OUT.ON_CONDITION, "refuse": OUT.REFUSED}
    if step in moves:
        return replace(model, status=moves[step])
    if step == "condition":
        return replace(
            model, status=C.DECIDED, outcome=OUT.ON_CONDITION, condition=ConditionStatus.OPEN, by_grade=False
        )
    if step in outcomes:
        return replace(model, status=C.DECIDED, outcome=outcomes[step])
    if step == "evidence":
        return replace(model, condition=ConditionStatus.MET, by_grade=False)
    return _after_grade(model, step)


def _after_grade(model: Model, step: str) -> Model:
    lives = model.outcome is OUT.ON_CONDITION and model.status not in (C.WITHDRAWN, C.REPLACED)
    if step == "grade":
        meets = lives and model.condition is ConditionStatus.OPEN
        model = replace(model, passed=True)
        return replace(model, condition=ConditionStatus.MET, by_grade=True) if meets else model
    if step == "ungrade":
        reopens = lives and model.by_grade and model.condition is ConditionStatus.MET
        model = replace(model, passed=False)
        return replace(model, condition=ConditionStatus.OPEN, by_grade=False) if reopens else model
    return model


@settings(max_examples=3000)
@given(LIKELY, SEQUENCES)
def test_what_must_always_hold(beginning: list[str], sequence: list[str]) -> None:
    model = Model()
    for step in [*beginning, *sequence]:
        if against(model, step):
            continue
        before, model = model, after(model, step)
        if before.status is not model.status:
            assert model.status in rules.TRANSITIONS[before.status]
        if model.status in (C.DISTRIBUTED, C.PLACED):
            assert model.outcome in (OUT.GRANTED, OUT.ON_CONDITION)
        if step == "place" and model.outcome is OUT.ON_CONDITION:
            assert model.condition is ConditionStatus.MET
        if before.status in (C.WITHDRAWN, C.REPLACED):
            assert model.status is before.status


class Rig:
    """One choice in the database, and the services to move it."""

    def __init__(self) -> None:
        self.office, self.course = Office(), make_course()
        self.choice = make_choice(office=self.office, status=C.DRAFT)
        self.result_id = 0
        self.grades = 0

    def do(self, step: str) -> None:
        choice = Choice.objects.get(pk=self.choice.pk)
        officer: dict[str, Any] = {"choice": choice, "by": self.office.officer, "now": time.now()}
        school = officer | {"by": self.office.administrator}
        applicant = officer | {"by": actor(choice.student.user)}
        outcomes = {"grant": OUT.GRANTED, "condition": OUT.ON_CONDITION, "refuse": OUT.REFUSED}
        returns = {
            "return": ReturnReason.NO_SEAT,
            "return_unmet": ReturnReason.CONDITION_UNMET,
            "cancelled": ReturnReason.START_CANCELLED,
        }
        if step in outcomes:
            services.decide(**officer, **decision(outcomes[step], self.course))
        elif step in returns:
            services.return_choice(**school, reason=returns[step])
        else:
            {
                "submit": lambda: services.submit(**applicant),
                "withdraw": lambda: services.withdraw(**applicant),
                "distribute": lambda: services.distribute(**officer),
                "call": lambda: services.mark_called(**school),
                "place": lambda: services.mark_placed(**school),
                "evidence": lambda: services.record_evidence(**school, evidence="Betyg"),
                "grade": self._grade,
                "ungrade": self._ungrade,
            }[step]()

    def _grade(self) -> None:
        if self.result_id:
            return
        self.grades += 1
        result = merits.record_own_grade(
            student=self.choice.student, course=self.course, value="E", passed=True, dated=time.today(),
            grade_id=self.grades, now=time.now(),
        )  # fmt: skip
        self.result_id = result.pk
        services.meet_conditions(
            student_id=self.choice.student_id, course_id=self.course.pk, result_id=result.pk,
            by=self.office.administrator, now=time.now(),
        )  # fmt: skip

    def _ungrade(self) -> None:
        merits.withdraw_own_grade(grade_id=self.grades, now=time.now())
        services.reopen_conditions(result_id=self.result_id, by=self.office.administrator, now=time.now())
        self.result_id = 0


def compare(rig: Rig, model: Model) -> None:
    """Assert that the database is where the model is, with its path, decisions and log whole."""
    choice = Choice.objects.get(pk=rig.choice.pk)
    assert (choice.status, choice.outcome) == (model.status.value, model.outcome.value if model.outcome else None)
    if model.outcome is OUT.ON_CONDITION:
        assert Condition.objects.get(choice=choice).status == model.condition
    steps = list(ChoiceStep.objects.filter(choice=choice).order_by("pk"))
    states = [step.new for step in steps if step.new in set(C)]
    assert states[-1] == choice.status
    assert len(states) + sum(step.new == "called" for step in steps) == _events(choice, "choice.")
    reception = Decision.objects.filter(choice=choice, kind="reception").order_by("pk").last()
    assert (reception.outcome if reception else None) == choice.outcome
    choice.course_start.refresh_from_db()
    assert choice.course_start.applicants == int(model.status not in (C.DRAFT, C.WITHDRAWN))


def _events(choice: Choice, prefix: str) -> int:
    return Event.objects.filter(subject_id=choice.pk, subject="admissions.choice", verb__startswith=prefix).count()


def attempted(rig: Rig, step: str) -> set[str]:
    """Do the step; return the codes of its refusal, or nothing when it was done."""
    try:
        with transaction.atomic():
            rig.do(step)
    except Refused as refusal:
        return {reason.code for reason in refusal.reasons}
    return set()


@pytest.mark.sequences
@pytest.mark.django_db
@database_sequences
@given(LIKELY, SEQUENCES)
def test_the_database_follows_the_model(beginning: list[str], sequence: list[str]) -> None:
    with transaction.atomic():
        rig, model, memory = Rig(), Model(), Memory(Choice, Student)
        for step in [*beginning, *sequence]:
            told, expected = attempted(rig, step), {reason.code for reason in against(model, step)}
            assert told == expected, step
            model = model if told else after(model, step)
            memory.keep()
        compare(rig, model)
        memory.check()
        transaction.set_rollback(True)
