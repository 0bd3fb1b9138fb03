"""Protecting a person, naming her readers, reviewing what was read, and her post."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM, Person
from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import actor, make_staff, make_user
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.spans import overlap
from kursvis.organisation.tests.factories import make_school
from kursvis.people import services
from kursvis.people.models import ProtectedReader, Student
from kursvis.people.rules import Protection
from kursvis.people.rules import protection as rules
from kursvis.people.rules.protection import MOST_OPENINGS_A_DAY, MOST_OPENINGS_A_WEEK, Naming, Oddity, Opening
from kursvis.people.tests.factories import make_reader, make_student
from kursvis.post import services as post
from kursvis.post.models import Message
from kursvis.post.tests.factories import make_message

DAY = date(2026, 11, 23)
SECRET = Protection.SECRECY_MARK
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
namings = st.builds(Naming, st.integers(1, 3), days, st.none() | days, st.none() | days)


def codes(reasons: list[Any]) -> set[str]:
    return {reason.code for reason in reasons}


@given(new=namings, others=st.lists(namings, max_size=4), today=days)
def test_a_naming_that_is_allowed_is_in_order_to_come_and_alone(new: Naming, others: list[Naming], today: date) -> None:
    allowed = not rules.against_naming(
        new, others=others, why="Kallar", is_protected=True, student_user_id=8, by_user_id=9, today=today
    )
    in_order = new.ends_on is None or new.starts_on <= new.ends_on
    alone = not any(o.user_id == new.user_id and o.ended_on is None and overlap(new, o) for o in others)
    assert allowed == (in_order and new.starts_on >= today and alone)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"is_protected": False}, "people.not_protected"),
        ({"student_user_id": 1}, "people.reader_of_herself"),
        ({"by_user_id": 1}, "people.reader_by_herself"),
        ({"why": "  "}, "people.reader_why_missing"),
    ],
)
def test_who_names_whom(changed: dict[str, Any], code: str) -> None:
    asked = {"why": "Kallar", "is_protected": True, "student_user_id": 8, "by_user_id": 9} | changed
    assert codes(rules.against_naming(Naming(1, DAY, DAY), others=[], today=DAY, **asked)) == {code}


@pytest.mark.parametrize("at_authority", [True, False])
@pytest.mark.parametrize("old", Protection)
@pytest.mark.parametrize("new", Protection)
def test_only_the_municipality_gives_less_protection(old: Protection, new: Protection, at_authority: bool) -> None:
    strength = list(Protection)
    reasons = rules.against_protecting(old, new, reason="Nytt beslut", is_own=False, at_authority=at_authority)
    weaker = strength.index(new) < strength.index(old)
    assert codes(reasons) == ({"people.municipality_unmarks"} if weaker and not at_authority else set())


def test_nobody_decides_of_her_own_protection_and_all_say_why() -> None:
    reasons = rules.against_protecting(Protection.NONE, SECRET, reason=" ", is_own=True, at_authority=True)
    assert codes(reasons) == {"people.own_protection", "people.protection_reason_missing"}


@given(st.lists(st.builds(Opening, st.integers(1, 2), st.dates(DAY, DAY + timedelta(days=20))), max_size=40))
def test_what_is_read_in_time_and_seldom_is_usual(openings: list[Opening]) -> None:
    both = [Naming(user, DAY, None) for user in (1, 2)]
    found = {reading.oddity for reading in rules.unusual(openings, both)}
    assert Oddity.OUTSIDE_PERIOD not in found
    most = max((openings.count(opening) for opening in openings), default=0)
    assert (Oddity.OFTEN_IN_A_DAY in found) == (most > MOST_OPENINGS_A_DAY)
    outside = {r.oddity for r in rules.unusual(openings, [])}
    assert (Oddity.OUTSIDE_PERIOD in outside) == bool(openings)


def test_a_week_of_many_readings_is_unusual_and_an_ended_reader_reads_no_more() -> None:
    many = [Opening(1, DAY + timedelta(days=n % 7)) for n in range(MOST_OPENINGS_A_WEEK + 1)]
    assert [r.oddity for r in rules.unusual(many, [Naming(1, DAY, None)])] == [Oddity.OFTEN_IN_A_WEEK]
    ended = [Naming(1, DAY, None, ended_on=DAY)]
    assert rules.unusual([Opening(1, DAY), Opening(2, DAY, is_letter=True)], ended) == []
    assert [r.on for r in rules.unusual([Opening(1, DAY + timedelta(days=1))], ended)] == [DAY + timedelta(days=1)]


def _principal(student: Student) -> Person:
    return actor(make_staff(Role.MUNICIPAL_PRINCIPAL, authority=student.authority))


def _name(student: Student, user: Any, by: Any, **given: Any) -> ProtectedReader:
    days = {"starts_on": time.today(), "ends_on": time.today() + timedelta(days=30)} | given
    return services.name_protected_reader(student=student, user=user, why="Kallar", by=by, now=time.now(), **days)


@pytest.mark.django_db
def test_a_reader_is_named_by_another_ended_at_once_and_named_again() -> None:
    student, user = make_student(protection=SECRET), make_user()
    principal = _principal(student)
    reader = _name(student, user, principal)
    with pytest.raises(Refused) as refusal:
        _name(student, user, principal)
    assert codes(list(refusal.value.reasons)) == {"people.reader_already_named"}
    services.opened(student=student, reason="Kallelse", by=actor(user), now=time.now())
    services.end_protected_reader(reader=reader, by=principal, now=time.now())
    with pytest.raises(Refused):
        services.opened(student=student, reason="Kallelse", by=actor(user), now=time.now())
    with pytest.raises(Refused):
        services.end_protected_reader(reader=reader, by=principal, now=time.now())
    _name(student, user, principal)
    services.opened(student=student, reason="Kallelse", by=actor(user), now=time.now())
    assert list(Event.objects.filter(verb__startswith="student.reader").order_by("id").values_list("verb")) == [
        ("student.reader_named",),
        ("student.reader_ended",),
        ("student.reader_named",),
    ]


@pytest.mark.django_db
def test_the_database_keeps_periods_apart_and_readers_from_naming_themselves() -> None:
    student, user = make_student(protection=SECRET), make_user()
    make_reader(student=student, user=user)
    for row in ({"user": user}, {"user": make_user(), "named_by": True}, {"user": make_user(), "ends_on": DAY}):
        if row.get("named_by"):
            row["named_by"] = row["user"]
        days = {"starts_on": DAY + timedelta(days=1)} | {k: v for k, v in row.items() if k == "ends_on"}
        with pytest.raises(IntegrityError), transaction.atomic():
            ProtectedReader.objects.create(student=student, **(row | days))


@pytest.mark.django_db
def test_a_school_marks_but_does_not_unmark_and_unmarking_ends_the_readers() -> None:
    student = make_student()
    school = actor(make_staff(Role.SCHOOL_PRINCIPAL))
    mark: dict[str, Any] = {"student": student, "now": time.now(), "reason": "Besked från Skatteverket"}
    services.protect(protection=SECRET, by=school, **mark)
    since = student.protected_at
    assert student.is_protected and since
    with pytest.raises(Refused):
        services.protect(protection=Protection.NONE, by=school, **mark)
    reader = _name(student, make_user(), _principal(student))
    services.protect(protection=Protection.PROTECTED_REGISTRATION, by=school, **mark)
    assert student.protected_at == since
    services.protect(protection=Protection.NONE, by=_principal(student), **mark)
    reader.refresh_from_db()
    assert reader.ended_at and not student.is_protected and student.protected_at is None
    assert Event.objects.filter(verb="student.protected").count() == 3


@pytest.mark.django_db
def test_protecting_twice_writes_once() -> None:
    student = make_student(protection=SECRET)
    services.protect(student=student, protection=SECRET, reason="Igen", by=SYSTEM, now=time.now())
    assert Event.objects.filter(verb="student.protected").count() == 1


@pytest.mark.django_db
def test_what_was_written_to_her_is_sealed_when_she_is_marked() -> None:
    student = make_student(first_name="Maja", last_name="Holmgren")
    written: dict[str, Any] = {"authority": student.authority, "concerns": student.uuid}
    waits, sent, failed = (make_message(recipient="Holmgren, Maja", **written) for _ in range(3))
    about = make_message(recipient="Studievägledarna", body="Skolan har returnerat Holmgren, Maja.", **written)
    other = make_message(authority=student.authority, recipient="Holmgren, Maja")
    Message.objects.filter(pk=sent.pk).update(status="sent")
    Message.objects.filter(pk=failed.pk).update(status="failed")
    services.protect(student=student, protection=SECRET, reason="Besked", by=SYSTEM, now=time.now())
    rows = {row.pk: row for row in Message.objects.all()}
    for pk in (waits.pk, failed.pk):
        row = rows[pk]
        assert (row.channel, row.address, row.status, row.sealed) == ("protected", "", "queued", True)
        assert not post.deliver(message_id=pk, now=time.now())
    assert {rows[m.pk].recipient for m in (waits, sent, failed)} == {student.listed_name}
    assert (rows[sent.pk].channel, rows[sent.pk].sealed) == ("email", True)
    assert rows[about.pk].body == "Skolan har returnerat Skyddad person 1." and rows[about.pk].channel == "email"
    assert (rows[other.pk].recipient, rows[other.pk].sealed) == ("Holmgren, Maja", False)


@pytest.mark.django_db
def test_the_database_takes_nothing_unsealed_about_a_protected_person() -> None:
    student = make_student(protection=SECRET)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(authority=student.authority, concerns=student.uuid)
    sealed = make_message(authority=student.authority, concerns=student.uuid, sealed=True, address="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=sealed.pk).update(sealed=False, channel="print")


@pytest.mark.django_db
def test_readings_are_reviewed_by_somebody_else() -> None:
    student = make_student(protection=SECRET)
    principal = _principal(student)
    said: dict[str, Any] = {"student": student, "note": "Alla behövdes", "by": principal, "now": time.now()}
    with pytest.raises(Refused):
        services.readings_reviewed(openings=[Opening(principal.user_id or 0, DAY)], **said)
    services.readings_reviewed(openings=[Opening(0, DAY)], **said)
    assert Event.objects.get(verb="student.readings_reviewed").detail == {"count": 1, "note": "Alla behövdes"}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.MUNICIPAL_PRINCIPAL, Role.SCHOOL_PRINCIPAL])
def test_who_protects_students_elsewhere_opens_no_letter_here(role: Role) -> None:
    student = make_student(protection=SECRET)
    message = make_message(authority=student.authority, sealed=True)
    here = (
        {"authority": student.authority}
        if role is Role.MUNICIPAL_PRINCIPAL
        else {"school": make_school(authority=student.authority)}
    )
    ours, elsewhere = actor(make_staff(role, **here)), actor(make_staff(role))
    said = {"message": message, "student": student, "reason": "Posten", "now": time.now()}
    with pytest.raises(Refused):
        services.open_letter(by=elsewhere, **said)
    assert services.open_letter(by=ours, **said) == message
