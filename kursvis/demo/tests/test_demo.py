"""The demo: its season, its people, and that every state that can be reached has at least three examples."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings
from hypothesis import given
from hypothesis import strategies as st

from kursvis.accounts.models import Assignment, Delegation
from kursvis.admissions.models import Choice, Condition
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.rules.scales import DASH
from kursvis.core import official_test_numbers, time
from kursvis.core.models import ClockOffset
from kursvis.core.reasons import Refused
from kursvis.demo.rules.cast import CAST
from kursvis.demo.rules.colleagues import COLLEAGUES
from kursvis.demo.rules.season import TABLE_2019, seasons
from kursvis.demo.services.bulk import PastSeason
from kursvis.demo.services.bulk_students import load_students
from kursvis.demo.services.check import self_check
from kursvis.demo.services.clock import go_to_day
from kursvis.demo.services.pool import invented_people
from kursvis.demo.services.whole import make_demo, stage_of
from kursvis.grades.models import Catalogue, Grade
from kursvis.organisation.models import Agreement, Price, RegisterEntry
from kursvis.people.models import Student
from kursvis.studies.models import Enrolment

DAY = timedelta(days=1)


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_the_season_is_the_help_pages_table_moved_by_whole_weeks(today: date) -> None:
    past, present = seasons(today)
    assert present.rounds[2].apply_by - 9 * DAY <= today <= present.rounds[2].apply_by
    assert present.opens_on <= today
    shift = present.rounds[0].starts_on - TABLE_2019[0][2]
    assert shift.days % 7 == 0
    for dates, (apply_by, basis_on, starts_on) in zip(present.rounds, TABLE_2019, strict=True):
        assert (dates.apply_by, dates.basis_on, dates.starts_on) == (
            apply_by + shift,
            basis_on + shift,
            starts_on + shift,
        )
        assert dates.call_by == dates.starts_on - 14 * DAY
    assert past.rounds[-1].starts_on + 35 * DAY == present.rounds[0].starts_on


def test_the_cast_is_invented() -> None:
    numbers = [person.personnummer for person in (*CAST, *COLLEAGUES) if person.personnummer is not None]
    assert all(map(official_test_numbers.is_official, numbers))
    assert len(set(numbers)) == len(numbers)
    assert not {invented.personnummer for invented in invented_people(today=date(2026, 11, 23))} & set(numbers)


def test_every_state_that_can_be_reached_has_three_examples(walks: None) -> None:
    assert self_check() == {}
    states = {
        CourseStart: ("status", {"draft", "submitted", "published", "hidden", "cancelled"}),
        Choice: ("status", {"draft", "submitted", "decided", "distributed", "placed", "returned", "withdrawn"}),
        Condition: ("status", {"open", "met"}),
        Enrolment: ("outcome", {"none", "completed", "not_started"}),
        Grade: ("status", {"set", "locked", "approved"}),
        Catalogue: ("status", {"created", "sent", "received", "approved", "returned", "replaced"}),
    }
    rare = []
    for model, (field, values) in states.items():
        for value in values:
            number = model._default_manager.filter(**{field: value}).count()
            rare += [(model.__name__, value, number)] if number < 3 else []
    assert rare == []
    assert Grade.objects.filter(status="approved", enrolment__student__last_name="Ekström").exists()
    assert Grade.objects.filter(value=DASH).exclude(no_grade_reason="").exists()
    with pytest.raises(Refused):
        make_demo(size="cast", today=time.today())


def test_the_self_check_finds_what_is_wrong(walks: None) -> None:
    CourseStart.objects.filter(seats_taken__gt=0).update(seats_taken=0)
    Grade.objects.filter(status="locked").update(value="F")
    Delegation.objects.update(reference="Ett annat beslut")
    Agreement.objects.update(starts_on=time.today(), ends_on=time.today())
    Assignment.objects.filter(role="system_administrator").update(role="economist")
    Assignment.objects.filter(role="admissions_officer").update(starts_on=time.today() + DAY)
    wrong = Price.objects.filter(pk=Price.objects.latest("pk").pk)
    wrong.update(industry=RegisterEntry.objects.filter(register="condition").latest("pk"))
    assert set(self_check()) == {
        "who decided had the board's word for it that day",
        "who took a step held a role there that day",
        "what a school asked for was answered by the municipality",
        "nobody was placed without an agreement that day",
        "a price is of one of the municipality's own industries",
        "seats taken are the placed who did not fail to start",
        "a locked grade completes its enrolment and gives a result",
    }


@pytest.mark.django_db
def test_the_logins_are_listed_for_scripts() -> None:
    with pytest.raises(CommandError):
        call_command("cast")
    make_demo(size="cast", today=time.today())
    printed = StringIO()
    call_command("cast", "--json", stdout=printed)
    logins = json.loads(printed.getvalue())
    assert len(logins) == len(CAST) + sum(person.personnummer is not None for person in COLLEAGUES)
    assert {"name", "personnummer", "user_name", "password", "roles", "unit", "directory", "note"} == set(logins[0])
    amina = next(login for login in logins if login["name"] == "Amina Lindqvist")
    assert (amina["user_name"], amina["unit"]) == ("bjoamlin", "Björkskolan")
    helena = next(login for login in logins if login["name"] == "Helena Bratt")
    assert helena["unit"] == "Björkskolan, Lärcentrum Norr"
    printed = StringIO()
    call_command("cast", stdout=printed)
    assert len(printed.getvalue().splitlines()) == len(logins)
    assert Student.objects.count() == sum(person.is_student for person in CAST)


@pytest.mark.django_db
def test_the_date_goes_forward_only() -> None:
    today = time.today()
    assert go_to_day(day=today + 3 * DAY) == 3
    assert time.today() == today + 3 * DAY
    for day in (today, today + 3 * DAY, today + 3 * DAY + 401 * DAY):
        with pytest.raises(Refused):
            go_to_day(day=day)
    assert ClockOffset.objects.get().days == 3


@pytest.mark.django_db
def test_the_page_of_the_date_keeps_what_was_typed_and_is_gone_in_production(client: Client) -> None:
    refused = client.post("/demo/datum/", {"day": "2001-01-01"})
    assert refused.status_code == 200 and "2001-01-01" in refused.content.decode()
    assert client.post("/demo/datum/", {"day": (time.today() + DAY).isoformat()}).status_code == 302
    with override_settings(DEMO=False):
        assert client.get("/demo/datum/").status_code == 404
        with pytest.raises(Refused):
            go_to_day(day=time.today() + DAY)
        with pytest.raises(CommandError):
            call_command("generate", "--size", "cast")


@pytest.mark.django_db
def test_a_past_season_in_bulk_passes_the_same_check() -> None:
    today = time.today()
    make_demo(size="cast", today=today)
    stage = stage_of(today=today)
    students = load_students(stage, invented_people(today=today), number=40, today=today)
    courses = {course.code: course for course in NationalCourse.objects.filter(authority=None)}
    PastSeason(stage, seasons(today, past=2)[0], students).load(courses)
    assert self_check() == {}
    assert Grade.objects.filter(status="approved").count() == Enrolment.objects.count() > 1000
    assert Catalogue.objects.exclude(status="approved").count() == 0
