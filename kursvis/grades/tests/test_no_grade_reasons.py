"""Why there is a dash: chosen of the municipality's register, kept on the grade, and only there."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from kursvis.access.actors import SYSTEM
from kursvis.accounts.tests.browsers import as_user
from kursvis.audit.models import Event
from kursvis.catalogue.rules.scales import DASH
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.days import go_to
from kursvis.grades import services
from kursvis.grades.document import data_of
from kursvis.grades.models import Grade
from kursvis.grades.rules import GradeStatus
from kursvis.grades.tests.factories import Classroom, make_enrolment, make_grade
from kursvis.organisation.models import RegisterEntry
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.services import registers
from kursvis.organisation.tests.factories import make_authority
from kursvis.studies.models import Enrolment

pytestmark = pytest.mark.django_db
ABSENCE = "Underlag saknas på grund av frånvaro"


@pytest.fixture
def classroom() -> Classroom:
    return Classroom()


def entry_of(classroom: Classroom, name: str = ABSENCE) -> RegisterEntry:
    return RegisterEntry.objects.get(
        authority=classroom.office.school.authority, register=Register.NO_GRADE_REASON.value, name=name
    )


def set_dash(classroom: Classroom, enrolment: Enrolment, entry: RegisterEntry, value: str = DASH) -> Grade:
    now = classroom.on_end()
    return services.set_grade(enrolment=enrolment, value=value, no_grade_reason=entry, by=classroom.teacher, now=now)


def codes(classroom: Classroom, entry: RegisterEntry, value: str = DASH) -> list[str]:
    with pytest.raises(Refused) as refusal:
        set_dash(classroom, make_enrolment(classroom), entry, value)
    return [reason.code for reason in refusal.value.reasons]


def test_a_dash_keeps_its_reason_through_the_lock_and_the_log(classroom: Classroom) -> None:
    grade = set_dash(classroom, make_enrolment(classroom), entry_of(classroom))
    assert grade.no_grade_reason == ABSENCE
    assert Event.objects.filter(verb="grade.set").latest("pk").detail["no_grade_reason"] == ABSENCE
    services.lock(grade=grade, end_moved_to=None, by=classroom.teacher, now=classroom.on_end())
    assert Grade.objects.get().no_grade_reason == ABSENCE


def test_a_grade_instead_of_the_dash_takes_the_reason_away(classroom: Classroom) -> None:
    enrolment = make_enrolment(classroom)
    set_dash(classroom, enrolment, entry_of(classroom))
    grade = services.set_grade(enrolment=enrolment, value="E", by=classroom.teacher, now=classroom.on_end())
    assert (grade.value, grade.no_grade_reason) == ("E", "")


def test_only_a_dash_has_a_reason_also_in_the_database(classroom: Classroom) -> None:
    assert codes(classroom, entry_of(classroom), value="C") == ["grades.reason_without_dash"]
    grade = make_grade(classroom)
    with pytest.raises(IntegrityError, match="only_a_dash_has_a_no_grade_reason"), transaction.atomic():
        Grade.objects.filter(pk=grade.pk).update(no_grade_reason=ABSENCE)


def test_what_has_ended_or_belongs_elsewhere_is_not_chosen(classroom: Classroom) -> None:
    entry = entry_of(classroom)
    registers.end_entry(entry=entry, ends_on=time.today(), by=SYSTEM, now=time.now())
    entry.refresh_from_db()
    assert codes(classroom, entry) == ["organisation.entry_not_in_force"]
    other = RegisterEntry.objects.get(authority=entry.authority, register="condition")
    assert codes(classroom, other) == ["organisation.entry_of_another_register"]
    stranger = RegisterEntry.objects.filter(authority=make_authority(), register="no_grade_reason")[0]
    assert codes(classroom, stranger) == ["organisation.entry_of_another_register"]


def test_the_table_asks_why_once_the_dash_stands(classroom: Classroom) -> None:
    enrolment, plain = make_enrolment(classroom), make_enrolment(classroom)
    go_to(classroom.end)
    teacher, address = as_user(classroom.teacher_user), reverse("grades:group", args=[classroom.group.uuid])
    field = f"reason-{enrolment.uuid}"
    assert field not in teacher.get(address).content.decode()
    typed = {f"grade-{enrolment.uuid}": "-", f"seen-{enrolment.uuid}": "", "do": "save"}
    teacher.post(address, typed)
    page = teacher.get(address).content.decode()
    assert field in page and f"reason-{plain.uuid}" not in page and ABSENCE in page
    typed = {f"grade-{enrolment.uuid}": DASH, f"seen-{enrolment.uuid}": DASH, "do": "save"}
    teacher.post(address, typed | {field: entry_of(classroom).code})
    grade = Grade.objects.get()
    assert grade.no_grade_reason == ABSENCE
    shown = teacher.get(reverse("grades:show_grade", args=[grade.uuid])).content.decode()
    assert "Skäl till streck" in shown and ABSENCE in shown
    teacher.post(address, typed | {field: ""})
    assert Grade.objects.get().no_grade_reason == ""


def test_a_reason_that_has_ended_stays_where_it_stands_and_is_offered_to_nobody_else(classroom: Classroom) -> None:
    enrolment, entry = make_enrolment(classroom), entry_of(classroom)
    set_dash(classroom, enrolment, entry)
    registers.end_entry(entry=entry, ends_on=time.today(), by=SYSTEM, now=time.now())
    other = make_enrolment(classroom)
    services.set_grade(enrolment=other, value=DASH, by=classroom.teacher, now=classroom.on_end())
    go_to(classroom.end + timedelta(days=1))
    teacher, address = as_user(classroom.teacher_user), reverse("grades:group", args=[classroom.group.uuid])
    assert teacher.get(address).content.decode().count(f">{ABSENCE}</option>") == 1
    uuid = enrolment.uuid
    typed = {f"grade-{uuid}": DASH, f"seen-{uuid}": DASH, f"information-{uuid}": "Ny text", f"reason-{uuid}": "="}
    teacher.post(address, typed | {"do": "save"})
    grade = Grade.objects.get(enrolment=enrolment)
    assert (grade.other_information, grade.no_grade_reason) == ("Ny text", ABSENCE)


def test_the_reason_is_not_printed(classroom: Classroom) -> None:
    grade = set_dash(classroom, make_enrolment(classroom), entry_of(classroom))
    grade = services.lock(grade=grade, end_moved_to=None, by=classroom.teacher, now=classroom.on_end())
    assert grade.status == GradeStatus.LOCKED
    catalogue = services.create_catalogue(group=classroom.group, by=classroom.teacher, now=classroom.on_end(1))
    assert ABSENCE not in str(data_of(catalogue, [grade], replaced=[]))
