"""Records are made once, opened by those who may, and every step is in the log."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.audit.models import Event
from kursvis.core import personnummer, time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority
from kursvis.people import queries, services
from kursvis.people.models import Student
from kursvis.people.rules import Protection
from kursvis.people.tests.factories import make_reader, make_student

pytestmark = pytest.mark.django_db
SECRET = Protection.SECRECY_MARK


def verbs(student: Student) -> list[str]:
    return list(Event.objects.filter(student_id=student.pk).order_by("id").values_list("verb", flat=True))


def ensure(user: User, authority: Authority) -> Student:
    return services.ensure_student(user=user, authority=authority, now=time.now(), by=SYSTEM)


def test_a_record_is_made_once_for_a_user_and_authority() -> None:
    authority, user = make_authority(), make_user(first_name="Hodan", last_name="Abdi")
    first, again = ensure(user, authority), ensure(user, authority)
    assert first == again and Student.objects.count() == 1
    assert (first.first_name, first.personnummer) == ("Hodan", user.personnummer)
    assert first.birth_date == personnummer.birth_date(str(user.personnummer))
    assert verbs(first) == ["student.created"]


def test_the_same_person_has_another_record_at_another_authority() -> None:
    user = make_user()
    records = [ensure(user, make_authority()), ensure(user, make_authority())]
    assert [record.alias_number for record in records] == [1, 1]
    assert list(queries.own_records(user.pk)) == records


def test_alias_numbers_run_within_the_authority() -> None:
    authority = make_authority()
    assert [make_student(authority=authority).alias_number for _ in range(3)] == [1, 2, 3]


def test_a_user_without_personnummer_gets_no_record() -> None:
    user = make_user(personnummer=None, user_name="provare")
    with pytest.raises(Refused) as refusal:
        ensure(user, make_authority())
    assert [reason.code for reason in refusal.value.reasons] == ["people.personnummer_missing"]
    assert not Student.objects.exists()


def test_unknown_contact_details_are_a_mistake_in_the_code() -> None:
    with pytest.raises(TypeError):
        make_student(contact={"shoe_size": "38"})


def test_opening_is_a_read_event() -> None:
    student = make_student()
    officer = actor(make_staff(Role.ADMISSIONS_OFFICER, authority=student.authority))
    services.opened(student=student, reason="", by=officer, now=time.now())
    assert verbs(student) == ["student.created", "student.opened"]


def test_only_a_named_reader_with_a_reason_opens_a_protected_person() -> None:
    student = make_student(protection=SECRET)
    user = make_staff(Role.ADMISSIONS_OFFICER, authority=student.authority)
    with pytest.raises(Refused):
        services.opened(student=student, reason="Kallelse", by=actor(user), now=time.now())
    make_reader(student=student, user=user)
    with pytest.raises(Refused):
        services.opened(student=student, reason=" ", by=actor(user), now=time.now())
    services.opened(student=student, reason="Kallelse", by=actor(user), now=time.now())
    event = Event.objects.get(verb="student.opened")
    assert event.detail == {"reason": "Kallelse"} and event.actor_id == user.pk


def test_a_reader_whose_time_is_over_opens_nothing() -> None:
    student = make_student(protection=SECRET)
    user = make_staff(Role.ADMISSIONS_OFFICER, authority=student.authority)
    make_reader(student=student, user=user, ends_on=time.today() - timedelta(days=1))
    with pytest.raises(Refused):
        services.opened(student=student, reason="Kallelse", by=actor(user), now=time.now())


def test_a_protected_person_opens_her_own_record() -> None:
    student = make_student(protection=SECRET)
    services.opened(student=student, reason="", by=actor(student.user), now=time.now())
    assert verbs(student)[-1] == "student.opened"


def test_contact_changes_say_from_what_to_what() -> None:
    student = make_student()
    services.update_contact(student=student, by=SYSTEM, now=time.now(), email="ny@example.org", phone=student.phone)
    student.refresh_from_db()
    assert student.email == "ny@example.org"
    event = Event.objects.get(verb="student.contact_changed")
    assert event.changed_fields == event.detail["fields"] == ["email"]
    assert event.detail["changes"] == {"email": ["elev@example.org", "ny@example.org"]}


def test_unchanged_contact_writes_nothing() -> None:
    student = make_student()
    services.update_contact(student=student, by=SYSTEM, now=time.now(), email=student.email)
    assert verbs(student) == ["student.created"]


def test_lists_show_an_alias_that_the_database_makes() -> None:
    student = make_student(first_name="Åsa", last_name="Öberg", protection=SECRET)
    assert student.is_protected
    assert (student.listed_name, student.shown_listed_personnummer) == ("Skyddad person 1", "")
    assert "Öberg" not in student.name_key
    open_student = make_student(first_name="Åsa", last_name="Öberg")
    assert open_student.listed_name == "Öberg, Åsa"
    assert open_student.shown_listed_personnummer == open_student.shown_personnummer


def test_searches_find_a_protected_person_by_alias_only() -> None:
    authority = make_authority()
    hidden = make_student(authority=authority, first_name="Åsa", last_name="Öberg", protection=SECRET)
    shown = make_student(authority=authority, first_name="Olle", last_name="Öberg")
    everybody = Student.objects.filter(authority=authority)
    assert list(everybody.filter(queries.found_by("öberg"))) == [shown]
    assert list(everybody.filter(queries.found_by(shown.shown_personnummer))) == [shown]
    assert not everybody.filter(queries.found_by(hidden.personnummer)).exists()
    assert list(everybody.filter(queries.found_by("skyddad 1"))) == [hidden]


def test_rows_are_reached_within_the_own_authority() -> None:
    student, other = make_student(), make_student()
    officer = actor(make_staff(Role.ADMISSIONS_OFFICER, authority=student.authority))
    assert list(queries.readable_by(officer)) == [student]
    assert queries.get_for(officer, student.uuid) == student
    assert other not in queries.readable_by(officer)
    assert not queries.readable_by(actor(student.user)).exists()


def test_two_records_with_one_personnummer_cannot_stand() -> None:
    student = make_student()
    with pytest.raises(IntegrityError), transaction.atomic():
        Student.objects.filter(pk=make_student(authority=student.authority).pk).update(
            personnummer=student.personnummer
        )


def test_a_search_is_in_the_log_without_its_text() -> None:
    hidden = make_student(first_name="Åsa", last_name="Öberg", protection=SECRET)
    officer = actor(make_staff(Role.ADMISSIONS_OFFICER, authority=hidden.authority))
    for text in ("öberg", "19900101-2385", "  "):
        filters = {"q": text, "lage": "", "sida": "2"}
        services.searched(students=[hidden, hidden], place="students", filters=filters, by=officer, now=time.now())
    words, number = Event.objects.filter(verb="student.searched").order_by("id")
    assert words.detail == {
        "place": "students",
        "filters": ["q", "sida"],
        "text": "words",
        "student_ids": [hidden.pk],
    }
    assert number.detail == words.detail | {"text": "number"}
    assert (words.actor_id, words.authority_id, words.student_id) == (officer.user_id, hidden.authority_id, None)
