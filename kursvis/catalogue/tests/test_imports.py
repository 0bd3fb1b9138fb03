"""An import of an offer: looked through, carried out, taken back; wrong rows never stop the right ones."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kursvis.accounts.models import Assignment
from kursvis.audit.models import Event
from kursvis.audit.queries import about
from kursvis.catalogue.models import Correspondence, CourseStart, NationalCourse, OfferImport, OfferImportRow
from kursvis.catalogue.rules.imports.columns import Column
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import imports, offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_round
from kursvis.catalogue.tests.imports import (
    administrator_of,
    carried_out,
    codes,
    csv_of,
    look_through,
    send,
    taken_back,
    verdicts,
)
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.work import services as work_services
from kursvis.work.tests.worker import work

pytestmark = pytest.mark.django_db


class Setting:
    """A school with two courses and a round, and somebody who edits its offer."""

    def __init__(self) -> None:
        self.school = make_school(authority=make_authority())
        self.round = make_round(authority=self.school.authority)
        self.one, self.other = make_course(), make_course()
        self.by = administrator_of(self.school)
        self.starts, self.ends = self.round.starts_on, self.round.starts_on + timedelta(days=60)

    def row(self, course: NationalCourse, **given: Any) -> list[Any]:
        """Return a right row of a file, with other cells where they are given."""
        cells = {"code": course.code, "start": self.starts, "end": self.ends, "seats": 20, "form": "Distans", "ort": ""}
        return list((cells | given).values())

    def looked(self, rows: list[list[Any]], **given: Any) -> OfferImport:
        """Return an import of the rows after its dry run."""
        return look_through(send(self.school, csv_of(rows), by=self.by), by=self.by, **given)


@pytest.fixture
def at() -> Setting:
    return Setting()


def test_new_changed_unchanged_and_refused_then_taken_back(at: Setting) -> None:
    kept = make_course_start(
        school=at.school, round=at.round, course=at.one, ends_on=at.ends, status=CourseStartStatus.DRAFT, seats=30
    )
    same = make_course_start(
        school=at.school, round=at.round, course=at.other, ends_on=at.ends, status=CourseStartStatus.DRAFT, seats=20
    )
    rows = [at.row(at.one, seats=24), at.row(at.other), at.row(make_course()), at.row(at.one, code="FINNSEJ")]
    sent = at.looked(rows)
    assert verdicts(sent) == ["changed", "unchanged", "new", "refused"]
    assert OfferImportRow.objects.get(offer_import=sent, position=2).changes == {"seats": ["30", "24"]}
    assert codes(sent) == [[], ["row_unchanged"], [], ["row_course_unknown"]]
    assert CourseStart.objects.count() == 2

    done = carried_out(sent, by=at.by)
    kept.refresh_from_db()
    new = CourseStart.objects.exclude(pk__in=[kept.pk, same.pk]).get()
    assert (kept.seats, new.seats, new.status, new.place) == (24, 20, "draft", "")
    assert [event.verb for event in about(new)] == ["course_start.imported"]
    assert about(kept).latest("pk").detail["changes"] == {"seats": ["30", "24"]}

    taken_back(done, by=at.by)
    kept.refresh_from_db()
    assert kept.seats == 30 and CourseStart.objects.count() == 2
    assert Event.objects.filter(verb="course_start.import_removed", subject_id=new.pk).count() == 1


def test_an_import_is_the_same_twice(at: Setting) -> None:
    rows = [at.row(at.one, ort="Norr"), at.row(at.other)]
    carried_out(at.looked(rows), by=at.by)
    assert verdicts(at.looked(rows)) == ["unchanged", "unchanged"]
    assert verdicts(at.looked([at.row(at.one, ort="Söder")])) == ["new"]


def test_a_start_is_known_by_its_own_reference(at: Setting) -> None:
    headings = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Referens")
    send_it = lambda rows: look_through(send(at.school, csv_of(rows, headings), by=at.by), by=at.by)  # noqa: E731
    carried_out(send_it([at.row(at.one, ort="A1")]), by=at.by)
    later = make_round(authority=at.school.authority, starts_on=at.starts + timedelta(days=7))
    moved = send_it([at.row(at.one, start=later.starts_on, ort="A1"), at.row(at.one, ort="A1", seats=9)])
    assert verdicts(moved) == ["changed", "refused"]
    assert codes(moved)[1] == ["row_twice"]
    carried_out(moved, by=at.by)
    assert CourseStart.objects.get().round == later


REFUSED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no days": ({"start": "", "end": ""}, ["row_without_dates"]),
    "no day": ({"start": "2026-02-30"}, ["cell_unread"]),
    "no round": ({"start": date(2027, 3, 2)}, ["row_without_round"]),
    "has begun": ({"start": "2020-01-07", "end": "2020-03-01"}, ["has_started"]),
    "ends before": ({"end": "2026-01-01"}, ["ends_before_start"]),
    "no seats": ({"seats": ""}, ["no_seats"]),
    "seats in words": ({"seats": "många"}, ["cell_unread"]),
    "study form": ({"form": "Telepati"}, ["row_study_form_unknown"]),
    "no study form": ({"form": ""}, ["row_without_study_form"]),
    "course": ({"code": "XYZ"}, ["row_course_unknown"]),
    "no course": ({"code": ""}, ["row_without_code"]),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_row_is_refused_with_every_reason(at: Setting, wrong: str) -> None:
    cells, reasons = REFUSED[wrong]
    sent = at.looked([at.row(at.one, **cells), at.row(at.other)])
    assert verdicts(sent) == ["refused", "new"]
    assert [code for code in codes(sent)[0] if code != "course_not_valid_yet"] == reasons


def test_a_course_that_may_not_begin_any_more_names_its_level(at: Setting) -> None:
    Correspondence.objects.create(course=at.one, level=at.other, source="prov")
    NationalCourse.objects.filter(pk=at.one.pk).update(cancelled_from=date(2026, 1, 1))
    assert codes(at.looked([at.row(at.one)])) == [["course_cancelled", "row_level_instead"]]


def test_another_school_only_where_one_edits_its_offer(at: Setting) -> None:
    other = make_school(authority=at.school.authority)
    elsewhere = make_school(authority=make_authority())
    headings = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Skola")
    rows = [at.row(at.one, ort=name) for name in (at.school.unit_code, other.name, elsewhere.prefix, "Okänd")]
    sent = look_through(send(at.school, csv_of(rows, headings), by=at.by), by=at.by)
    found = codes(sent)
    assert found[0] == [] and found[1] == ["row_of_another_school"] and found[3] == ["row_school_unknown"]


def test_what_is_entered_by_hand_and_what_is_imported_meet_the_same_rules(at: Setting) -> None:
    """The import reads all that the rules ask for at once; here it is asked one row at a time, as the form asks."""
    courses = [at.one, make_course(points=50), make_course(valid_to=at.starts), make_course(searchable=False)]
    for course in courses:
        for given_ in ({}, {"seats": 0}, {"end": at.starts - timedelta(1)}, {"form": "Trainee"}):
            row = at.row(course, **given_)
            (found,) = codes(at.looked([row]))
            fields = {"course": course, "round": at.round, "starts_on": at.starts, "ends_on": row[2]}
            fields |= {"points": course.points, "seats": row[3], "weekly_pattern": (), "industry": None}
            fields["study_form"] = "trainee" if row[4] == "Trainee" else "distance"
            said = offer.against_offer(school=at.school, fields=fields, seats_taken=0, today=time.today())
            assert found == [reason.code.removeprefix("catalogue.") for reason in said]


def test_of_a_published_start_with_applicants_nothing_is_changed(at: Setting) -> None:
    start = make_course_start(school=at.school, round=at.round, course=at.one, ends_on=at.ends)
    sent = at.looked([at.row(at.one, seats=25)])
    assert verdicts(sent) == ["changed"]
    offer.count_applicant(course_start_id=start.pk, delta=1)
    assert codes(carried_out(sent, by=at.by)) == [["row_has_applicants"]]
    start.refresh_from_db()
    assert start.seats == 30


def test_what_has_been_worked_on_since_stays_and_is_named(at: Setting) -> None:
    done = carried_out(at.looked([at.row(at.one), at.row(at.other), at.row(make_course())]), by=at.by)
    edited, applied, left = CourseStart.objects.order_by("pk")
    CourseStart.objects.filter(pk=edited.pk).update(description="Ny text")
    CourseStart.objects.filter(pk=applied.pk).update(applicants=2)
    undone = taken_back(done, by=at.by)
    assert codes(undone) == [["import_changed_since"], ["import_has_applicants_since"], []]
    assert set(CourseStart.objects.values_list("pk", flat=True)) == {edited.pk, applied.pk}


def test_a_file_is_looked_through_again_until_it_is_imported(at: Setting) -> None:
    sent = at.looked([at.row(at.one, seats="")])
    assert verdicts(sent) == ["refused"]
    again = look_through(sent, by=at.by, constants={Column.SEATS: "15"})
    assert verdicts(again) == ["new"]
    carried_out(again, by=at.by)
    with pytest.raises(Refused, match="file_imported_already"):
        look_through(again, by=at.by)
    reading = OfferImport.objects.get(pk=send(at.school, csv_of([at.row(at.other)]), by=at.by).pk).reading
    assert reading["constants"] == {"seats": "15"}


def test_the_file_is_erased_after_ninety_days(at: Setting) -> None:
    sent = at.looked([at.row(at.one)])
    day = time.today()
    assert imports.erase_files(day=day + timedelta(days=90), now=time.now()) == 0
    assert imports.erase_files(day=day + timedelta(days=92), now=time.now()) == 1
    sent.refresh_from_db()
    assert sent.content is None and not sent.rows.exists()
    assert imports.erase_files(day=day + timedelta(days=92), now=time.now()) == 0


WRONG = [{"start": "i höst"}, {"code": "???"}, {"seats": "x"}, {"form": "?"}, {"end": "2001-01-01"}, {"start": ""}]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mix=st.lists(st.sampled_from([None, *range(len(WRONG))]), min_size=1, max_size=12))
def test_wrong_rows_never_stop_the_right_ones(at: Setting, mix: list[int | None]) -> None:
    right = [at.row(make_course()) for wrong in mix if wrong is None]
    rest = iter(right)
    rows = [next(rest) if wrong is None else at.row(make_course(), **WRONG[wrong]) for wrong in mix]
    before = CourseStart.objects.count()
    sent = at.looked(rows)
    assert verdicts(sent) == ["new" if wrong is None else "refused" for wrong in mix]
    if right:
        carried_out(sent, by=at.by)
    assert CourseStart.objects.count() == before + len(right)


def test_a_row_that_fails_stops_no_other(at: Setting) -> None:
    """Somebody takes the reference between the look and the write: the chunk is gone through row by row."""
    headings = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Referens")
    rows = [at.row(at.one, ort="A"), at.row(at.other, ort="B")]
    sent = look_through(send(at.school, csv_of(rows, headings), by=at.by), by=at.by)
    make_course_start(school=at.school, round=at.round, reference="A", status=CourseStartStatus.DRAFT)
    found = codes(carried_out(sent, by=at.by))
    assert found == [["row_other_than_looked_through"], []]
    assert CourseStart.objects.get(reference="B").course == at.other


def test_queries_do_not_grow_with_the_rows(at: Setting, django_assert_max_num_queries: Any) -> None:
    sent = at.looked([at.row(make_course()) for _ in range(60)])
    assert sent.run
    work_services.start(run=sent.run, by=at.by, now=time.now())
    with django_assert_max_num_queries(60):
        work()
    assert CourseStart.objects.count() == 60


def test_who_may_not_any_more_stops_the_run(at: Setting) -> None:
    sent = at.looked([at.row(at.one)])
    assert sent.run
    work_services.start(run=sent.run, by=at.by, now=time.now())
    Assignment.objects.filter(user_id=at.by.user_id).update(ends_on=time.today() - timedelta(days=1))
    work()
    sent.run.refresh_from_db()
    assert sent.run.status == "stopped" and not CourseStart.objects.exists()
