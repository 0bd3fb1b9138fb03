"""Who decides does it on the board's word: greyed and refused without it, and the word stands on the decision."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kursvis.access.actors import SYSTEM
from kursvis.accounts import services as accounts
from kursvis.accounts.models import Delegation
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import REFERENCE
from kursvis.admissions import services
from kursvis.admissions.models import Decision
from kursvis.admissions.rules import ChoiceStatus, DecisionKind, Ground, Outcome
from kursvis.admissions.tests.factories import GRANT, Office, decision, make_choice
from kursvis.admissions.tests.looking import codes, url
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.tests.factories import make_school
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
C = ChoiceStatus
RECEPTION, ADMISSION = DelegatedDecision.RECEPTION, DelegatedDecision.ADMISSION


@pytest.fixture
def office() -> Office:
    return Office()


def ends_today(office: Office, what: DelegatedDecision) -> None:
    """Let the delegation of a decision have today as its last day."""
    Delegation.objects.filter(authority=office.school.authority, decision=what.value).update(ends_on=time.today())


def test_what_is_delegated_is_what_a_decision_decides() -> None:
    assert [kind.value for kind in DelegatedDecision] == [kind.value for kind in DecisionKind]


def test_the_decision_carries_the_reference_and_shows_it(office: Office) -> None:
    choice = make_choice(office=office, status=C.DECIDED, outcome=Outcome.REFUSED)
    assert Decision.objects.get().delegation == REFERENCE
    assert f"På delegation: {REFERENCE}." in Message.objects.latest("id").body
    assert Event.objects.filter(verb="choice.decided").latest("pk").detail["delegation"] == REFERENCE
    for page in (
        as_user(office.officer_user).get(url("show", choice)),
        as_user(choice.student.user).get(url("show_own", choice)),
    ):
        assert f"på delegation: {REFERENCE}" in page.content.decode()


def test_the_last_day_of_a_delegation_is_in_and_the_next_is_out(office: Office) -> None:
    first, second = make_choice(office=office), make_choice(office=office)
    ends_today(office, RECEPTION)
    services.decide(choice=first, **GRANT, by=office.officer, now=time.now())
    with pytest.raises(Refused) as refusal:
        services.decide(choice=second, **GRANT, by=office.officer, now=time.now() + timedelta(days=1))
    assert codes(refusal) == {"accounts.no_delegation"} and Decision.objects.count() == 1


def test_without_it_the_form_is_greyed_with_the_reason_and_a_forced_press_is_refused(office: Office) -> None:
    choice, client = make_choice(office=office), as_user(office.officer_user)
    assert 'name="outcome"' in client.get(url("show", choice)).content.decode()
    Delegation.objects.filter(decision=RECEPTION.value).update(starts_on=time.today() + timedelta(days=1))
    page = client.get(url("show", choice)).content.decode()
    assert 'name="outcome"' not in page and "delegation" in page.lower() and "disabled" in page
    typed = {"seen": choice.status_at.isoformat(), "outcome": "refused", "reason": "Nej"}
    client.post(url("decide", choice), typed)
    choice.refresh_from_db()
    assert choice.status == C.SUBMITTED and not Decision.objects.exists()


def test_a_person_may_have_it_by_name_and_hers_is_the_one_that_is_told(office: Office) -> None:
    choice = make_choice(office=office)
    accounts.delegate(
        authority=office.school.authority,
        decision=RECEPTION,
        user=office.officer_user,
        reference="Nämnden § 12",
        starts_on=time.today(),
        by=SYSTEM,
        now=time.now(),
    )
    made = services.decide(choice=choice, **decision(Outcome.REFUSED), by=office.officer, now=time.now())
    assert made.delegation == "Nämnden § 12"


def test_anothers_board_gives_nothing_here(office: Office) -> None:
    choice = make_choice(office=office)
    Delegation.objects.update(authority=make_school().authority)
    with pytest.raises(Refused) as refusal:
        services.decide(choice=choice, **GRANT, by=office.officer, now=time.now())
    assert codes(refusal) == {"accounts.no_delegation"}


@pytest.mark.parametrize("ground", [Ground.ELIGIBLE, Ground.RIGHT_BASIC_ELIGIBILITY])
def test_placing_needs_it_only_where_the_placing_decides_admission(office: Office, ground: Ground) -> None:
    choice = make_choice(office=office)
    services.decide(choice=choice, outcome=Outcome.GRANTED, grounds=(ground,), by=office.officer, now=time.now())
    services.distribute(choice=choice, by=office.officer, now=time.now())
    Delegation.objects.filter(decision=ADMISSION.value).update(ends_on=time.today() - timedelta(days=1))
    if ground is Ground.ELIGIBLE:
        with pytest.raises(Refused) as refusal:
            services.mark_placed(choice=choice, by=office.administrator, now=time.now())
        assert codes(refusal) == {"accounts.no_delegation"}
    else:
        services.mark_placed(choice=choice, by=office.administrator, now=time.now())
        assert choice.status == C.PLACED


def test_the_admission_that_placing_writes_carries_the_reference(office: Office) -> None:
    make_choice(office=office, status=C.PLACED)
    assert Decision.objects.get(kind=DecisionKind.ADMISSION.value).delegation == REFERENCE


def test_the_case_asks_for_the_delegations_once(office: Office) -> None:
    choice, client = make_choice(office=office), as_user(office.officer_user)
    with CaptureQueriesContext(connection) as asked:
        client.get(url("show", choice))
    assert sum("accounts_delegation" in query["sql"] for query in asked.captured_queries) == 1
