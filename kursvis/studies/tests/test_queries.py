"""Who reaches what in studies."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from kursvis.access.actors import NOBODY, SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services as accounts
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.admissions import services as admissions
from kursvis.admissions.rules import ChoiceStatus, Outcome, ReturnReason
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.catalogue.tests.factories import make_course_start
from kursvis.core import time
from kursvis.letters.tests.factories import make_letter
from kursvis.organisation.tests.factories import make_school
from kursvis.people.rules import Protection
from kursvis.studies import queries, services
from kursvis.studies.queries import groups, placing
from kursvis.studies.tests.factories import make_distributed, make_enrolment, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_teacher_reaches_only_her_own_groups(office: Office) -> None:
    teacher = make_staff(Role.TEACHER, school=office.school)
    mine, other = make_group(office=office, teachers=[teacher]), make_group(office=office)
    enrolment = make_enrolment(office=office, group=mine)
    make_enrolment(office=office, group=other)
    assert list(queries.groups_readable_by(actor(teacher))) == [mine]
    assert list(queries.enrolments_readable_by(actor(teacher))) == [enrolment]
    assert not queries.students_of_schools(actor(teacher)).exists()
    with pytest.raises(Http404):
        queries.group_for(actor(teacher), other.uuid)


def test_a_former_teacher_no_longer_reaches_them(office: Office) -> None:
    teacher = make_staff(Role.TEACHER, school=office.school)
    make_group(office=office, teachers=[teacher])
    teacher.assignments.update(ends_on=date(2021, 1, 1))
    assert not queries.groups_readable_by(actor(teacher)).exists()


@pytest.mark.parametrize("role", [Role.SCHOOL_ADMINISTRATOR, Role.SCHOOL_PRINCIPAL, Role.SCHOOL_COUNSELLOR])
def test_a_school_reaches_its_groups_and_no_others(office: Office, role: Role) -> None:
    enrolment = make_enrolment(office=office)
    other = Office(school=make_school(authority=office.school.authority))
    make_enrolment(office=other)
    who = actor(make_staff(role, school=office.school))
    assert list(queries.groups_readable_by(who)) == [enrolment.group]
    assert list(queries.students_of_schools(who).values_list("pk", flat=True)) == [enrolment.student_id]


def test_the_municipality_reaches_its_schools_and_no_other_authoritys(office: Office) -> None:
    mine, there = make_group(office=office), make_group()
    assert list(queries.groups_readable_by(office.officer)) == [mine]
    with pytest.raises(Http404):
        queries.group_for(office.officer, there.uuid)
    assert not queries.groups_readable_by(NOBODY).exists()


def test_one_who_teaches_here_and_administers_there(office: Office) -> None:
    both = make_staff(Role.TEACHER, school=office.school)
    there = Office()
    accounts.assign(
        user=both, role=Role.SCHOOL_ADMINISTRATOR, authority=None, school=there.school,
        starts_on=time.today(), ends_on=None, by=SYSTEM, now=time.now(),
    )  # fmt: skip
    taught, administered = make_group(office=office, teachers=[both]), make_group(office=there)
    make_group(office=office)
    assert set(queries.groups_readable_by(actor(both))) == {taught, administered}


def test_students_of_a_school_are_those_given_to_it(office: Office) -> None:
    start = make_course_start(school=office.school)
    for status in (ChoiceStatus.SUBMITTED, ChoiceStatus.DECIDED, ChoiceStatus.WITHDRAWN):
        make_choice(office=office, course_start=start, status=status)
    given = [make_choice(office=office, course_start=start, status=ChoiceStatus.DISTRIBUTED).student_id]
    given.append(make_choice(office=office, course_start=start, status=ChoiceStatus.RETURNED).student_id)
    assert set(queries.students_of_schools(office.administrator).values_list("pk", flat=True)) == set(given)


def test_letters_are_reached_by_the_sender_the_authority_and_herself(office: Office) -> None:
    enrolment = make_enrolment(office=office)
    letter = make_letter(student=enrolment.student, school=office.school)
    other = Office(school=make_school(authority=office.school.authority))
    for who in (office.administrator, office.officer, actor(enrolment.student.user)):
        assert queries.letter_for(who, letter.uuid) == letter
    stranger = actor(make_enrolment(office=other).student.user)
    for who in (other.administrator, stranger, NOBODY, Office().officer):
        with pytest.raises(Http404):
            queries.letter_for(who, letter.uuid)


def test_the_filters_of_kursplacering(office: Office) -> None:
    start = make_course_start(school=office.school)
    plain = make_distributed(office=office, course_start=start, first_name="Åke", last_name="Öst")
    called = make_distributed(office=office, course_start=start, last_name="Berg")
    services.call(choice=called, by=office.administrator, now=time.now())
    open_ = make_distributed(office=office, course_start=start, outcome=Outcome.ON_CONDITION, last_name="Ceder")
    met = make_distributed(office=office, course_start=start, outcome=Outcome.ON_CONDITION, last_name="Dal")
    admissions.record_evidence(choice=met, evidence="Betyg E", by=office.administrator, now=time.now())
    hidden = make_distributed(office=office, course_start=start, last_name="Hemlig", protection=Protection.SECRECY_MARK)
    other_day = make_distributed(
        office=office,
        course_start=make_course_start(school=office.school, starts_on=start.starts_on + timedelta(days=35)),
    )
    reached = placing.choices_to_place(office.administrator)

    def found(**given: object) -> set[int]:
        return set(placing.narrowed(reached, placing.PlacingFilter(**given)).values_list("pk", flat=True))

    everyone = {row.pk for row in (plain, called, open_, met, hidden, other_day)}
    assert found() == everyone and found(condition="nonsense", called="nonsense") == everyone
    assert found(text="öst åke") == {plain.pk}
    assert found(text="hemlig") == set() and found(text="skyddad") == {hidden.pk}
    assert found(called="yes") == {called.pk} and found(called="no") == everyone - {called.pk}
    assert found(condition="open") == {open_.pk} and found(condition="met") == {met.pk}
    assert found(condition="none") == everyone - {open_.pk, met.pk}
    assert found(starts_on=other_day.course_start.starts_on) == {other_day.pk}
    assert found(course=start.course.uuid) == everyone - {other_day.pk}
    admissions.return_choice(choice=plain, reason=ReturnReason.NO_SEAT, by=office.administrator, now=time.now())
    assert found(state="returned") == {plain.pk}


def test_only_who_places_sees_kursplacering(office: Office) -> None:
    make_distributed(office=office, course_start=make_course_start(school=office.school))
    assert placing.choices_to_place(office.administrator).count() == 1
    for who in (office.officer, Office().administrator, actor(make_staff(Role.SCHOOL_PRINCIPAL, school=office.school))):
        assert not placing.choices_to_place(who).exists()


def test_groups_to_place_in_have_not_ended_and_fit(office: Office) -> None:
    start = make_course_start(school=office.school)
    group = make_group(office=office, course_start=start)
    make_group(office=office)
    make_group(office=office, course_start=make_course_start(school=office.school, course=start.course))
    assert list(placing.groups_for_placing(start, today=time.today())) == [group]
    assert list(placing.groups_for_placing(start, today=start.starts_on)) == [group]
    assert list(placing.groups_for_placing(start, today=start.ends_on)) == [group]
    assert not placing.groups_for_placing(start, today=start.ends_on + timedelta(days=1)).exists()


def test_of_the_groups_to_place_in_those_that_have_not_begun_stand_first(office: Office) -> None:
    start = make_course_start(school=office.school)
    begun = make_group(office=office, course_start=start)
    coming = make_group(office=office, course_start=start, starts_on=start.starts_on + timedelta(days=14))
    today = start.starts_on + timedelta(days=1)
    listed = placing.groups_for_placing(start, today=today)
    assert list(listed) == [coming, begun]
    assert placing.have_begun(listed, today=today) == [False, True]


def test_who_did_not_start_stands_in_the_class_list_but_is_not_counted(office: Office) -> None:
    group = make_group(office=office)
    absent = make_enrolment(office=office, group=group)
    make_enrolment(office=office, group=group)
    services.did_not_start(enrolment=absent, by=office.administrator, now=time.at_noon(group.starts_on))
    (listed,) = groups.listed(
        queries.groups_readable_by(office.administrator), groups.GroupFilter(), today=time.today()
    )
    assert listed.students == 1
    assert groups.class_list(group).count() == 2


def test_the_filters_of_groups(office: Office) -> None:
    group = make_group(office=office, name="Kväll-26H")
    reached = queries.groups_readable_by(office.administrator)

    def found(today: object = None, **given: object) -> int:
        return groups.listed(reached, groups.GroupFilter(**given), today=today or time.today()).count()

    assert found(text="kväll") == found(text=group.course.code) == found(school=office.school.uuid) == 1
    assert found(text="dag") == found(school=group.uuid) == 0
    assert found(without_teacher=True) == 0
    assert found(phase="planned") == 1 and found(phase="ongoing") == found(phase="ended") == 0
    assert found(phase="ongoing", today=group.starts_on) == 1
    assert found(phase="ended", today=group.ends_on + timedelta(days=1)) == 1
    make_group(office=office, teachers=[])
    assert found(without_teacher=True) == 1 and found() == 2
