"""The pages: who comes in, what stands there, what a form keeps, and how many questions a page asks."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.services import assign
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.admissions import services
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.admissions.tests.looking import url
from kursvis.audit.models import Event
from kursvis.catalogue.models import Prerequisite
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader

pytestmark = pytest.mark.django_db
C, MOST_QUERIES = ChoiceStatus, 15


@pytest.fixture
def office() -> Office:
    return Office()


def test_the_list_begins_with_what_waits(office: Office) -> None:
    waiting = make_choice(office=office, last_name="Väntar")
    make_choice(office=office, last_name="Klar", status=C.DISTRIBUTED)
    page = as_user(office.officer_user).get(url("list")).content.decode()
    assert waiting.student.listed_name in page and "Klar, " not in page
    page = as_user(office.administrator_user).get(url("list")).content.decode()
    assert "Klar, " in page and waiting.student.listed_name not in page


def test_filters_that_cannot_be_read_filter_nothing(office: Office) -> None:
    make_choice(office=office, last_name="Väntar")
    response = as_user(office.officer_user).get(url("list", lage="x", skola="1", start="igår", ordning="--", sida="0"))
    assert response.status_code == 200 and "Väntar, " in response.content.decode()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ECONOMIST, Role.GRADE_REGISTRAR])
def test_without_the_permission_the_pages_are_closed(office: Office, role: Role) -> None:
    school = {"school": office.school} if role is Role.TEACHER else {"authority": office.school.authority}
    client, choice = as_user(make_staff(role, **school)), make_choice(office=office)
    assert client.get(url("list")).status_code == client.get(url("show", choice)).status_code == 403
    assert client.post(url("decide", choice)).status_code == 403


def test_steps_need_the_permission_at_the_row(office: Office) -> None:
    choice = make_choice(office=office, status=C.DISTRIBUTED, outcome=Outcome.ON_CONDITION)
    counsellor = as_user(make_staff(Role.MUNICIPAL_COUNSELLOR, authority=office.school.authority))
    assert counsellor.get(url("show", choice)).status_code == 200
    for name in ("decide", "distribute", "record_evidence"):
        assert counsellor.post(url(name, choice)).status_code == 403
    elsewhere = make_staff(Role.ADMISSIONS_OFFICER)
    neighbour = Office(school=make_school(authority=office.school.authority)).administrator_user
    for client in (as_user(elsewhere), as_user(neighbour)):
        assert client.get(url("show", choice)).status_code == 404
    assert as_user(elsewhere).post(url("decide", choice)).status_code == 404


def test_a_permission_at_another_authority_does_not_reach_here(office: Office) -> None:
    choice = make_choice(office=office)
    user = make_staff(Role.MUNICIPAL_COUNSELLOR, authority=office.school.authority)
    assign(
        user=user,
        role=Role.ADMISSIONS_OFFICER,
        authority=make_authority(),
        school=None,
        starts_on=time.today(),
        ends_on=None,
        by=SYSTEM,
        now=time.now(),
    )
    client = as_user(user)
    assert client.get(url("show", choice)).status_code == 200
    for name in ("decide", "distribute", "record_evidence"):
        assert client.post(url(name, choice)).status_code == 403


def test_opening_a_case_is_logged_and_shows_the_advice(office: Office) -> None:
    choice, required = make_choice(office=office), make_course(name="Grundkursen")
    Prerequisite.objects.create(
        course=choice.course_start.course, alternative=1, required=required, kind="advisory", source="test"
    )
    page = as_user(office.officer_user).get(url("show", choice)).content.decode()
    assert Event.objects.filter(verb="choice.opened", actor_id=office.officer.user_id).count() == 1
    assert "Grundkursen" in page and "Det är råd, inget hinder." in page
    assert f'value="{required.code}"' in page


def test_deciding_on_condition_and_distributing(office: Office) -> None:
    choice, required = make_choice(office=office), make_course()
    client = as_user(office.officer_user)
    typed = {"seen": choice.status_at.isoformat(), "outcome": "on_condition", "grounds": ["eligible_20"]}
    response = client.post(url("decide", choice), typed | {"required_code": required.code.lower()})
    choice.refresh_from_db()
    assert response.status_code == 302 and (choice.status, choice.outcome) == ("decided", "on_condition")
    client.post(url("distribute", choice))
    choice.refresh_from_db()
    assert choice.status == "distributed"
    page = client.get(url("show", choice)).content.decode()
    assert f"Ligger hos {office.school.name}" in page and "Registrera underlag" in page
    client.post(url("record_evidence", choice), {"evidence": "Betyg C från Provköping"})
    assert Choice.objects.get(pk=choice.pk).condition.status == "met"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": "refused", "reason": ""}, "Skriv skälet till avslaget"),
        ({"outcome": "granted"}, "minst en grund"),
        ({"outcome": "on_condition", "grounds": ["eligible_20"]}, "Ange vilken kurs"),
        ({"outcome": "on_condition", "grounds": ["eligible_20"], "required_code": "FINNSEJ"}, "ingen kurs med den"),
        ({"outcome": "granted", "grounds": ["basic_level"]}, "basic_level"),
        ({"seen": "2020-01-01", "outcome": "granted", "grounds": ["eligible_20"]}, "ändrades medan"),
    ],
)
def test_what_a_decision_lacks_is_told_and_the_text_stays(office: Office, typed: dict[str, Any], sentence: str) -> None:
    choice = make_choice(office=office)
    body = {"seen": choice.status_at.isoformat(), "reason": "Min långa text"} | typed
    page = as_user(office.officer_user).post(url("decide", choice), body).content.decode()
    assert sentence in page and ("Min långa text" in page or not body["reason"])
    choice.refresh_from_db()
    assert choice.status == "submitted"


def test_a_forced_step_is_a_calm_page(office: Office) -> None:
    choice = make_choice(office=office)
    response = as_user(office.officer_user).post(url("distribute", choice))
    assert response.status_code == 409 and "behöver ett beslut först" in response.content.decode()


def test_ones_own_case_is_greyed(office: Office) -> None:
    own = make_choice(office=office, user=office.officer_user)
    page = as_user(office.officer_user).get(url("show", own)).content.decode()
    assert "(jäv)" in page and 'name="outcome"' not in page


def test_a_protected_applicant_is_an_alias_until_a_named_reader_opens_her(office: Office) -> None:
    choice = make_choice(
        office=office, protection=Protection.SECRECY_MARK, first_name="Åsa", last_name="Öberg", status=C.DISTRIBUTED
    )
    secrets = ("Öberg", "elev@example.org", "undersköterska", choice.student.shown_personnummer)
    for user in (office.officer_user, office.administrator_user):
        client = as_user(user)
        pages = [client.get(address).content.decode() for address in (url("list", lage="alla"), url("show", choice))]
        pages.append(client.post(url("open_applicant", choice), {"reason": "Kallelse"}).content.decode())
        assert all("Skyddad person 1" in page for page in pages)
        assert not [secret for secret in secrets for page in pages if secret in page]
    make_reader(student=choice.student, user=office.officer_user)
    assert "Vi har tagit emot din ansökan" not in as_user(office.officer_user).get(url("show", choice)).content.decode()
    page = as_user(office.officer_user).post(url("open_applicant", choice), {"reason": "Kallelse"}).content.decode()
    assert all(secret in page for secret in secrets)
    assert "Vi har tagit emot din ansökan" in page and "Du är mottagen till kursen." in page
    assert Event.objects.get(verb="student.opened").detail == {"reason": "Kallelse"}


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_pages_ask_few_questions_whatever_the_rows(office: Office) -> None:
    choice = make_choice(office=office, status=C.DECIDED, outcome=Outcome.ON_CONDITION)
    user = choice.student.user
    for number in range(300):
        Choice.objects.create(
            application=_copied(choice, number),
            authority=choice.authority,
            student=choice.student,
            course_start=choice.course_start,
            status="withdrawn",
            status_at=time.now(),
        )
    officer, applicant = as_user(office.officer_user), as_user(user)
    assert asked(officer, url("list", lage="alla")) <= MOST_QUERIES
    assert asked(officer, url("list", lage="fordela")) <= MOST_QUERIES
    assert asked(officer, url("show", choice)) <= MOST_QUERIES
    assert asked(applicant, url("list_own")) <= MOST_QUERIES
    assert asked(applicant, url("show_own", choice)) <= MOST_QUERIES
    assert asked(applicant, url("apply", make_course_start(school=office.school))) <= MOST_QUERIES


def _copied(choice: Choice, number: int) -> Any:
    row = choice.application
    return type(row).objects.create(
        authority=row.authority,
        student=row.student,
        number=1000 + number,
        email=row.email,
        goal=row.goal,
        created_at=row.created_at,
        submitted_at=row.submitted_at,
    )


def test_a_refused_step_in_a_form_is_told_in_the_form(office: Office) -> None:
    choice = make_choice(office=office, status=C.DISTRIBUTED, outcome=Outcome.ON_CONDITION)
    services.record_evidence(choice=choice, evidence="Betyg", by=office.officer, now=time.now())
    page = as_user(office.officer_user).post(url("record_evidence", choice), {"evidence": "Igen"}).content.decode()
    assert "Villkoret är uppfyllt" in page


@pytest.mark.parametrize(
    ("status", "outcome", "steps"),
    [
        (C.SUBMITTED, Outcome.GRANTED, {"Besluta", "Fördela till skolan"}),
        (C.DECIDED, Outcome.GRANTED, {"Fördela till skolan"}),
        (C.DECIDED, Outcome.REFUSED, {"Besluta"}),
        (C.DISTRIBUTED, Outcome.GRANTED, set()),
        (C.PLACED, Outcome.GRANTED, set()),
        (C.RETURNED, Outcome.GRANTED, {"Besluta", "Fördela till skolan"}),
        (C.WITHDRAWN, Outcome.GRANTED, set()),
    ],
)
def test_a_step_that_is_done_leaves_its_fact(
    office: Office, status: ChoiceStatus, outcome: Outcome, steps: set[str]
) -> None:
    choice = make_choice(office=office, status=status, outcome=outcome)
    page = as_user(office.officer_user).get(url("show", choice)).content.decode()
    assert {name for name in ("Besluta", "Fördela till skolan") if f">{name}</button>" in page} == steps
    fact = f"Fördelad till {office.school.name} {time.today()}"
    assert (fact in page) is (status is C.DISTRIBUTED)
    assert page.count("behöver ett beslut först") == (status is C.SUBMITTED)
    assert page.count("besluta på nytt först") == (status is C.RETURNED)


def test_the_form_says_what_each_decision_needs(office: Office) -> None:
    page = as_user(office.officer_user).get(url("show", make_choice(office=office))).content.decode()
    for needed in ("(krävs)", "(krävs vid mottagen och villkor)", "(krävs vid villkor)", "(krävs vid avslag)"):
        assert needed in page
    assert "Förslag: Mottagen." in page


def test_a_return_is_one_chip_in_the_list(office: Office) -> None:
    make_choice(office=office, status=C.RETURNED)
    page = as_user(office.officer_user).get(url("list", lage="returnerade")).content.decode()
    row = page[page.index("<tbody>") :]
    assert "Returnerad" in row and "Ingen plats kvar" in row and "Mottagen" not in row


def test_what_waits_for_a_decision_is_one_number_in_the_list_the_navigation_and_the_start_page(office: Office) -> None:
    for status in (C.SUBMITTED, C.SUBMITTED, C.RETURNED, C.DECIDED, C.DRAFT):
        make_choice(office=office, status=status)
    client = as_user(office.officer_user)
    response = client.get(url("list"))
    assert {tab.count for tab in response.context["states"] if tab.name == "besluta"} == {2}
    assert len(response.context["page"]) == 2
    assert 'Ansökningar<span class="count">2</span>' in response.content.decode()
    waiting = {item.code: item.count for item in client.get("/").context["todo"]}
    assert (waiting["to_decide"], waiting["returned"]) == (2, 1)


def test_a_protected_applicants_decision_is_said_to_go_by_post(office: Office) -> None:
    choice = make_choice(office=office, protection=Protection.SECRECY_MARK)
    client = as_user(office.officer_user)
    assert "går med brev, inte med e-post" in client.get(url("show", choice)).content.decode()
    typed = {"seen": choice.status_at.isoformat(), "outcome": "granted", "grounds": ["eligible_20"]}
    page = client.post(url("decide", choice), typed, follow=True).content.decode()
    assert "väntar på utskrift" in page
