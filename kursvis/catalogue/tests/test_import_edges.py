"""What a row is held to be, and what comes between a dry run, its import and its undo."""

from contextlib import suppress
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kursvis.catalogue.bulk import CHUNK
from kursvis.catalogue.models import CourseStart, OfferImport
from kursvis.catalogue.rules.imports.columns import Column, Reading, heading_row, restored
from kursvis.catalogue.rules.imports.limits import MOST_CHARACTERS, MOST_COLUMNS
from kursvis.catalogue.rules.imports.rows import said_by
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import imports, offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round
from kursvis.catalogue.tests.imports import (
    HEADINGS,
    carried_out,
    codes,
    csv_of,
    look_through,
    send,
    taken_back,
    verdicts,
)
from kursvis.catalogue.tests.test_imports import Setting
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Agreement
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_school
from kursvis.work import services as work_services
from kursvis.work.tests.worker import work

pytestmark = pytest.mark.django_db
WITH_REFERENCE = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Referens")
WITH_SCHOOL = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Skola")


@pytest.fixture
def at() -> Setting:
    return Setting()


def looked(at: Setting, rows: list[list[Any]], headings: tuple[str, ...]) -> OfferImport:
    """Return an import with other headings after its dry run."""
    return look_through(send(at.school, csv_of(rows, headings), by=at.by), by=at.by)


def draft(at: Setting, **given: Any) -> CourseStart:
    known = {"school": at.school, "round": at.round, "course": at.one, "ends_on": at.ends, "seats": 20}
    return make_course_start(status=CourseStartStatus.DRAFT, **(known | given))


def test_names_that_differ_in_signs_only_are_not_the_same(at: Setting) -> None:
    of_places = at.looked([at.row(at.one, ort=place) for place in ("Sal 1.2", "Sal 12", "Sal 1 (A)", "sal  12")])
    assert codes(of_places) == [[], [], [], ["row_twice"]]
    of_references = looked(at, [at.row(at.one, ort=name) for name in ("A-1", "A1", "-", "1/2", "12")], WITH_REFERENCE)
    assert codes(of_references) == [[]] * 5


def test_a_school_by_a_name_that_two_have_is_known_by_its_code(at: Setting) -> None:
    for name in ("Komvux (Norr)", "Komvux (Söder)", "Delad", "Delad"):
        make_school(authority=at.school.authority, name=name)
    names = ("komvux (NORR)", "Komvux", "Delad", at.school.unit_code)
    found = codes(looked(at, [at.row(at.one, ort=name) for name in names], WITH_SCHOOL))
    assert found[1:] == [["row_school_unknown"], ["row_school_unknown"], []]
    assert found[0][0] == "row_of_another_school"


def test_a_row_that_several_course_starts_fit_changes_none(at: Setting) -> None:
    norr, soder = draft(at, place="Norr"), draft(at, place="Söder")
    sent = at.looked([at.row(at.one, seats=9)])
    assert codes(sent) == [["row_matches_several"]]
    nowhere = draft(at, place="")
    again = at.looked([at.row(at.one, seats=9)])
    assert (verdicts(again), again.rows.get().course_start) == (["changed"], nowhere)
    carried_out(at.looked([at.row(at.one, seats=9, ort="söder")]), by=at.by)
    assert [CourseStart.objects.get(pk=start.pk).seats for start in (norr, soder, nowhere)] == [20, 9, 20]


def test_more_seats_than_a_form_takes_are_refused(at: Setting) -> None:
    found = codes(at.looked([at.row(at.one, seats=2001), at.row(at.other, seats=2000)]))
    assert found == [["too_many_seats"], []]


def test_a_draft_that_moves_to_another_period_forgets_when_it_came_in(at: Setting) -> None:
    """By hand it does too (R13); and taking the import back gives it back."""
    start = draft(at, reference="A")
    CourseStart.objects.filter(pk=start.pk).update(submitted_on=time.today(), late_reason="Sent besked")
    later = make_round(authority=at.school.authority, starts_on=at.starts + timedelta(days=7))
    row = at.row(at.one, start=later.starts_on, end=at.ends + timedelta(days=7), ort="A")
    done = carried_out(looked(at, [row], WITH_REFERENCE), by=at.by)
    start.refresh_from_db()
    assert (start.round, start.submitted_on, start.late_reason) == (later, None, "")
    taken_back(done, by=at.by)
    start.refresh_from_db()
    assert (start.round, start.submitted_on, start.late_reason) == (at.round, time.today(), "Sent besked")


@pytest.mark.parametrize("what", ["moved", "removed"])
def test_what_cannot_get_its_round_back_stays_and_the_rest_is_taken_back(at: Setting, what: str) -> None:
    draft(at, reference="A")
    later = make_round(authority=at.school.authority, starts_on=at.starts + timedelta(days=7))
    rows = [at.row(at.one, start=later.starts_on, ort="A"), at.row(at.other, start=later.starts_on, ort="B")]
    done = carried_out(looked(at, rows, WITH_REFERENCE), by=at.by)
    if what == "removed":
        at.round.delete()
    else:
        type(at.round).objects.filter(pk=at.round.pk).update(starts_on=at.starts + timedelta(days=1))
    assert codes(taken_back(done, by=at.by)) == [["import_round_gone"], []]
    assert CourseStart.objects.get().round == later


def test_a_file_that_is_read_anew_stops_its_earlier_run(at: Setting) -> None:
    sent = at.looked([at.row(at.one)])
    first = sent.run
    assert first
    again = look_through(sent, by=at.by, constants={Column.PLACE: "Sal 3"})
    first.refresh_from_db()
    assert first.status == "stopped"
    with pytest.raises(Refused, match="wrong_state"):
        work_services.start(run=first, by=at.by, now=time.now())
    assert again.run
    work_services.start(run=again.run, by=at.by, now=time.now())
    with pytest.raises(Refused, match="file_imported_already"):
        imports.look_through(offer_import=again, reading=restored(again.reading), by=at.by, now=time.now())
    work()
    assert CourseStart.objects.get().place == "Sal 3"


def test_days_without_a_year_get_one_that_is_told(at: Setting) -> None:
    told = {Column.CODE: 0, Column.STARTS_ON: 1, Column.ENDS_ON: 2, Column.APPLY_BY: 3}
    rows = {
        ("M", "v. 34", "v. 3", "10/5"): (date(2027, 8, 23), date(2028, 1, 21), date(2027, 5, 10)),
        ("M", "11/1", "4 juni", "15 nov"): (date(2027, 1, 11), date(2027, 6, 4), date(2026, 11, 15)),
        ("M", "v. 2 2026", "v. 20", "-"): (date(2026, 1, 5), date(2027, 5, 21), None),
    }
    for cells, days in rows.items():
        said, reasons = said_by(cells, Reading(columns=told, year=2027))
        assert ((said.starts_on, said.ends_on, said.apply_by), reasons) == (days, [])
    said, reasons = said_by(("M", "v. 34", "i vår", ""), Reading(columns=told))
    assert [reason.code for reason in reasons] == ["catalogue.day_without_year", "catalogue.cell_unread"]


def test_a_column_without_a_heading_can_be_chosen(at: Setting) -> None:
    rows = [[*at.row(at.one), "Sal 9"], at.row(at.other)]
    sent = send(at.school, csv_of(rows, HEADINGS), by=at.by)
    assert sent.headings == [*HEADINGS, ""]
    reading = restored(sent.reading)
    columns = {column: place for column, place in reading.columns.items() if column is not Column.PLACE}
    imports.look_through(
        offer_import=sent, reading=Reading(columns=columns | {Column.PLACE: 6}), by=at.by, now=time.now()
    )
    work()
    carried_out(OfferImport.objects.select_related("run", "school__authority").get(), by=at.by)
    assert set(CourseStart.objects.values_list("place", flat=True)) == {"Sal 9", ""}
    assert restored(send(at.school, csv_of(rows, HEADINGS), by=at.by).reading).columns[Column.PLACE] == 6


def test_no_step_asks_more_for_more_rows(at: Setting) -> None:
    """Ten rows and a hundred and fifty, half new and half changed, in one chunk."""
    asked = []
    for number in (10, 150):
        courses = [make_course() for _ in range(number)]
        for course in courses[::2]:
            draft(at, course=course, seats=5)
        counted = []
        sent = send(at.school, csv_of([at.row(course) for course in courses]), by=at.by)
        with CaptureQueriesContext(connection) as looking:
            sent = look_through(sent, by=at.by)
        counted.append(len(looking))
        with CaptureQueriesContext(connection) as writing:
            sent = carried_out(sent, by=at.by)
        counted.append(len(writing))
        with CaptureQueriesContext(connection) as undoing:
            taken_back(sent, by=at.by)
        counted.append(len(undoing))
        asked.append(counted)
    assert asked[0] == asked[1]


def test_what_an_agreement_does_not_let_a_school_offer_is_refused_row_by_row(at: Setting) -> None:
    """A temporary agreement, for sfi only: as when it is entered by hand (R11, R12)."""
    starts = make_round(authority=at.school.authority, starts_on=date(time.today().year + 1, 8, 16)).starts_on
    in_time = date(starts.year, 12, 31)
    Agreement.objects.update(kind=AgreementKind.TEMPORARY.value, ends_on=date(2099, 12, 31), levels=["sfi"])
    sfi = [make_course(level="sfi", points=None) for _ in range(2)]
    headings = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Poäng")
    rows = [
        at.row(sfi[0], start=starts, end=in_time, ort=100),
        at.row(sfi[1], start=starts, end=in_time + timedelta(days=1), ort=100),
    ]
    found = codes(looked(at, [*rows, at.row(at.one, start=starts, end=in_time)], headings))
    assert found[0] == [] and found[1] == ["organisation.temporary_agreement"]
    assert found[2] == ["organisation.level_not_agreed"]


def test_no_file_lets_a_shown_start_grow_past_its_agreement(at: Setting) -> None:
    """As by hand: what it says already is not asked about again, a later end is (R12)."""
    round_ = make_round(authority=at.school.authority, starts_on=date(time.today().year + 1, 8, 16))
    start = make_course_start(
        school=at.school, round=round_, course=at.one, ends_on=round_.starts_on + timedelta(days=90), reference="A"
    )
    in_time = date(round_.starts_on.year, 12, 31)
    Agreement.objects.update(kind=AgreementKind.TEMPORARY.value, ends_on=date(2099, 12, 31))
    for ends_on, reasons in (
        (in_time, []),
        (in_time + timedelta(days=1), ["organisation.temporary_agreement"]),
    ):
        row = at.row(at.one, start=round_.starts_on, end=ends_on, seats=start.seats, ort="A")
        assert codes(looked(at, [row], WITH_REFERENCE)) == [reasons]


def test_a_worker_that_dies_while_rows_are_written_leaves_none_and_the_next_goes_on(at: Setting) -> None:
    class Died(BaseException):
        """The worker's process is killed."""

    sent = at.looked([at.row(at.one, ort=f"Sal {number}") for number in range(CHUNK + 5)])
    assert sent.run
    work_services.start(run=sent.run, by=at.by, now=time.now())
    work_services.carry_out_chunk(run_id=sent.run.pk, now=time.now())
    assert CourseStart.objects.count() == CHUNK
    with suppress(Died), transaction.atomic():
        work_services.carry_out_chunk(run_id=sent.run.pk, now=time.now())
        raise Died
    assert CourseStart.objects.count() == CHUNK
    work_services.resume()
    work()
    assert CourseStart.objects.count() == CHUNK + 5
    sent.run.refresh_from_db()
    assert sent.run.status == "done"


def test_headings_of_brackets_are_looked_at_in_no_time() -> None:
    began = perf_counter()
    heading_row([["(" * MOST_CHARACTERS] * MOST_COLUMNS] * 10)
    assert perf_counter() - began < 10


def test_an_applicant_between_keeps_a_published_start_as_the_import_left_it(at: Setting) -> None:
    start = draft(at)
    sent = at.looked([at.row(at.one, seats=25), at.row(at.other)])
    done = carried_out(sent, by=at.by)
    start.refresh_from_db()
    offer.count_applicant(course_start_id=start.pk, delta=1)
    assert codes(taken_back(done, by=at.by)) == [["import_has_applicants_since"], []]
    assert CourseStart.objects.get().seats == 25
