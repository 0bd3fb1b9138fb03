"""Every step: what it changes, what it writes, and when it is refused."""

from datetime import timedelta
from typing import Any

import pytest

from kursvis.accounts.tests.factories import actor, make_user
from kursvis.admissions import services
from kursvis.admissions.models import Application, Choice, ChoiceStep, Decision
from kursvis.admissions.rules import ChoiceStatus, DecisionKind, Ground, Outcome, ReturnReason
from kursvis.admissions.tests.factories import GRANT, Office, decision, make_choice
from kursvis.audit.models import Event
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.merits.services import record_own_grade
from kursvis.people.rules import Protection
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C = ChoiceStatus
TYPED = {"email": "elev@example.org", "goal": "Bli kock"}


def codes(refusal: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {reason.code for reason in refusal.value.reasons}


def last_verb(choice: Choice) -> str:
    return Event.objects.filter(subject="admissions.choice", subject_id=choice.pk).latest("id").verb


def path(choice: Choice) -> list[str]:
    return list(ChoiceStep.objects.filter(choice=choice).order_by("pk").values_list("new", flat=True))


def applied(choice: Choice) -> int:
    choice.course_start.refresh_from_db()
    return choice.course_start.applicants


# --- the applicant ---


def test_a_draft_is_counted_nowhere_and_tells_nobody() -> None:
    choice = make_choice(status=C.DRAFT)
    assert (choice.status, path(choice), last_verb(choice)) == ("draft", ["draft"], "choice.drafted")
    assert applied(choice) == 0 and not Message.objects.exists()


def test_sending_in_counts_the_applicant_and_sends_a_receipt() -> None:
    choice = make_choice()
    assert (choice.status, path(choice), last_verb(choice)) == ("submitted", ["draft", "submitted"], "choice.submitted")
    assert applied(choice) == 1 and choice.application.submitted_at is not None
    message = Message.objects.get()
    assert (message.address, message.sealed) == ("elev@example.org", False)
    assert message.recipient == choice.student.listed_name
    assert f"nummer {choice.application.number}" in message.body
    assert str(choice.course_start.round.basis_on) in message.body


def test_applying_is_a_draft_sent_in_at_once() -> None:
    course_start, user = make_course_start(), make_user()
    choice = services.apply(course_start=course_start, user=user, **TYPED, by=actor(user), now=time.now())
    assert path(choice) == ["draft", "submitted"] and choice.status == "submitted"
    assert choice.student.user == user and choice.student.authority == course_start.school.authority


def test_a_protected_applicants_receipt_is_sealed_and_names_her_alias() -> None:
    make_choice(protection=Protection.SECRECY_MARK)
    message = Message.objects.get()
    assert (message.sealed, message.recipient) == (True, "Skyddad person 1")


def test_numbers_run_within_the_authority() -> None:
    office = Office()
    numbers = [make_choice(office=office).application.number for _ in range(3)]
    assert numbers == [1, 2, 3] and make_choice().application.number == 1


def test_nobody_applies_twice_to_one_start_but_again_after_withdrawing() -> None:
    office = Office()
    choice = make_choice(office=office)
    again: dict[str, Any] = {"office": office, "user": choice.student.user, "course_start": choice.course_start}
    with pytest.raises(Refused) as refusal:
        make_choice(**again)
    assert codes(refusal) == {"admissions.already_applied"}
    services.withdraw(choice=choice, by=actor(choice.student.user), now=time.now())
    assert make_choice(**again).application.number == 2


def test_the_catalogue_says_when_nobody_applies() -> None:
    user, course_start = make_user(), make_course_start()
    keys: dict[str, Any] = {"course_start": course_start, "user": user, **TYPED, "by": actor(user)}
    late = time.now() + timedelta(days=30)
    with pytest.raises(Refused) as refusal:
        services.save_draft(**keys, now=late)
    assert codes(refusal) == {"catalogue.closed"}
    hidden = make_course_start(status=CourseStartStatus.HIDDEN)
    with pytest.raises(Refused) as refusal:
        services.apply(**keys | {"course_start": hidden}, now=time.now())
    assert codes(refusal) == {"catalogue.not_published"}
    assert not Application.objects.exists()


def test_a_draft_is_not_sent_in_after_the_last_day() -> None:
    choice = make_choice(status=C.DRAFT)
    with pytest.raises(Refused) as refusal:
        services.submit(choice=choice, by=actor(choice.student.user), now=time.now() + timedelta(days=30))
    assert codes(refusal) == {"catalogue.closed"}
    choice.refresh_from_db()
    assert choice.status == "draft"


def test_a_draft_is_changed_but_what_is_sent_is_frozen() -> None:
    choice = make_choice(status=C.DRAFT)
    step: dict[str, Any] = {"choice": choice, "by": actor(choice.student.user), "now": time.now()}
    services.edit_draft(**step, email="ny@example.org", goal="Bli snickare")
    assert (choice.application.goal, last_verb(choice)) == ("Bli snickare", "choice.draft_changed")
    services.edit_and_submit(**step, email="nyast@example.org", goal="Bli snickare")
    choice.student.refresh_from_db()
    assert (choice.status, choice.student.email) == ("submitted", "nyast@example.org")
    with pytest.raises(Refused) as refusal:
        services.edit_draft(**step, **TYPED)
    assert codes(refusal) == {"admissions.only_drafts_are_edited"}


def test_an_application_without_phone_leaves_the_known_phone() -> None:
    choice = make_choice(status=C.DRAFT)
    services.edit_and_submit(choice=choice, **TYPED, by=actor(choice.student.user), now=time.now())
    choice.student.refresh_from_db()
    assert choice.student.phone == "000-000 00 00"


@pytest.mark.parametrize("status", [C.DRAFT, C.SUBMITTED, C.DECIDED, C.DISTRIBUTED])
def test_withdrawing(status: ChoiceStatus) -> None:
    choice = make_choice(status=status)
    services.withdraw(choice=choice, by=actor(choice.student.user), now=time.now())
    assert (choice.status, last_verb(choice), applied(choice)) == ("withdrawn", "choice.withdrawn", 0)


def test_who_is_placed_does_not_withdraw() -> None:
    choice = make_choice(status=C.PLACED)
    with pytest.raises(Refused) as refusal:
        services.withdraw(choice=choice, by=actor(choice.student.user), now=time.now())
    assert codes(refusal) == {"admissions.wrong_state"} and applied(choice) == 1


# --- the municipality ---


def test_granting_writes_the_decision_and_tells_the_applicant() -> None:
    office = Office()
    choice = make_choice(office=office)
    made = services.decide(choice=choice, **GRANT, by=office.officer, now=time.now())
    assert (choice.status, choice.outcome, last_verb(choice)) == ("decided", "granted", "choice.decided")
    assert (made.kind, made.grounds, made.decider_name) == ("reception", ["eligible_20"], office.officer.name)
    assert made.appeal_text == ""
    message = Message.objects.latest("id")
    assert "Du är mottagen till kursen." in message.body and "överklagar" not in message.body


def test_refusing_needs_a_reason_and_says_how_to_appeal() -> None:
    office = Office()
    choice = make_choice(office=office)
    with pytest.raises(Refused) as refusal:
        services.decide(choice=choice, outcome=Outcome.REFUSED, reason=" ", by=office.officer, now=time.now())
    assert codes(refusal) == {"admissions.refusal_needs_reason"}
    made = services.decide(choice=choice, **decision(Outcome.REFUSED), by=office.officer, now=time.now())
    assert "Skolväsendets överklagandenämnd" in made.appeal_text and "inom 3 veckor" in made.appeal_text
    body = Message.objects.latest("id").body
    assert made.appeal_text in body and made.reason in body and office.officer.name in body


def test_a_grant_needs_a_ground_and_a_condition_its_course() -> None:
    office = Office()
    choice = make_choice(office=office)
    with pytest.raises(Refused) as refusal:
        services.decide(choice=choice, outcome=Outcome.ON_CONDITION, by=office.officer, now=time.now())
    assert codes(refusal) == {"admissions.grant_needs_ground", "admissions.condition_needs_course"}
    assert not Decision.objects.exists()


def test_a_grant_on_condition_opens_it_and_can_be_appealed() -> None:
    course = make_course(name="Matematik, nivå 1a")
    choice = make_choice(status=C.DECIDED, outcome=Outcome.ON_CONDITION, required=course)
    assert (choice.condition.status, choice.condition.required) == ("open", course)
    assert choice.decisions.get().appeal_text
    assert "om du blir godkänd på Matematik, nivå 1a" in Message.objects.latest("id").body


def test_a_condition_that_is_already_met_is_no_condition() -> None:
    office, course = Office(), make_course()
    choice = make_choice(office=office)
    record_own_grade(
        student=choice.student, course=course, value="E", passed=True, dated=time.today(), grade_id=1, now=time.now()
    )
    with pytest.raises(Refused) as refusal:
        services.decide(choice=choice, **decision(Outcome.ON_CONDITION, course), by=office.officer, now=time.now())
    assert codes(refusal) == {"admissions.required_already_passed"}


def test_a_grant_is_not_decided_again_but_a_refusal_is() -> None:
    office = Office()
    granted = make_choice(office=office, status=C.DECIDED)
    with pytest.raises(Refused) as refusal:
        services.decide(choice=granted, **decision(Outcome.REFUSED), by=office.officer, now=time.now())
    assert codes(refusal) == {"admissions.already_decided"}
    refused = make_choice(office=office, status=C.DECIDED, outcome=Outcome.REFUSED)
    services.decide(choice=refused, **GRANT, by=office.officer, now=time.now())
    assert (refused.outcome, refused.decisions.count()) == ("granted", 2)


def test_what_is_returned_is_decided_anew_with_a_clean_condition() -> None:
    office, first, second = Office(), make_course(), make_course()
    choice = make_choice(office=office, status=C.RETURNED, outcome=Outcome.ON_CONDITION, required=first)
    services.decide(choice=choice, **decision(Outcome.ON_CONDITION, second), by=office.officer, now=time.now())
    choice.refresh_from_db()
    assert (choice.condition.required, choice.condition.status) == (second, "open")
    assert (choice.return_reason, choice.called_at) == ("", None)


def test_distributing() -> None:
    office = Office()
    choice = make_choice(office=office, status=C.DECIDED)
    services.distribute(choice=choice, by=office.officer, now=time.now())
    assert (choice.status, last_verb(choice)) == ("distributed", "choice.distributed")


@pytest.mark.parametrize(
    ("status", "outcome", "expected"),
    [
        (C.SUBMITTED, Outcome.GRANTED, {"admissions.wrong_state"}),
        (C.DECIDED, Outcome.REFUSED, {"admissions.refused_is_not_distributed"}),
        (C.PLACED, Outcome.GRANTED, {"admissions.wrong_state"}),
    ],
)
def test_what_is_not_distributed(status: ChoiceStatus, outcome: Outcome, expected: set[str]) -> None:
    office = Office()
    choice = make_choice(office=office, status=status, outcome=outcome)
    with pytest.raises(Refused) as refusal:
        services.distribute(choice=choice, by=office.officer, now=time.now())
    assert codes(refusal) == expected


def test_a_refused_row_stops_no_other_in_a_bulk_distribution() -> None:
    office = Office()
    choices = [make_choice(office=office, status=status) for status in (C.DECIDED, C.SUBMITTED, C.DECIDED)]
    results = services.distribute_many(choices=choices, by=office.officer, now=time.now())
    assert [[reason.code for reason in result.reasons] for result in results] == [[], ["admissions.wrong_state"], []]
    now_at = [Choice.objects.get(pk=choice.pk).status for choice in choices]
    assert now_at == ["distributed", "submitted", "distributed"]


def test_nobody_handles_her_own_case() -> None:
    office = Office()
    own = make_choice(office=office, user=office.officer_user)
    with pytest.raises(Refused) as refusal:
        services.decide(choice=own, **GRANT, by=office.officer, now=time.now())
    assert codes(refusal) == {"core.own_case"}
    own = make_choice(office=office, user=office.administrator_user, status=C.DISTRIBUTED)
    for step in (services.mark_called, services.mark_placed):
        with pytest.raises(Refused) as refusal:
            step(choice=own, by=office.administrator, now=time.now())
        assert codes(refusal) == {"core.own_case"}


def test_a_stale_row_is_told_that_somebody_was_first() -> None:
    office = Office()
    choice = make_choice(office=office)
    stale = Choice.objects.get(pk=choice.pk)
    services.decide(choice=choice, **GRANT, by=office.officer, now=time.now())
    with pytest.raises(Refused) as refusal:
        services.decide(choice=stale, **decision(Outcome.REFUSED), by=office.officer, now=time.now())
    assert codes(refusal) == {"core.changed_meanwhile"} and Decision.objects.count() == 1


# --- the school ---


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
