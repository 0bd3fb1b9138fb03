"""Many course starts sent in and published at once: looked through first, each for itself, taken back."""

from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import Person
from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import actor, make_staff
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start, make_round
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.tests.factories import make_school
from kursvis.work import queries
from kursvis.work import services as work
from kursvis.work.models import Run, RunRow
from kursvis.work.tests.worker import work as work_off

pytestmark = pytest.mark.django_db
S = CourseStartStatus


class Office:
    """A school's administrator and the officer of its municipality."""

    def __init__(self) -> None:
        self.school = make_school()
        self.round = make_round(authority=self.school.authority)
        self.at_school = make_staff(Role.SCHOOL_ADMINISTRATOR, school=self.school)
        self.at_office = make_staff(Role.ADMISSIONS_OFFICER, authority=self.school.authority)

    def start(self, status: CourseStartStatus = S.DRAFT, **given: Any) -> CourseStart:
        return make_course_start(school=self.school, round=self.round, status=status, **given)


def press(client: Client, user: Any, address: str, rows: list[CourseStart], **also: str) -> Run:
    client.force_login(user)
    response = client.post(address, {"row": [str(row.uuid) for row in rows], **also})
    assert response.status_code == 302, response.content.decode()
    work_off()
    return Run.objects.latest("pk")


def go(run: Run, by: Person) -> Run:
    run.refresh_from_db()
    work.start(run=run, by=by, now=time.now())
    work_off()
    run.refresh_from_db()
    return run


def states(*rows: CourseStart) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.status for row in rows]


def codes(run: Run) -> set[str]:
    return {reason["code"] for row in RunRow.objects.filter(run=run) for reason in row.reasons}


def test_a_school_sends_its_right_drafts_in_and_takes_that_back(client: Client) -> None:
    office = Office()
    right, gone_on, wrong = office.start(), office.start(), office.start(description="")
    by = actor(office.at_school)
    run = press(client, office.at_school, "/kursstarter/skicka-valda/", [right, gone_on, wrong])
    assert (run.school, codes(run)) == (office.school, {"catalogue.description_missing"})
    assert states(right, wrong) == [S.DRAFT, S.DRAFT]
    run = go(run, by)
    assert states(right, gone_on, wrong) == [S.SUBMITTED, S.SUBMITTED, S.DRAFT]
    offer.publish(course_start=gone_on, by=actor(office.at_office), now=time.now())
    work.undo(run=run, by=by, now=time.now())
    work_off()
    assert states(right, gone_on) == [S.DRAFT, S.PUBLISHED]
    assert "catalogue.has_gone_on" in codes(run) and queries.counts_of(run).not_undone == 1


def test_one_reason_is_asked_for_and_kept_on_what_comes_late_and_goes_when_it_is_taken_back(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    office = Office()
    late, in_time = office.start(never_sent_in=True), office.start()
    again = office.start(never_sent_in=True)
    by, address = actor(office.at_school), "/kursstarter/skicka-valda/"
    offer.submit(course_start=again, late_reason="Eget skäl.", by=by, now=time.now())
    offer.send_back(course_start=again, reason="Skriv om provet.", by=actor(office.at_office), now=time.now())
    client.force_login(office.at_school)
    for typed in ({}, {"late_reason": "  "}):
        with django_assert_max_num_queries(15):
            page = client.post(address, {"row": [str(late.uuid), str(in_time.uuid)], **typed})
        assert "1 sen" in page.text and str(in_time.uuid) in page.text and not Run.objects.exists()
    run = press(client, office.at_school, address, [late, in_time, again], late_reason="Lokalen blev klar i går.")
    assert (queries.counts_of(run).ready, late.late_reason) == (3, "")
    assert "sen: Lokalen blev klar i går." in client.get(f"/korningar/{run.uuid}/").text
    run = go(run, by)
    assert states(late, in_time, again) == [S.SUBMITTED] * 3
    assert [row.late_reason for row in (late, in_time, again)] == ["Lokalen blev klar i går.", "", "Eget skäl."]
    shown = client.get(f"/korningar/{run.uuid}/?rader=alla").text
    assert "sen: Lokalen blev klar i går." in shown
    work.undo(run=run, by=by, now=time.now())
    work_off()
    assert states(late, again) == [S.DRAFT] * 2
    assert (late.submitted_on, late.late_reason) == (None, ""), "it has not come in by what was taken back"
    assert (again.late_reason, again.status_reason) == ("Eget skäl.", "Skriv om provet.")


def test_the_municipality_publishes_all_that_was_sent_in_and_takes_back_what_nobody_has_applied_to(
    client: Client,
) -> None:
    office = Office()
    one, applied_to, draft = office.start(S.SUBMITTED), office.start(S.SUBMITTED), office.start()
    hidden = office.start(S.HIDDEN)
    by = actor(office.at_office)
    rows = [one, applied_to, hidden, draft]
    run = go(press(client, office.at_office, "/kursstarter/publicera-valda/", rows), by)
    assert states(*rows) == [S.PUBLISHED, S.PUBLISHED, S.PUBLISHED, S.DRAFT]
    offer.count_applicant(course_start_id=applied_to.pk, delta=1)
    work.undo(run=run, by=by, now=time.now())
    work_off()
    assert states(one, applied_to, hidden) == [S.SUBMITTED, S.PUBLISHED, S.HIDDEN]
    assert codes(run) == {"catalogue.applied_since"}


def test_all_of_a_filter_is_chosen_and_others_rows_never(client: Client) -> None:
    office = Office()
    mine, other = office.start(), office.start(description="Annan text")
    theirs = make_course_start(school=make_school(authority=office.school.authority), status=S.DRAFT)
    run = press(client, office.at_school, f"/kursstarter/skicka-valda/?q={mine.course.code}", [theirs], alla="ja")
    assert list(RunRow.objects.filter(run=run).values_list("subject_id", flat=True)) == [mine.pk] != [other.pk]
    by = actor(office.at_school)
    with pytest.raises(Refused) as refusal:
        offer.prepare_submission(course_starts=[mine, theirs], by=by, now=time.now())
    assert [reason.code for reason in refusal.value.reasons] == ["catalogue.one_owner_a_run"]
    client.force_login(office.at_school)
    page = client.post("/kursstarter/skicka-valda/", {"row": [str(theirs.uuid)]})
    assert page.status_code == 409 and "Kryssa för minst en" in page.content.decode()
