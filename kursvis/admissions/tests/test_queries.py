"""Who reaches which choice, and what lists and searches find."""

from typing import Any

import pytest
from django.http import Http404

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.admissions import queries, services
from kursvis.admissions.models import Choice
from kursvis.admissions.queries import case
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.catalogue.models import Prerequisite
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.merits.services import record_own_grade
from kursvis.organisation.tests.factories import make_school
from kursvis.people.rules import Protection

pytestmark = pytest.mark.django_db
C = ChoiceStatus


def found(actor_: Any, **filters: Any) -> set[Choice]:
    return set(queries.filtered(queries.readable_by(actor_), today=time.today(), **filters))


def test_the_authority_sees_what_is_sent_in_and_the_school_what_it_was_given() -> None:
    office = Office()
    rows = {status: make_choice(office=office, status=status) for status in C if status is not C.REPLACED}
    sent = {row for status, row in rows.items() if status is not C.DRAFT}
    assert found(office.officer) == sent
    assert found(office.administrator) == {rows[C.DISTRIBUTED], rows[C.PLACED], rows[C.RETURNED]}


def test_a_draft_that_was_thrown_away_stays_the_applicants_own() -> None:
    office = Office()
    draft = make_choice(office=office, status=C.DRAFT)
    services.withdraw(choice=draft, by=actor(draft.student.user), now=time.now())
    assert found(office.officer) == set()
    assert list(queries.own_choices(draft.student.user_id)) == [draft]


def test_other_schools_and_authorities_do_not_exist() -> None:
    office = Office()
    neighbour = Office(school=make_school(authority=office.school.authority))
    choice = make_choice(office=office, status=C.DISTRIBUTED)
    assert queries.get_for(office.administrator, choice.uuid) == choice
    assert queries.get_for(neighbour.officer, choice.uuid) == choice
    for stranger in (neighbour.administrator, Office().officer, Office().administrator, actor(choice.student.user)):
        with pytest.raises(Http404):
            queries.get_for(stranger, choice.uuid)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ECONOMIST, Role.SYSTEM_ADMINISTRATOR])
def test_who_has_nothing_to_do_with_applications_sees_none(role: Role) -> None:
    office = Office()
    make_choice(office=office, status=C.DISTRIBUTED)
    school = {"school": office.school} if role is Role.TEACHER else {"authority": office.school.authority}
    assert found(actor(make_staff(role, **school))) == set()


def test_own_choices_are_only_ones_own() -> None:
    mine, other = make_choice(), make_choice()
    assert queries.get_own(mine.student.user_id, mine.uuid) == mine
    with pytest.raises(Http404):
        queries.get_own(mine.student.user_id, other.uuid)


def test_a_protected_applicant_is_found_by_alias_and_number_only() -> None:
    office = Office()
    hidden = make_choice(office=office, protection=Protection.SECRECY_MARK, first_name="Åsa", last_name="Öberg")
    shown = make_choice(office=office, first_name="Olle", last_name="Öberg")
    assert found(office.officer, text="öberg") == {shown}
    assert found(office.officer, text=hidden.student.personnummer) == set()
    assert found(office.officer, text=shown.student.shown_personnummer) == {shown}
    assert found(office.officer, text="skyddad person") == {hidden}
    assert found(office.officer, text=str(hidden.application.number)) >= {hidden}


def test_filters() -> None:
    office = Office()
    matte = make_course_start(school=office.school, course=make_course(code="MATE1A00X", name="Matematik, nivå 1a"))
    conditional = make_choice(
        office=office, status=C.DECIDED, outcome=Outcome.ON_CONDITION, course_start=matte, last_name="Ek"
    )
    refused = make_choice(office=office, status=C.DECIDED, outcome=Outcome.REFUSED, last_name="Alm")
    waiting = make_choice(office=office, last_name="Asp")
    returned = make_choice(office=office, status=C.RETURNED, last_name="Lind")
    officer = office.officer
    assert found(officer, state="besluta") == {waiting}
    assert found(officer, state="returnerade") == {returned}
    assert found(officer, state="fordela") == found(officer, state="villkor") == {conditional}
    assert found(officer, state="avslag") == found(officer, outcome="refused") == {refused}
    assert found(officer, text="mate1a") == found(officer, text="matematik ek") == {conditional}
    assert found(officer, school=office.school.uuid) == found(officer)
    assert found(officer, school=make_school().uuid) == set()
    assert found(officer, start=matte.starts_on) >= {conditional}
    tabs = queries.state_tabs(
        queries.readable_by(officer), {"state": "besluta", "text": "a"}, is_default="besluta", today=time.today()
    )
    assert {tab.name: tab.count for tab in tabs}["besluta"] >= 1


def test_tabs_count_within_the_other_filters() -> None:
    office = Office()
    make_choice(office=office, last_name="Ek")
    make_choice(office=office, last_name="Alm", status=C.DECIDED)
    reached = queries.readable_by(office.officer)
    tabs = queries.state_tabs(reached, {"state": "besluta", "text": "ek"}, is_default="besluta", today=time.today())
    counted = {tab.name: tab.count for tab in tabs}
    assert (counted["besluta"], counted["fordela"], counted["alla"]) == (1, 0, 1)
    assert [tab.in_address for tab in tabs if tab.is_on] == [None]


def test_advice_compares_the_register_with_results_in_the_system() -> None:
    office, first, second = Office(), make_course(name="Provkunskap 1"), make_course(name="Provkunskap 2")
    choice = make_choice(office=office)
    course = choice.course_start.course
    assert case.advice_for(choice).advice.state == "none_asked"
    for alternative, required in enumerate((first, second), start=1):
        Prerequisite.objects.create(
            course=course, alternative=alternative, required=required, kind="recommended", source="test"
        )
    advice = case.advice_for(choice)
    assert (advice.advice.outcome, advice.required_course) == (Outcome.ON_CONDITION, first)
    assert case.proposal(advice) == {"outcome": "on_condition", "required_code": first.code}
    record_own_grade(
        student=choice.student, course=second, value="A", passed=True, dated=time.today(), grade_id=1, now=time.now()
    )
    advice = case.advice_for(choice)
    assert [alternative.state for alternative in advice.alternatives] == ["unmet", "met"]
    assert case.proposal(advice) == {"outcome": "granted", "required_code": ""}


def test_the_history_names_a_protected_applicant_by_alias() -> None:
    office = Office()
    choice = make_choice(office=office, protection=Protection.SECRECY_MARK, last_name="Öberg", status=C.DECIDED)
    events = case.history_of(choice)
    assert [event.text for event in events] == ["Beslutad", "Inskickad", "Utkast"]
    assert [event.who for event in events] == [office.officer.name, "Skyddad person 1", "Skyddad person 1"]
    assert {event.who for event in case.own_history_of(choice)} == {""}


def test_the_applicants_tracker() -> None:
    states = {
        status: [step["state"] for step in case.own_path(choice, case.decisions_of(choice))]
        for status in (C.SUBMITTED, C.DECIDED, C.DISTRIBUTED, C.PLACED, C.RETURNED)
        for choice in [make_choice(status=status)]
    }
    assert states[C.SUBMITTED] == ["done", "now", "todo", "todo"]
    assert states[C.DECIDED] == ["done", "done", "now", "todo"]
    assert states[C.DISTRIBUTED] == ["done", "done", "done", "now"]
    assert states[C.PLACED] == ["done"] * 4
    assert states[C.RETURNED] == []
    refused = make_choice(status=C.DECIDED, outcome=Outcome.REFUSED)
    assert case.own_path(refused, []) == []
