from datetime import date, timedelta
from typing import Any

import pytest

from kursvis.access.actors import Person
from kursvis.audit.models import Event
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.services import offer, rounds
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round, walk
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_authority, make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus
AMINA = Person(user_id=7, name="Amina Lindqvist")


def by_amina(course_start: CourseStart) -> dict[str, Any]:
    return {"course_start": course_start, "by": AMINA, "now": time.now()}


def refused(step: Any, **arguments: Any) -> set[str]:
    """Return the codes with which the step is refused; nothing may have been written."""
    events = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        step(**arguments)
    assert Event.objects.count() == events
    return {reason.code for reason in refusal.value.reasons}


def verbs(course_start: CourseStart) -> list[str]:
    return [event.verb.removeprefix("course_start.") for event in about(course_start)]


def offered(**changes: Any) -> dict[str, Any]:
    """Return what a school enters, for a school and a round of one authority."""
    school = changes.pop("school", None) or make_school()
    round_ = changes.pop("round", None) or make_round(authority=school.authority)
    values = {
        "school": school,
        "course": changes.pop("course", None) or make_course(),
        "round": round_,
        "ends_on": round_.starts_on + timedelta(days=60),
        "points": 100,
        "seats": 30,
        "study_form": StudyForm.CLASSROOM,
        "place": "",
        "description": "",
        "weekly_pattern": (),
        "schedule_note": "",
        "by": AMINA,
        "now": time.now(),
    }
    return values | changes


def test_a_period_gets_rounds_and_the_empty_column_is_filled() -> None:
    period = make_period(authority=make_authority(), opens_on=date(2019, 4, 1), offer_by=date(2019, 3, 17))
    added = rounds.create_round(
        period=period,
        apply_by=date(2019, 5, 5),
        basis_on=date(2019, 6, 3),
        starts_on=date(2019, 7, 1),
        by=AMINA,
        now=time.now(),
    )
    assert added.call_by == date(2019, 6, 17)
    (event,) = about(added)
    assert (event.verb, event.actor_name) == ("round.created", "Amina Lindqvist")
    assert event.authority_id == period.authority_id
    assert event.detail["call_by"] == "2019-06-17"
    assert [event.verb for event in about(period)] == ["period.created"]


def test_what_is_wrong_with_a_period_or_round_is_said() -> None:
    authority = make_authority()
    period = make_period(authority=authority, opens_on=date(2019, 4, 1), name="Hösten 2019")
    who: dict[str, Any] = {"by": AMINA, "now": time.now()}
    spring: dict[str, Any] = {"authority": authority, "opens_on": date(2019, 4, 1), **who}
    assert refused(rounds.create_period, **spring, name="Hösten 2019", offer_by=date(2019, 3, 1)) == {
        "catalogue.period_name_taken"
    }
    late = refused(rounds.create_period, **spring, name="Annan", offer_by=date(2019, 4, 2))
    assert late == {"catalogue.offer_after_opening"}
    dates = {"apply_by": date(2019, 5, 5), "basis_on": date(2019, 6, 3), "starts_on": date(2019, 7, 1)}
    rounds.create_round(period=period, **dates, **who)
    assert refused(rounds.create_round, period=period, **dates, **who) == {"catalogue.round_start_taken"}
    early = dates | {"apply_by": date(2019, 3, 31)}
    assert refused(rounds.create_round, period=period, **early, **who) == {"catalogue.round_before_opening"}
    too_late = dates | {"basis_on": date(2019, 6, 18)}
    assert refused(rounds.create_round, period=period, **too_late, **who) == {"catalogue.round_dates_out_of_order"}


def test_a_course_start_begins_as_a_draft_on_the_rounds_day() -> None:
    values = offered(course=make_course(code="MATE1A00X"))
    course_start = offer.create_course_start(**values)
    course_start.refresh_from_db()
    assert (course_start.status, course_start.starts_on) == (S.DRAFT, values["round"].starts_on)
    assert course_start.authority == values["school"].authority
    (event,) = about(course_start)
    assert event.detail["course"] == "MATE1A00X"
    assert (event.verb, event.actor_id) == ("course_start.created", 7)


def test_the_way_to_the_catalogue_and_back_leaves_one_event_a_step() -> None:
    course_start = make_course_start(status=S.DRAFT)
    offer.submit(**by_amina(course_start))
    offer.send_back(**by_amina(course_start), reason="Skriv tiderna.")
    assert (course_start.status, course_start.status_reason) == (S.DRAFT, "Skriv tiderna.")
    offer.submit(**by_amina(course_start))
    assert course_start.status_reason == ""
    offer.publish(**by_amina(course_start))
    offer.hide(**by_amina(course_start))
    offer.publish(**by_amina(course_start))
    offer.withdraw(**by_amina(course_start))
    offer.cancel(**by_amina(course_start), reason="För få sökande.")
    course_start.refresh_from_db()
    assert (course_start.status, course_start.status_reason) == (S.CANCELLED, "För få sökande.")
    expected = ["created", "submitted", "sent_back", "submitted", "published", "hidden", "published"]
    assert verbs(course_start) == [*expected, "withdrawn", "cancelled"]
    last = about(course_start).last()
    assert last is not None
    assert last.detail == {"old": "submitted", "new": "cancelled", "status_reason": "För få sökande."}


@pytest.mark.parametrize(
    "status, step",
    [
        (S.SUBMITTED, offer.submit),
        (S.DRAFT, offer.publish),
        (S.SUBMITTED, offer.hide),
        (S.DRAFT, offer.withdraw),
        (S.CANCELLED, offer.publish),
    ],
)
def test_a_step_in_the_wrong_state_is_refused(status: CourseStartStatus, step: Any) -> None:
    course_start = make_course_start(status=status)
    assert refused(step, **by_amina(course_start)) == {"catalogue.wrong_state"}


@pytest.mark.parametrize("step, status", [(offer.send_back, S.SUBMITTED), (offer.cancel, S.PUBLISHED)])
def test_sending_back_and_cancelling_need_a_reason(step: Any, status: CourseStartStatus) -> None:
    course_start = make_course_start(status=status)
    assert refused(step, **by_amina(course_start), reason="  ") == {"catalogue.reason_missing"}


def test_who_read_an_old_page_is_told() -> None:
    course_start = make_course_start(status=S.SUBMITTED)
    stale = CourseStart.objects.select_related("round__period", "school", "course").get(pk=course_start.pk)
    offer.publish(**by_amina(course_start))
    assert refused(offer.publish, **by_amina(stale)) == {"core.changed_meanwhile"}


def test_an_offer_needs_an_agreement_at_entry_and_at_submission() -> None:
    school = make_school(agreement=None)
    values = offered(school=school)
    assert refused(offer.create_course_start, **values) == {"organisation.no_agreement"}
    agreement = make_agreement(school=school, kind=AgreementKind.ORDINARY)
    course_start = offer.create_course_start(**values | {"description": "Kursen.", "schedule_note": "måndag"})
    agreement.ends_on = values["round"].starts_on - timedelta(days=1)
    agreement.save()
    why = "Skolan fick avtal i går."
    assert refused(offer.submit, late_reason=why, **by_amina(course_start)) == {"organisation.no_agreement"}


def test_a_temporary_agreement_allows_what_ends_within_the_year() -> None:
    """Help page R12, at entry and at editing."""
    school = make_school(agreement=AgreementKind.TEMPORARY)
    year = time.today().year + 1
    round_ = make_round(authority=school.authority, starts_on=date(year, 8, 9))
    values = offered(school=school, round=round_, ends_on=date(year + 1, 1, 1))
    assert refused(offer.create_course_start, **values) == {"organisation.temporary_agreement"}
    values["ends_on"] = date(year, 12, 31)
    course_start = offer.create_course_start(**values)
    del values["school"]
    longer = values | {"course_start": course_start, "ends_on": date(year + 1, 1, 1)}
    assert refused(offer.edit_course_start, **longer) == {"organisation.temporary_agreement"}


@pytest.mark.parametrize(
    "course, code",
    [
        ({"code": "GRNSVEA", "searchable": False}, "catalogue.course_is_never_offered"),
        ({"valid_from": date(2099, 1, 1)}, "catalogue.course_not_valid_yet"),
        ({"valid_to": date(2026, 1, 1)}, "catalogue.course_ends_after_validity"),
    ],
)
def test_what_the_register_does_not_offer_is_refused(course: dict[str, Any], code: str) -> None:
    assert code in refused(offer.create_course_start, **offered(course=make_course(**course)))


def test_points_seats_dates_and_round_are_checked_at_entry() -> None:
    values = offered()
    starts_on = values["round"].starts_on
    assert refused(offer.create_course_start, **values | {"points": 50}) == {"catalogue.points_differ"}
    assert refused(offer.create_course_start, **values | {"seats": 0}) == {"catalogue.no_seats"}
    assert refused(offer.create_course_start, **values | {"ends_on": starts_on}) == {"catalogue.ends_before_start"}
    elsewhere = make_round(authority=make_authority(), starts_on=starts_on)
    mixed = refused(offer.create_course_start, **values | {"round": elsewhere})
    assert mixed == {"catalogue.round_of_another_authority"}


def test_a_draft_is_edited_and_the_event_names_what_changed() -> None:
    course_start = make_course_start(status=S.DRAFT)
    values = offered(school=course_start.school, round=course_start.round, course=course_start.course)
    del values["school"]
    values |= {
        name: getattr(course_start, name)
        for name in ("ends_on", "place", "weekly_pattern", "schedule_note", "study_form")
    }
    offer.edit_course_start(course_start=course_start, **values | {"seats": 12, "description": "Ny text."})
    course_start.refresh_from_db()
    assert (course_start.seats, course_start.description) == (12, "Ny text.")
    last = about(course_start).last()
    assert last is not None
    assert last.changed_fields == ["description", "seats"] and last.detail["changes"]["seats"] == [30, 12]
    offer.submit(**by_amina(course_start))
    assert refused(offer.edit_course_start, course_start=course_start, **values) == {"catalogue.waits_at_municipality"}


def test_who_has_applied_keeps_the_course_and_round_when_an_offer_is_taken_back() -> None:
    course_start = make_course_start(status=S.PUBLISHED)
    offer.count_applicant(course_start_id=course_start.pk, delta=1)
    offer.take_seat(course_start_id=course_start.pk)
    offer.withdraw(**by_amina(course_start))
    offer.send_back(**by_amina(course_start), reason="Enligt överenskommelse.")
    course_start.refresh_from_db()
    values = offered(school=course_start.school, round=course_start.round, course=make_course(), seats=1)
    del values["school"]
    assert refused(offer.edit_course_start, course_start=course_start, **values) == {"catalogue.has_applicants"}
    offer.edit_course_start(course_start=course_start, **values | {"course": course_start.course})
    course_start.refresh_from_db()
    assert (course_start.applicants, course_start.seats_taken, course_start.seats) == (1, 1, 1)


def test_seats_are_taken_freed_and_never_too_many() -> None:
    course_start = make_course_start(seats=1)
    offer.take_seat(course_start_id=course_start.pk)
    assert refused(offer.take_seat, course_start_id=course_start.pk) == {"catalogue.full"}
    course_start.refresh_from_db()
    assert refused(offer.cancel, **by_amina(course_start), reason="Nej.") == {"catalogue.has_placed"}
    offer.free_seat(course_start_id=course_start.pk)
    offer.free_seat(course_start_id=course_start.pk)
    offer.count_applicant(course_start_id=course_start.pk, delta=2)
    offer.count_applicant(course_start_id=course_start.pk, delta=-1)
    course_start.refresh_from_db()
    assert (course_start.seats_taken, course_start.seats_left, course_start.applicants) == (0, 1, 1)


def test_applications_are_stopped_and_opened_by_hand() -> None:
    course_start = make_course_start()
    offer.stop_applications(**by_amina(course_start))
    stale = CourseStart.objects.select_related("round__period").get(pk=course_start.pk)
    assert refused(offer.stop_applications, **by_amina(stale)) == {"catalogue.stopped_already"}
    offer.resume_applications(**by_amina(course_start))
    assert refused(offer.resume_applications, **by_amina(stale)) == {"core.changed_meanwhile"}
    assert verbs(course_start)[-2:] == ["stopped", "resumed"]


def test_nothing_is_published_on_its_first_day() -> None:
    course_start = make_course_start(status=S.DRAFT)
    walk(course_start, S.SUBMITTED)
    on_the_day = {"course_start": course_start, "by": AMINA, "now": time.at_noon(course_start.starts_on)}
    assert refused(offer.publish, **on_the_day) == {"catalogue.has_started"}
    offer.publish(**on_the_day | {"now": time.at_noon(course_start.starts_on - timedelta(days=1))})
