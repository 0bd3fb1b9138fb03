"""The school's steps, and readings: what each changes and writes, and when it is refused."""

from datetime import timedelta
from typing import Any

import pytest

from kursvis.admissions import services
from kursvis.admissions.rules import ChoiceStatus, DecisionKind, Ground, Outcome, ReturnReason
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.admissions.tests.looking import codes, last_verb, path
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.people.rules import Protection
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C = ChoiceStatus
TYPED = {"email": "elev@example.org", "goal": "Bli kock"}


def test_calling_changes_no_state() -> None:
    office = Office()
    choice = make_choice(office=office, status=C.DISTRIBUTED, outcome=Outcome.ON_CONDITION)
    services.mark_called(choice=choice, by=office.administrator, now=time.now())
    assert choice.called_at is not None and choice.status == "distributed"
    assert (path(choice)[-1], last_verb(choice)) == ("called", "choice.called")


def test_nobody_is_called_after_the_start() -> None:
    office = Office()
    choice = make_choice(office=office, status=C.DISTRIBUTED)
    with pytest.raises(Refused) as refusal:
        services.mark_called(choice=choice, by=office.administrator, now=time.now() + timedelta(days=90))
    assert codes(refusal) == {"admissions.start_has_passed"}


@pytest.mark.parametrize(
    ("ground", "admissions"), [(Ground.ELIGIBLE, 1), (Ground.RIGHT_BASIC_ELIGIBILITY, 0), (Ground.BASIC_LEVEL, 0)]
)
def test_placing_decides_admission_where_reception_did_not(ground: Ground, admissions: int) -> None:
    office = Office()
    choice = make_choice(office=office)
    step: dict[str, Any] = {"choice": choice, "now": time.now()}
    services.decide(**step, outcome=Outcome.GRANTED, grounds=(ground,), by=office.officer)
    services.distribute(**step, by=office.officer)
    services.mark_placed(**step, by=office.administrator)
    assert (choice.status, last_verb(choice)) == ("placed", "choice.placed")
    made = choice.decisions.filter(kind=DecisionKind.ADMISSION.value)
    assert made.count() == admissions
    assert all(row.decider_name == office.administrator.name and not row.appeal_text for row in made)


def test_returning_tells_the_applicant_and_the_counsellors() -> None:
    office = Office()
    choice = make_choice(office=office, status=C.DISTRIBUTED)
    before = Message.objects.count()
    services.return_choice(
        choice=choice, reason=ReturnReason.OTHER, text="Gruppen är full.", by=office.administrator, now=time.now()
    )
    assert (choice.status, choice.return_reason, last_verb(choice)) == ("returned", "other", "choice.returned")
    to_student, to_counsellors = Message.objects.order_by("id")[before:]
    assert "Gruppen är full." in to_student.body and to_student.address == "elev@example.org"
    assert choice.student.listed_name in to_counsellors.body
    assert to_counsellors.address == choice.authority.email


@pytest.mark.parametrize(
    ("status", "reason", "text", "expected"),
    [
        (C.DISTRIBUTED, ReturnReason.OTHER, "", "admissions.return_needs_text"),
        (C.DISTRIBUTED, ReturnReason.CONDITION_UNMET, "", "admissions.no_open_condition"),
        (C.PLACED, ReturnReason.NO_SEAT, "", "admissions.only_distributed_is_returned"),
        (C.SUBMITTED, ReturnReason.START_CANCELLED, "", "admissions.wrong_state"),
    ],
)
def test_what_is_not_returned(status: ChoiceStatus, reason: ReturnReason, text: str, expected: str) -> None:
    office = Office()
    choice = make_choice(office=office, status=status)
    with pytest.raises(Refused) as refusal:
        services.return_choice(choice=choice, reason=reason, text=text, by=office.administrator, now=time.now())
    assert expected in codes(refusal)


@pytest.mark.parametrize("status", [C.DECIDED, C.DISTRIBUTED, C.PLACED])
def test_a_cancelled_start_returns_everybody(status: ChoiceStatus) -> None:
    office = Office()
    choice = make_choice(office=office, status=status)
    services.return_choice(choice=choice, reason=ReturnReason.START_CANCELLED, by=office.administrator, now=time.now())
    assert choice.status == "returned"


def test_opening_a_case_is_a_read_event() -> None:
    office = Office()
    choice = make_choice(office=office)
    services.opened(choice=choice, by=office.officer, now=time.now())
    assert last_verb(choice) == "choice.opened"
    protected = make_choice(office=office, protection=Protection.SECRECY_MARK)
    with pytest.raises(Refused):
        services.applicant_opened(choice=protected, reason="Nyfiken", by=office.officer, now=time.now())
