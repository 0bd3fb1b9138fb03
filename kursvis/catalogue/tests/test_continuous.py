"""Continuous admission, step by step: the period, the round that a chosen day gets, and the start in it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import Person
from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.rounds import Continuous
from kursvis.catalogue.services import continuous, rounds
from kursvis.catalogue.services import round_changes as changes
from kursvis.catalogue.tests.factories import make_continuous_period, make_course, make_round
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.tests.factories import make_authority, make_school

DAY = timedelta(days=1)
MAJA = Person(user_id=7, name="Maja Ek")
database = pytest.mark.django_db


def weekday(days: int) -> date:
    day = time.today() + timedelta(days=days)
    return day + timedelta(days=max(0, 8 - day.isoweekday()) if day.isoweekday() > 5 else 0)


def who() -> dict[str, Any]:
    return {"by": MAJA, "now": time.now()}


def refused(step: Any, **arguments: Any) -> set[str]:
    with pytest.raises(Refused) as refusal:
        step(**arguments, **who())
    return {reason.code.removeprefix("catalogue.") for reason in refusal.value.reasons}


@database
def test_a_day_gets_its_round_once_and_a_planned_round_is_used_before() -> None:
    period = make_continuous_period()
    authority, day = period.authority, weekday(60)
    made = continuous.round_starting(authority=authority, starts_on=day, **who())
    assert continuous.round_starting(authority=authority, starts_on=day, **who()) == made
    assert (made.apply_by, made.basis_on, made.call_by) == (day - 42 * DAY, day - 28 * DAY, day - 14 * DAY)
    assert Event.objects.filter(verb="round.created").count() == 1
    planned = make_round(authority=authority, starts_on=weekday(75))
    assert continuous.round_starting(authority=authority, starts_on=planned.starts_on, **who()) == planned
    ask = continuous.round_starting
    assert refused(ask, authority=authority, starts_on=weekday(20)) == {"start_too_soon"}
    assert refused(ask, authority=authority, starts_on=weekday(400)) == {"start_after_last"}
    assert refused(ask, authority=make_authority(), starts_on=day) == {"no_round_starts"}
    by_hand: dict[str, Any] = {"apply_by": made.apply_by, "basis_on": made.basis_on, "starts_on": weekday(90)}
    assert refused(rounds.create_round, period=period, **by_hand) == {"continuous_makes_its_rounds"}


@pytest.mark.usefixtures("committed")
def test_schools_that_choose_a_day_at_once_get_the_same_round() -> None:
    authority, day = make_continuous_period().authority, weekday(60)
    got = []
    results = race(
        lambda number: got.append(continuous.round_starting(authority=authority, starts_on=day, **who())),
    )
    assert results.count("won") == AT_ONCE == len(got) and len({round_.pk for round_ in got}) == 1
    assert Round.objects.count() == Event.objects.filter(verb="round.created").count() == 1


@database
def test_a_start_that_is_refused_leaves_no_round() -> None:
    school = make_school()
    make_continuous_period(authority=school.authority)
    offer: dict[str, Any] = {"course": make_course(), "ends_on": weekday(130), "points": 100, "seats": 12}
    offer |= {"study_form": StudyForm.DISTANCE, "place": "", "description": "", "weekly_pattern": ()}
    given = offer | {"schedule_note": "", "school": school, "starts_on": weekday(60)}
    assert refused(continuous.create_course_start, **given | {"seats": 0}) == {"no_seats"}
    assert not Round.objects.exists()
    draft = continuous.create_course_start(**given, **who())
    assert (draft.starts_on, draft.round.starts_on) == (weekday(60), weekday(60))
    del given["school"]
    continuous.edit_course_start(course_start=draft, **given | {"starts_on": weekday(67)}, **who())
    assert CourseStart.objects.get().starts_on == weekday(67)


@database
def test_what_is_decided_is_changed_for_the_starts_to_come() -> None:
    period = make_continuous_period()
    stands: dict[str, Any] = {"name": period.name, "opens_on": period.opens_on, "offer_by": period.offer_by}
    before = continuous.round_starting(authority=period.authority, starts_on=weekday(60), **who())
    assert period.last_start_on is not None
    decided = Continuous(period.last_start_on, 21, 7)
    changes.edit_period(period=period, **stands, continuous=decided, **who())
    after = continuous.round_starting(authority=period.authority, starts_on=weekday(67), **who())
    before.refresh_from_db()
    assert [(r.starts_on - r.apply_by).days for r in (before, after)] == [42, 21]
    assert after.call_by == after.basis_on, "no call before the school knows whom to call"
    moved = {"apply_by": after.apply_by, "basis_on": after.basis_on, "call_by": after.call_by}
    assert refused(changes.edit_round, round_=after, **moved, starts_on=weekday(400)) == {"start_after_last"}


@database
def test_the_municipality_makes_a_period_and_a_school_chooses_a_day_in_it(client: Client) -> None:
    school = make_school()
    client.force_login(make_staff(Role.ADMISSIONS_OFFICER, authority=school.authority))
    typed = {"authority": school.authority.uuid, "name": "Löpande 2027", "opens_on": time.today() - DAY}
    typed |= {"last_start_on": time.today() + 300 * DAY, "apply_days": 20, "basis_days": 20}
    page = client.post("/omgangar/ny-lopande/", typed)
    assert page.status_code == 200 and "fler dagar före kursstarten" in page.content.decode()
    assert client.post("/omgangar/ny-lopande/", typed | {"basis_days": 10}).status_code == 302
    period = Period.objects.get()
    edit = f"/omgangar/{period.uuid}/andra/"
    assert client.post(edit, typed | {"basis_days": 12}).status_code == 302
    period.refresh_from_db()
    assert (period.kind, period.apply_days, period.basis_days) == ("continuous", 20, 12)

    client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))
    new = f"/kursstarter/ny/{make_course().uuid}/"
    assert "löpande antagning" in client.get(new).content.decode()
    start = {"school": school.uuid, "seats": 10, "study_form": "distance", "starts_on": weekday(5)}
    assert "Den första dag som en kurs kan starta" in client.post(new, start).content.decode()
    assert "Välj antingen" in client.post(new, start | {"starts_on": ""}).content.decode()
    assert client.post(new, start | {"starts_on": weekday(40)}).status_code == 302
    assert CourseStart.objects.get().round.period == period
