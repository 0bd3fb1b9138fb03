"""The steps of grades and catalogues on the database: states, what they cause in other processes, the log, refusals."""

from datetime import timedelta

import pytest

from kursvis.accounts.tests.factories import actor
from kursvis.admissions.models import Condition
from kursvis.admissions.rules import ChoiceStatus, ConditionStatus, Outcome
from kursvis.admissions.tests.factories import make_choice
from kursvis.audit.models import Event
from kursvis.core.reasons import Refused
from kursvis.grades import services
from kursvis.grades.models import CatalogueEntry, Grade, GradeStep
from kursvis.grades.rules import CatalogueStatus, GradeStatus
from kursvis.grades.tests.factories import (
    Classroom,
    grade_of,
    make_catalogue,
    make_enrolment,
    make_grade,
    walk,
)
from kursvis.merits.models import Result
from kursvis.people.rules import Protection
from kursvis.post.models import Message
from kursvis.studies.rules import EnrolmentOutcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Classroom:
    return Classroom()


def refused(step, **arguments) -> list[str]:
    events = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        step(**arguments)
    assert Event.objects.count() == events
    return [reason.code for reason in refusal.value.reasons]


def verbs(grade: Grade) -> list[str]:
    return list(GradeStep.objects.filter(grade=grade).order_by("id").values_list("verb", flat=True))


def logged(verb: str) -> Event:
    event = Event.objects.filter(verb=verb).last()
    assert event is not None
    return event


# Setting


def test_the_teacher_sets_changes_and_takes_back(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    for value in ("C", "B", ""):
        grade = services.set_grade(enrolment=enrolment, value=value, by=room.teacher, now=room.on_end(-10))
    assert verbs(grade) == ["set", "changed", "cleared"]
    assert logged("grade.cleared").detail["before"] == "B"
    assert logged("grade.set").student_id == enrolment.student_id


def test_a_form_is_saved_whole_or_not_at_all_and_each_reason_names_its_row(room: Classroom) -> None:
    good, bad = make_enrolment(room), make_enrolment(room)
    with pytest.raises(Refused) as refusal:
        services.set_grades(
            group=room.group, values={good.uuid: "A", bad.uuid: "G"}, by=room.teacher, now=room.on_end(-5)
        )
    assert [(r.code, r.values["row"]) for r in refusal.value.reasons] == [("grades.not_on_scale", bad.uuid)]
    assert not Grade.objects.exists()


def test_what_somebody_else_changed_meanwhile_is_not_written_over(room: Classroom) -> None:
    grade = make_grade(room, value="B")
    uuid = grade.enrolment.uuid
    codes = refused(
        services.set_grades, group=room.group, values={uuid: "D"}, seen={uuid: ""}, by=room.teacher, now=room.on_end()
    )
    assert codes == ["grades.changed_meanwhile"]


def test_an_unchanged_form_writes_nothing(room: Classroom) -> None:
    grade = make_grade(room, value="B")
    uuid = grade.enrolment.uuid
    assert services.set_grades(group=room.group, values={uuid: "B"}, by=room.teacher, now=room.on_end()) == []
    assert verbs(grade) == ["set"]


def test_only_the_groups_teacher_on_the_scale_and_in_the_group(room: Classroom) -> None:
    enrolment, other = make_enrolment(room), Classroom(office=room.office)
    step = {"group": room.group, "now": room.on_end()}
    registrar = refused(services.set_grades, values={enrolment.uuid: "A"}, by=room.registrar, **step)
    assert registrar == ["grades.only_the_groups_teacher_decides"]
    colleague = refused(services.set_grades, values={enrolment.uuid: "A"}, by=other.teacher, **step)
    assert colleague == ["grades.only_the_groups_teacher_decides"]
    stranger = make_enrolment(other)
    assert refused(services.set_grades, values={stranger.uuid: "A"}, by=room.teacher, **step) == ["grades.not_in_group"]


def test_a_teacher_never_sets_her_own_grade(room: Classroom) -> None:
    own = make_enrolment(room, user=room.teacher_user)
    codes = refused(services.set_grade, enrolment=own, value="A", by=room.teacher, now=room.on_end())
    assert codes == ["core.own_case"]


def test_not_before_the_start(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    first_day = room.on_end() - (room.group.ends_on - room.group.starts_on)
    step = {"enrolment": enrolment, "value": "A", "by": room.teacher}
    assert refused(services.set_grade, now=first_day - timedelta(days=1), **step) == ["grades.not_started"]
    services.set_grade(now=first_day, **step)


def test_a_work_needs_its_title_before_the_lock() -> None:
    from kursvis.catalogue.tests.factories import make_course

    room = Classroom(course=make_course(kind="komvuxarbete"))
    grade = make_grade(room, value="E")
    step = {"grade": grade, "end_moved_to": None, "by": room.teacher, "now": room.on_end()}
    assert refused(services.lock, **step) == ["grades.title_of_work_missing"]
    services.set_grade(
        enrolment=grade.enrolment, value="E", information="Hållbart byggande", by=room.teacher, now=room.on_end()
    )
    assert services.lock(**step).status == GradeStatus.LOCKED


# Locking


def test_locking_dates_completes_and_records(room: Classroom) -> None:
    grade = make_grade(room, status=GradeStatus.LOCKED)
    enrolment = grade_of(grade).enrolment
    assert grade_of(grade).grade_date == enrolment.ends_on == room.end
    assert (enrolment.outcome, enrolment.outcome_on) == (EnrolmentOutcome.COMPLETED, room.end)
    result = Result.objects.get(source_id=grade.pk)
    assert (result.value, result.passed, result.dated) == ("C", True, room.end)
    assert verbs(grade) == ["set", "locked"]
    assert logged("grade.locked").detail["dated"] == room.end.isoformat()
    assert not Message.objects.filter(subject__startswith="Ditt slutdatum").exists()


def test_the_day_before_the_end_is_refused_and_the_day_is_allowed(room: Classroom) -> None:
    grade = make_grade(room)
    step = {"grade": grade, "end_moved_to": None, "by": room.teacher}
    assert refused(services.lock, now=room.on_end(-1), **step) == ["grades.end_has_not_come"]
    assert services.lock(now=room.on_end(), **step).status == GradeStatus.LOCKED


def test_an_early_grade_moves_the_end_and_tells_the_student(room: Classroom) -> None:
    grade = make_grade(room)
    today = room.end - timedelta(days=20)
    services.lock(grade=grade, end_moved_to=today, by=room.teacher, now=room.on_end(-20))
    grade = grade_of(grade)
    assert grade.grade_date == grade.enrolment.ends_on == today
    message = Message.objects.get(subject__startswith="Ditt slutdatum är flyttat")
    assert today.isoformat() in message.body and room.end.isoformat() in message.body
    assert "studiemedel" in message.body and message.address == "elev@example.org"
    assert logged("enrolment.end_moved").detail["old"] == room.end.isoformat()


@pytest.mark.parametrize(
    "days, code", [(-19, "grades.end_moves_to_today_only"), (-21, "grades.end_moves_to_today_only")]
)
def test_the_end_moves_to_today_and_no_other_day(room: Classroom, days: int, code: str) -> None:
    grade = make_grade(room)
    to = room.end + timedelta(days=days)
    codes = refused(services.lock, grade=grade, end_moved_to=to, by=room.teacher, now=room.on_end(-20))
    assert codes == [code]


def test_a_late_grade_keeps_the_end_date(room: Classroom) -> None:
    enrolment = make_enrolment(room)
    grade = services.set_grade(enrolment=enrolment, value="D", by=room.teacher, now=room.on_end(30))
    grade = services.lock(grade=grade, end_moved_to=None, by=room.teacher, now=room.on_end(31))
    assert grade.grade_date == room.end
    assert grade_of(grade).decided_at == room.on_end(30)
    late = refused(services.lock, grade=grade, end_moved_to=room.end, by=room.teacher, now=room.on_end(31))
    assert late == ["grades.already_locked"]


def test_a_protected_persons_letter_goes_on_paper_with_her_alias(room: Classroom) -> None:
    grade = make_grade(room, protection=Protection.SECRECY_MARK)
    services.lock(grade=grade, end_moved_to=room.end - timedelta(days=9), by=room.teacher, now=room.on_end(-9))
    message = Message.objects.get(subject__startswith="Ditt slutdatum är flyttat")
    assert message.sealed and message.address == "" and message.recipient.startswith("Skyddad person")


@pytest.mark.parametrize("value, passed, status", [("E", True, "met"), ("F", False, "open"), ("–", False, "open")])
def test_only_a_passed_grade_meets_a_condition(room: Classroom, value: str, passed: bool, status: str) -> None:
    grade = make_grade(room, value=value)
    condition = waiting_for(room, grade)
    services.lock(grade=grade, end_moved_to=None, by=room.teacher, now=room.on_end())
    condition.refresh_from_db()
    assert (Result.objects.get(source_id=grade.pk).passed, condition.status) == (passed, status)


def waiting_for(room: Classroom, grade: Grade) -> Condition:
    choice = make_choice(
        office=room.office,
        status=ChoiceStatus.DISTRIBUTED,
        outcome=Outcome.ON_CONDITION,
        required=room.group.course,
        user=grade.enrolment.student.user,
    )
    return Condition.objects.get(choice=choice)


def test_lock_group_locks_the_own_grades_that_may_be_locked(room: Classroom) -> None:
    may, moved = make_grade(room), make_grade(room)
    type(moved.enrolment).objects.filter(pk=moved.enrolment_id).update(ends_on=room.end + timedelta(days=5))
    results = services.lock_group(group=room.group, by=room.teacher, now=room.on_end())
    assert {grade.pk: [r.code for r in reasons] for grade, reasons in results} == {
        may.pk: [],
        moved.pk: ["grades.end_has_not_come"],
    }
    assert [grade_of(may).status, grade_of(moved).status] == ["locked", "set"]


def test_locking_twice_is_refused(room: Classroom) -> None:
    grade = make_grade(room, status=GradeStatus.LOCKED)
    step = {"grade": grade, "end_moved_to": None, "by": room.teacher, "now": room.on_end()}
    assert refused(services.lock, **step) == ["grades.already_locked"]
    codes = refused(services.set_grade, enrolment=grade.enrolment, value="A", by=room.teacher, now=room.on_end())
    assert codes == ["grades.already_locked"]


# Unlocking


def test_unlocking_takes_everything_back(room: Classroom) -> None:
    grade = make_grade(room, value="C")
    condition = waiting_for(room, grade)
    services.lock(grade=grade, end_moved_to=None, by=room.teacher, now=room.on_end())
    services.unlock(grade=grade, reason="Fel elev", by=room.registrar, now=room.on_end(1))
    grade = grade_of(grade)
    condition.refresh_from_db()
    assert (grade.status, grade.grade_date, grade.enrolment.outcome) == ("set", None, "none")
    assert not Result.objects.filter(source_id=grade.pk, withdrawn_at=None).exists()
    assert condition.status == ConditionStatus.OPEN
    assert verbs(grade)[-1] == "unlocked" and logged("grade.unlocked").detail["note"] == "Fel elev"


def test_unlocking_needs_a_reason_and_never_by_the_student(room: Classroom) -> None:
    grade = make_grade(room, status=GradeStatus.LOCKED)
    step = {"grade": grade, "now": room.on_end(1)}
    assert refused(services.unlock, reason=" ", by=room.registrar, **step) == ["grades.unlocking_needs_reason"]
    student = actor(grade.enrolment.student.user)
    assert refused(services.unlock, reason="Jag vill", by=student, **step) == ["core.own_case"]


def test_unlocking_one_keeps_the_others_approved_and_carries_them_over(room: Classroom) -> None:
    first = make_catalogue(room, status=CatalogueStatus.APPROVED, values=("C", "F", "–"))
    wrong, *others = [entry.grade for entry in first.entries.order_by("pk")]
    services.unlock(grade=wrong, reason="Fel betyg", by=room.registrar, now=room.on_end(5))
    first.refresh_from_db()
    assert (first.status, first.status_reason) == ("replaced", "Fel betyg")
    assert not CatalogueEntry.objects.filter(valid=True).exists()
    assert {grade_of(other).status for other in others} == {"approved"}

    services.set_grade(enrolment=grade_of(wrong).enrolment, value="B", by=room.teacher, now=room.on_end(6))
    services.lock(grade=wrong, end_moved_to=None, by=room.teacher, now=room.on_end(6))
    second = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(7))
    first.refresh_from_db()
    assert first.replaced_by_id == second.pk and second.number == first.number + 1
    assert {e.grade_id: e.carried_over for e in second.entries.all()} == {
        wrong.pk: False,
        **{other.pk: True for other in others},
    }
    approved = {other.pk: grade_of(other).approved_at for other in others}
    walk(room, second, CatalogueStatus.APPROVED)
    assert grade_of(wrong).status == "approved"
    assert {other.pk: grade_of(other).approved_at for other in others} == approved


# Catalogues


def test_a_catalogue_takes_the_locked_grades_and_the_next_number(room: Classroom) -> None:
    first = make_catalogue(room)
    set_only = make_grade(room)
    assert (first.number, first.decider_name, first.decider_title) == (1, "Karin Öst", "Gymnasielärare")
    assert first.entries.filter(valid=True).count() == 2 and bytes(first.pdf).startswith(b"%PDF")
    assert not CatalogueEntry.objects.filter(grade=set_only).exists()
    assert logged("catalogue.created").detail["number"] == 1
    elsewhere = make_catalogue(Classroom(office=room.office))
    assert elsewhere.number == 2
    assert make_catalogue(Classroom()).number == 1


def test_no_catalogue_without_locked_grades_or_title(room: Classroom) -> None:
    step = {"group": room.group, "by": room.teacher, "now": room.on_end()}
    assert refused(services.create_catalogue, **step) == ["grades.nothing_to_print"]
    make_grade(room)
    assert refused(services.create_catalogue, **step) == ["grades.locks_first"]
    services.lock_group(group=room.group, by=room.teacher, now=room.on_end())
    room.teacher_user.title = ""
    room.teacher_user.save()
    assert refused(services.create_catalogue, **step) == ["grades.title_missing"]


def test_sent_received_approved(room: Classroom) -> None:
    catalogue = make_catalogue(room, status=CatalogueStatus.APPROVED)
    grade = catalogue.entries.first().grade
    assert (catalogue.status, grade.status) == ("approved", "approved")
    assert verbs(grade) == ["set", "locked", "in_catalogue", "sent", "received", "approved"]
    assert [step.verb for step in catalogue.steps.order_by("id")] == ["created", "sent", "received", "approved"]
    for verb in ("sent", "received", "approved"):
        assert logged(f"catalogue.{verb}").authority_id == catalogue.authority_id


def test_a_step_out_of_order_is_refused(room: Classroom) -> None:
    catalogue = make_catalogue(room)
    step = {"catalogue": catalogue, "by": room.registrar, "now": room.on_end(2)}
    assert refused(services.receive, **step) == ["grades.catalogue_not_sent"]
    assert refused(services.approve, **step) == ["grades.catalogue_not_received"]
    services.mark_sent(catalogue=catalogue, by=room.teacher, now=room.on_end(2))
    again = refused(services.mark_sent, catalogue=catalogue, by=room.teacher, now=room.on_end(2))
    assert again == ["grades.catalogue_wrong_state"]


def test_nobody_receives_a_catalogue_with_her_own_grade(room: Classroom) -> None:
    make_grade(room, status=GradeStatus.LOCKED, user=room.registrar_user)
    catalogue = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end())
    services.mark_sent(catalogue=catalogue, by=room.teacher, now=room.on_end(1))
    step = {"catalogue": catalogue, "by": room.registrar, "now": room.on_end(2)}
    assert refused(services.receive, **step) == ["core.own_case"]


def test_a_returned_catalogue_unlocks_its_grades_and_is_replaced(room: Classroom) -> None:
    returned = make_catalogue(room, status=CatalogueStatus.RETURNED)
    grades = [entry.grade for entry in returned.entries.all()]
    assert {grade_of(grade).status for grade in grades} == {"set"}
    assert not Result.objects.filter(withdrawn_at=None).exists()
    services.lock_group(group=room.group, by=room.teacher, now=room.on_end(6))
    new = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(6))
    returned.refresh_from_db()
    assert (returned.status, returned.replaced_by_id, new.entries.count()) == ("replaced", new.pk, 2)
    assert logged("catalogue.returned").detail["note"] == "Fel slutdatum"


def test_returning_needs_a_reason(room: Classroom) -> None:
    catalogue = make_catalogue(room, status=CatalogueStatus.SENT)
    step = {"catalogue": catalogue, "by": room.registrar, "now": room.on_end(2)}
    assert refused(services.return_catalogue, reason="", **step) == ["grades.returning_needs_reason"]


def test_a_returned_catalogue_leaves_what_was_already_approved(room: Classroom) -> None:
    first = make_catalogue(room, status=CatalogueStatus.APPROVED)
    wrong, kept = [entry.grade for entry in first.entries.order_by("pk")]
    services.unlock(grade=wrong, reason="Fel", by=room.registrar, now=room.on_end(5))
    services.lock(grade=wrong, end_moved_to=None, by=room.teacher, now=room.on_end(6))
    second = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(6))
    walk(room, second, CatalogueStatus.RETURNED)
    assert (grade_of(wrong).status, grade_of(kept).status) == ("set", "approved")
    services.lock(grade=wrong, end_moved_to=None, by=room.teacher, now=room.on_end(7))
    third = services.create_catalogue(group=room.group, by=room.teacher, now=room.on_end(7))
    assert {e.grade_id: e.carried_over for e in third.entries.all()} == {wrong.pk: False, kept.pk: True}
