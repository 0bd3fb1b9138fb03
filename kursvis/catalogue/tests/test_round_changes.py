from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kursvis.access.actors import SYSTEM, Person
from kursvis.audit.models import Event
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.services import offer, rounds
from kursvis.catalogue.services import round_changes as changes
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.tests.factories import make_authority, make_school

MAJA = Person(user_id=7, name="Maja Ek")
DAY = timedelta(days=1)
a_rolled_back_database = pytest.mark.django_db


def who(now: datetime | None = None) -> dict[str, Any]:
    return {"by": MAJA, "now": now or time.now()}


def dates_of(round_: Round) -> dict[str, date | None]:
    names = ("apply_by", "basis_on", "call_by", "starts_on")
    return {name: getattr(round_, name) for name in names}


def refused(step: Any, **arguments: Any) -> set[str]:
    events = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        step(**arguments)
    assert Event.objects.count() == events
    return {reason.code.removeprefix("catalogue.") for reason in refusal.value.reasons}


@a_rolled_back_database
def test_a_round_is_changed_and_the_log_says_from_what_to_what() -> None:
    round_ = make_round(authority=make_authority())
    later = round_.apply_by + 2 * DAY
    changes.edit_round(round_=round_, **dates_of(round_) | {"apply_by": later}, **who())
    round_.refresh_from_db()
    assert round_.apply_by == later
    event = about(round_).last()
    assert event is not None and (event.verb, event.actor_name) == ("round.edited", "Maja Ek")
    assert event.detail["changed"] == {"apply_by": [str(later - 2 * DAY), str(later)]}
    moved = {"starts_on": round_.starts_on + 14 * DAY, "call_by": None}
    changes.edit_round(round_=round_, **dates_of(round_) | moved, **who())
    round_.refresh_from_db()
    assert round_.call_by == round_.starts_on - 14 * DAY, "left empty, the call follows from the start"


@a_rolled_back_database
def test_a_used_round_keeps_its_start_and_is_not_removed_also_when_everything_in_it_is_cancelled() -> None:
    course_start = make_course_start(status=CourseStartStatus.CANCELLED)
    round_ = course_start.round
    moved = dates_of(round_) | {"starts_on": round_.starts_on + DAY}
    assert refused(changes.edit_round, round_=round_, **moved, **who()) == {"round_is_used"}
    assert refused(changes.delete_round, round_=round_, **who()) == {"round_has_starts"}
    CourseStart.objects.all().delete()
    changes.edit_round(round_=round_, **moved, **who())
    changes.delete_round(round_=round_, **who())
    assert not Round.objects.exists()
    assert Event.objects.get(verb="round.deleted").authority_id == round_.period.authority_id
    assert refused(changes.delete_round, round_=round_, **who()) == {"core.changed_meanwhile"}


@a_rolled_back_database
def test_what_has_passed_stands() -> None:
    round_ = make_round(authority=make_authority())
    day_after = time.at_noon(round_.apply_by + DAY)
    later = dates_of(round_) | {"apply_by": round_.apply_by + 2 * DAY}
    assert refused(changes.edit_round, round_=round_, **later, **who(day_after)) == {"day_has_passed"}
    moved = dates_of(round_) | {"starts_on": round_.starts_on + DAY}
    assert refused(changes.edit_round, round_=round_, **moved, **who(day_after)) == {"start_stands_after_last_day"}


@a_rolled_back_database
def test_two_rounds_of_a_period_never_start_on_one_day() -> None:
    first = make_round(authority=make_authority())
    second = make_round(authority=first.period.authority, period=first.period, starts_on=first.starts_on + 7 * DAY)
    clash = dates_of(second) | {"starts_on": first.starts_on}
    assert refused(changes.edit_round, round_=second, **clash, **who()) == {"round_start_taken"}


@a_rolled_back_database
def test_a_period_is_renamed_moved_and_removed_when_it_is_empty() -> None:
    authority = make_authority()
    opens_on = time.today() + 30 * DAY
    period = make_period(authority=authority, opens_on=opens_on, name="Våren")
    make_period(authority=authority, name="Hösten")
    fields: dict[str, Any] = {"opens_on": opens_on + DAY, "offer_by": period.offer_by}
    assert refused(changes.edit_period, period=period, name="Hösten", **fields, **who()) == {"period_name_taken"}
    changes.edit_period(period=period, name="Våren 2027", **fields, **who())
    period.refresh_from_db()
    assert (period.name, period.opens_on) == ("Våren 2027", opens_on + DAY)
    event = about(period).last()
    assert event is not None and event.detail["changed"]["name"] == ["Våren", "Våren 2027"]
    round_ = make_round(authority=authority, period=period, starts_on=opens_on + 90 * DAY)
    too_late: dict[str, Any] = {"opens_on": round_.apply_by + DAY, "offer_by": period.offer_by}
    assert refused(changes.edit_period, period=period, name="V", **too_late, **who()) == {"opens_after_last_day"}
    assert refused(changes.delete_period, period=period, **who()) == {"period_has_rounds"}
    changes.delete_round(round_=round_, **who())
    changes.delete_period(period=period, **who())
    assert list(Period.objects.values_list("name", flat=True)) == ["Hösten"]
    assert Event.objects.get(verb="period.deleted").detail["name"] == "Våren 2027"
    assert refused(changes.delete_period, period=period, **who()) == {"core.changed_meanwhile"}


@pytest.mark.usefixtures("committed")
def test_a_course_start_always_has_the_start_of_its_round() -> None:
    school = make_school()
    round_ = make_round(authority=school.authority)
    course, moved = make_course(), dates_of(round_) | {"starts_on": round_.starts_on + DAY}

    def step(number: int) -> object:
        if number % 2:
            return changes.edit_round(round_=round_, **moved, **who())
        return offer.create_course_start(
            school=school,
            course=course,
            round=round_,
            ends_on=round_.starts_on + 60 * DAY,
            points=100,
            seats=10,
            study_form=StudyForm.DISTANCE,
            place="",
            description="",
            weekly_pattern=(),
            schedule_note="",
            by=SYSTEM,
            now=time.now(),
        )

    results = race(step)
    assert set(results) <= {"won", "catalogue.round_is_used"} and results.count("won") >= AT_ONCE // 2
    round_.refresh_from_db()
    assert set(CourseStart.objects.values_list("starts_on", flat=True)) == {round_.starts_on}


@pytest.mark.usefixtures("committed")
def test_a_round_is_removed_or_used_never_both() -> None:
    period = make_period(authority=make_authority())
    results = race(
        lambda number: (
            changes.delete_period(period=period, **who())
            if number % 2
            else rounds.create_round(
                period=period,
                apply_by=time.today() + number * DAY,
                basis_on=time.today() + 20 * DAY,
                starts_on=time.today() + (50 + number) * DAY,
                **who(),
            )
        )
    )
    assert set(results) <= {"won", "catalogue.period_has_rounds", "core.changed_meanwhile"}
    left = Round.objects.count()
    assert (left == AT_ONCE // 2 and Period.objects.exists()) or (left == 0 and not Period.objects.exists())
