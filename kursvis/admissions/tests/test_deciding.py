"""The municipality's steps: what each changes and writes, and when it is refused."""

import pytest

from kursvis.admissions import services
from kursvis.admissions.models import Choice, Decision
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import GRANT, Office, decision, make_choice
from kursvis.admissions.tests.looking import codes, last_verb
from kursvis.catalogue.tests.factories import make_course
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.merits.services import record_own_grade
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C = ChoiceStatus
TYPED = {"email": "elev@example.org", "goal": "Bli kock"}


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
    body = Message.objects.latest("id").body
    assert "”Om godkänd på underliggande kurs, annars avslag”" in body
    assert "Kursen i villkoret: Matematik, nivå 1a" in body


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
