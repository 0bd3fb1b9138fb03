"""After a school's agreement: nobody new is given to it, the municipality sees who waits, and gets them back (R09)."""

from datetime import date, timedelta

import pytest

from kursvis.accounts.tests.browsers import as_user
from kursvis.admissions import queries, services
from kursvis.admissions.queries import case
from kursvis.admissions.rules import ChoiceStatus, Outcome, ReturnReason
from kursvis.admissions.rules.mandate import against_taking_in
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.admissions.tests.looking import codes, url
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.days import go_to
from kursvis.organisation.models import Agreement
from kursvis.organisation.rules import AgreementFacts, AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_school
from kursvis.work.tests.worker import work

pytestmark = pytest.mark.django_db
C = ChoiceStatus
ENDED = {"organisation.agreement_has_ended"}
DAY = timedelta(days=1)
REFUSAL = {"outcome": "refused", "reason": "Skolan ger inte kursen längre."}


@pytest.fixture
def office() -> Office:
    return Office()


def agreement_ends(office: Office, day: date) -> None:
    Agreement.objects.filter(school=office.school).update(ends_on=day)


@pytest.mark.parametrize("status", list(ChoiceStatus))
def test_the_rule_spares_who_is_placed(status: ChoiceStatus, office: Office) -> None:
    facts = make_choice(office=office).facts()
    facts = type(facts)(status, facts.outcome, None, facts.starts_on, facts.student_user_id)
    agreements = [AgreementFacts(AgreementKind.ORDINARY, date(2020, 1, 1), date(2026, 6, 30))]
    assert not against_taking_in(facts, agreements, today=date(2026, 6, 30))
    against = against_taking_in(facts, agreements, today=date(2026, 7, 1))
    assert {reason.code for reason in against} == (set() if status is C.PLACED else ENDED)


def test_distributing_on_the_last_day_and_the_day_after(office: Office) -> None:
    first, second = (make_choice(office=office, status=C.DECIDED) for _ in range(2))
    agreement_ends(office, time.today())
    services.distribute(choice=first, by=office.officer, now=time.now())
    with pytest.raises(Refused) as refusal:
        services.distribute(choice=second, by=office.officer, now=time.now() + DAY)
    assert codes(refusal) == ENDED
    second.refresh_from_db()
    assert (first.status, second.status) == ("distributed", "decided")


def test_the_button_is_greyed_and_the_dry_run_says_why(office: Office) -> None:
    elsewhere = Office(school=make_school(authority=office.school.authority))
    here, there = make_choice(office=office, status=C.DECIDED), make_choice(office=elsewhere, status=C.DECIDED)
    agreement_ends(office, time.today() - DAY)
    client, said = as_user(office.officer_user), f"Skolans avtal slutade {time.today() - DAY}"
    page = client.get(url("show", here)).content.decode()
    assert said in page and "disabled" in page
    assert client.post(url("distribute", here)).status_code == 409
    response = client.post(url("distribute_many"), {"row": [str(here.uuid), str(there.uuid)]})
    work()
    page = client.get(response.url).content.decode()
    assert said in page and "1 av 2" in page and ">Fördela 1</button>" in page


def test_the_schools_steps_with_who_waits_and_with_who_is_placed(office: Office) -> None:
    waiting, placed = make_choice(office=office, status=C.DISTRIBUTED), make_choice(office=office, status=C.PLACED)
    agreement_ends(office, time.today() - DAY)
    for step in (services.mark_called, services.mark_placed):
        with pytest.raises(Refused) as refusal:
            step(choice=waiting, by=office.administrator, now=time.now())
        assert codes(refusal) == ENDED
    services.mark_called(choice=placed, by=office.administrator, now=time.now())
    assert placed.called_at
    services.return_choice(
        choice=waiting, reason=ReturnReason.OTHER, text="Avtalet är slut.", by=office.administrator, now=time.now()
    )
    assert waiting.status == "returned"


def test_the_municipality_sees_who_waits_where_there_is_no_agreement(office: Office) -> None:
    elsewhere = Office(school=make_school(authority=office.school.authority))
    decided, waiting = make_choice(office=office, status=C.DECIDED), make_choice(office=office, status=C.DISTRIBUTED)
    make_choice(office=office, status=C.PLACED)
    make_choice(office=elsewhere, status=C.DISTRIBUTED)
    client = as_user(office.officer_user)
    assert "Skolan saknar avtal" not in client.get(url("list")).content.decode()
    agreement_ends(office, time.today() - DAY)
    assert "Skolan saknar avtal" in client.get(url("list")).content.decode()
    reached = queries.readable_by(office.officer)
    found = queries.filtered(reached, state=queries.WITHOUT_AGREEMENT, today=time.today())
    assert set(found) == {decided, waiting}
    assert not queries.filtered(reached, state=queries.WITHOUT_AGREEMENT, today=time.today() - DAY).exists()
    page = client.get(url("list", lage="utan_avtal")).content.decode()
    assert decided.student.listed_name in page and waiting.student.listed_name in page


def test_what_was_granted_but_not_given_to_the_school_is_decided_again(office: Office) -> None:
    choice, client = make_choice(office=office, status=C.DECIDED), as_user(office.officer_user)
    form, posted = f'action="{url("decide", choice)}"', REFUSAL | {"seen": choice.status_at.isoformat()}
    assert form not in client.get(url("show", choice)).content.decode()
    assert "redan beslutad" in client.post(url("decide", choice), posted).content.decode()
    agreement_ends(office, time.today() - DAY)
    assert form in client.get(url("show", choice)).content.decode()
    assert client.post(url("decide", choice), posted).status_code == 302
    choice.refresh_from_db()
    assert (choice.status, choice.outcome) == ("decided", Outcome.REFUSED.value)
    assert case.decisions_of(choice)[0].reason == REFUSAL["reason"]


def test_a_grant_that_waits_for_the_schools_next_agreement_stands(office: Office) -> None:
    choice = make_choice(office=office, status=C.DECIDED)
    agreement_ends(office, time.today() - DAY)
    make_agreement(school=office.school, kind=AgreementKind.ORDINARY, starts_on=time.today() + DAY)
    with pytest.raises(Refused) as refusal:
        services.decide(
            choice=choice, outcome=Outcome.REFUSED, reason=REFUSAL["reason"], by=office.officer, now=time.now()
        )
    assert codes(refusal) == {"admissions.already_decided"}


def test_the_filters_hide_what_has_ended_from_who_does_not_show_it(office: Office) -> None:
    choice = make_choice(office=office, status=C.DECIDED)
    elsewhere = Office(school=make_school(authority=office.school.authority))
    make_choice(office=elsewhere, status=C.DECIDED)
    agreement_ends(office, time.today() - DAY)
    start, client = choice.course_start, as_user(office.officer_user)
    school = f'value="{office.school.uuid}"'
    day = f'<option value="{start.starts_on}"'
    page = client.get(url("list", lage="alla")).content.decode()
    assert school not in page and day in page
    go_to(start.ends_on + DAY)
    assert day not in client.get(url("list", lage="alla")).content.decode()
    office.officer_user.shows_inactive = True
    office.officer_user.save()
    page = client.get(url("list", lage="alla")).content.decode()
    assert school in page and day in page
