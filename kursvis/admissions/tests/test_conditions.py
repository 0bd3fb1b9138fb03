"""The condition: met by a passed grade or by recorded evidence, opened again when the grade goes."""

from typing import Any

import pytest

from kursvis.admissions import services
from kursvis.admissions.models import Choice, Condition
from kursvis.admissions.rules import ChoiceStatus, Outcome, ReturnReason
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.audit.models import Event
from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.tests.factories import make_course
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.merits import services as merits
from kursvis.merits.models import Result

pytestmark = pytest.mark.django_db
C = ChoiceStatus


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def course() -> NationalCourse:
    return make_course()


@pytest.fixture
def choice(office: Office, course: NationalCourse) -> Choice:
    return make_choice(office=office, status=C.DISTRIBUTED, outcome=Outcome.ON_CONDITION, required=course)


def grade(choice: Choice, course: NationalCourse, *, value: str = "E", grade_id: int = 1) -> Result:
    return merits.record_own_grade(
        student=choice.student,
        course=course,
        value=value,
        passed=value != "F",
        dated=time.today(),
        grade_id=grade_id,
        now=time.now(),
    )


def meet(result: Result, office: Office, **instead: Any) -> int:
    keys = {"student_id": result.student_id, "course_id": result.course_id, "result_id": result.pk} | instead
    return services.meet_conditions(**keys, by=office.administrator, now=time.now())


def state(choice: Choice) -> str:
    return Condition.objects.get(choice=choice).status


def place(choice: Choice, office: Office) -> None:
    services.mark_placed(choice=Choice.objects.get(pk=choice.pk), by=office.administrator, now=time.now())


def test_an_open_condition_stops_placing_but_not_calling(office: Office, choice: Choice) -> None:
    services.mark_called(choice=choice, by=office.administrator, now=time.now())
    with pytest.raises(Refused) as refusal:
        place(choice, office)
    assert [reason.code for reason in refusal.value.reasons] == ["admissions.condition_open"]


def test_a_passed_grade_meets_it(office: Office, choice: Choice, course: NationalCourse) -> None:
    assert meet(grade(choice, course), office) == 1
    assert state(choice) == "met"
    assert Event.objects.filter(verb="condition.met", student_id=choice.student_id).count() == 1
    place(choice, office)


@pytest.mark.parametrize("value", ["F"])
def test_a_failed_grade_does_not(office: Office, choice: Choice, course: NationalCourse, value: str) -> None:
    assert meet(grade(choice, course, value=value), office) == 0
    assert state(choice) == "open"


def test_neither_does_another_course_another_student_or_a_withdrawn_result(
    office: Office, choice: Choice, course: NationalCourse
) -> None:
    other_course, stranger = make_course(), make_choice(office=office)
    assert meet(grade(choice, other_course, grade_id=1), office, course_id=course.pk) == 0
    assert meet(grade(choice, other_course, grade_id=1), office) == 0
    assert meet(grade(stranger, course, grade_id=2), office, student_id=choice.student_id) == 0
    withdrawn = grade(choice, course, grade_id=3)
    merits.withdraw_own_grade(grade_id=3, now=time.now())
    assert meet(withdrawn, office) == 0
    assert state(choice) == "open"


def test_it_opens_again_when_the_grade_is_unlocked(office: Office, choice: Choice, course: NationalCourse) -> None:
    result = grade(choice, course)
    meet(result, office)
    merits.withdraw_own_grade(grade_id=1, now=time.now())
    assert services.reopen_conditions(result_id=result.pk, by=office.administrator, now=time.now()) == 1
    condition = Condition.objects.get(choice=choice)
    assert (condition.status, condition.met_at, condition.met_by, condition.result_id) == ("open", None, None, None)
    assert Event.objects.filter(verb="condition.reopened").count() == 1
    assert meet(grade(choice, course, value="D"), office) == 1


def test_another_passed_grade_takes_its_place(office: Office, choice: Choice, course: NationalCourse) -> None:
    first, second = grade(choice, course, grade_id=1), grade(choice, course, grade_id=2)
    meet(first, office)
    merits.withdraw_own_grade(grade_id=1, now=time.now())
    assert services.reopen_conditions(result_id=first.pk, by=office.administrator, now=time.now()) == 0
    assert (state(choice), Condition.objects.get().result_id) == ("met", second.pk)


def test_a_result_nobody_knows_opens_nothing(office: Office) -> None:
    assert services.reopen_conditions(result_id=0, by=office.administrator, now=time.now()) == 0


def test_recorded_evidence_meets_it_and_stands(office: Office, choice: Choice, course: NationalCourse) -> None:
    services.record_evidence(
        choice=choice, evidence="Betyg C från Provköping, 2026-06-10", by=office.administrator, now=time.now()
    )
    condition = Condition.objects.get(choice=choice)
    assert (condition.status, condition.met_by_id) == ("met", office.administrator.user_id)
    assert Event.objects.filter(verb="condition.met").exists()
    result = grade(choice, course)
    assert meet(result, office) == 0
    assert services.reopen_conditions(result_id=result.pk, by=office.administrator, now=time.now()) == 0
    place(choice, office)


def test_evidence_needs_words_an_open_condition_and_another_person(office: Office, choice: Choice) -> None:
    with pytest.raises(Refused) as refusal:
        services.record_evidence(choice=choice, evidence=" ", by=office.administrator, now=time.now())
    assert [reason.code for reason in refusal.value.reasons] == ["admissions.evidence_missing"]
    plain = make_choice(office=office, status=C.DISTRIBUTED)
    with pytest.raises(Refused) as refusal:
        services.record_evidence(choice=plain, evidence="Betyg", by=office.administrator, now=time.now())
    assert [reason.code for reason in refusal.value.reasons] == ["admissions.no_open_condition"]
    own = make_choice(office=office, status=C.DISTRIBUTED, outcome=Outcome.ON_CONDITION, user=office.administrator_user)
    with pytest.raises(Refused) as refusal:
        services.record_evidence(choice=own, evidence="Betyg", by=office.administrator, now=time.now())
    assert [reason.code for reason in refusal.value.reasons] == ["core.own_case"]


def test_an_unmet_condition_is_a_ready_return(office: Office, choice: Choice) -> None:
    services.return_choice(choice=choice, reason=ReturnReason.CONDITION_UNMET, by=office.administrator, now=time.now())
    assert Choice.objects.get(pk=choice.pk).return_reason == "condition_unmet"


def test_a_condition_of_a_withdrawn_choice_is_left_alone(
    office: Office, choice: Choice, course: NationalCourse
) -> None:
    services.withdraw(choice=choice, by=office.administrator, now=time.now())
    assert meet(grade(choice, course), office) == 0
