"""Eight at once: exactly one wins, and the others are told."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import transaction

from kursvis.accounts.tests.factories import actor, make_user
from kursvis.admissions import services
from kursvis.admissions.models import Application, Choice, ChoiceStep, Decision
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import GRANT, Office, decision, make_choice
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.tests.races import AT_ONCE, race, told
from kursvis.merits import services as merits

pytestmark = pytest.mark.usefixtures("committed")
C = ChoiceStatus


def one_winner(results: list[str]) -> bool:
    losers = [result for result in results if result != "won"]
    return results.count("won") == 1 and set(losers) == {"core.changed_meanwhile"}


def test_sending_in_one_draft() -> None:
    choice = make_choice(status=C.DRAFT)
    applicant = actor(choice.student.user)
    seen = [Choice.objects.get(pk=choice.pk) for _ in range(AT_ONCE)]
    assert one_winner(race(lambda number: services.submit(choice=seen[number], by=applicant, now=time.now())))
    assert CourseStart.objects.get(pk=choice.course_start_id).applicants == 1


@pytest.mark.parametrize("again", [False, True])
def test_deciding_one_choice(again: bool) -> None:
    office = Office()
    status = C.DECIDED if again else C.SUBMITTED
    choice = make_choice(office=office, status=status, outcome=Outcome.REFUSED)
    before = Decision.objects.count()
    seen = [Choice.objects.get(pk=choice.pk) for _ in range(AT_ONCE)]
    outcomes = [GRANT if number % 2 else decision(Outcome.REFUSED) for number in range(AT_ONCE)]
    assert one_winner(race(lambda n: services.decide(choice=seen[n], **outcomes[n], by=office.officer, now=time.now())))
    assert Decision.objects.count() == before + 1


def test_distributing_one_choice() -> None:
    office = Office()
    choice = make_choice(office=office, status=C.DECIDED)
    seen = [Choice.objects.get(pk=choice.pk) for _ in range(AT_ONCE)]
    assert one_winner(race(lambda n: services.distribute(choice=seen[n], by=office.officer, now=time.now())))
    assert ChoiceStep.objects.filter(choice=choice, new="distributed").count() == 1


def test_one_applicant_who_presses_eight_times_applies_once() -> None:
    office, user = Office(), make_user()
    course_start = make_course_start(school=office.school)

    def apply(_: int) -> None:
        services.apply(
            course_start=course_start, user=user, email="a@example.org", goal="Läsa", by=actor(user), now=time.now()
        )

    results = race(apply)
    assert results == ["admissions.already_applied"] * 7 + ["won"]
    assert Application.objects.count() == 1


def test_eight_applicants_to_one_start_are_all_counted() -> None:
    office = Office()
    course_start, users = make_course_start(school=office.school), [make_user() for _ in range(AT_ONCE)]

    def apply(number: int) -> None:
        user = users[number]
        services.apply(
            course_start=course_start, user=user, email="a@example.org", goal="Läsa", by=actor(user), now=time.now()
        )

    assert race(apply) == ["won"] * AT_ONCE
    course_start.refresh_from_db()
    assert course_start.applicants == AT_ONCE
    assert sorted(Application.objects.values_list("number", flat=True)) == list(range(1, AT_ONCE + 1))


def test_a_grade_locked_while_the_condition_is_decided_is_never_missed() -> None:
    office, course = Office(), make_course()
    choice = make_choice(office=office)
    step: dict[str, Any] = {"by": office.officer, "now": time.now()}

    def decide_on_condition() -> str:
        return told(lambda: services.decide(choice=choice, **decision(Outcome.ON_CONDITION, course), **step))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            result = merits.record_own_grade(
                student=choice.student,
                course=course,
                value="E",
                passed=True,
                dated=time.today(),
                grade_id=1,
                now=time.now(),
            )
            services.meet_conditions(student_id=choice.student_id, course_id=course.pk, result_id=result.pk, **step)
            deciding = pool.submit(decide_on_condition)
            with pytest.raises(TimeoutError):
                deciding.result(timeout=1)
        assert deciding.result() == "admissions.required_already_passed"
