"""Copying a period's offer to another: which round becomes which, what goes, what does not and why, and only once."""

from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.queries import about
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.queries import copying as queries
from kursvis.catalogue.rules import copying as rules
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import copying, offer
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation.models import Agreement, School
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_school

S = CourseStartStatus
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = date(2027, 1, 11)
ROUNDS = st.lists(st.integers(0, 30), unique=True, max_size=6).map(
    lambda weeks: [(number, MONDAY + number * WEEK) for number in sorted(weeks)]
)


@given(ROUNDS, ROUNDS)
def test_rounds_are_matched_in_order_and_each_new_one_once(
    old: list[tuple[int, date]], new: list[tuple[int, date]]
) -> None:
    found = rules.matched(old, new)
    assert set(found) == {key for key, _day in old}
    became = [found[key] for key, _day in old if found[key] is not None]
    assert became == sorted(set(became)), "in order, none twice"
    assert len(became) == min(len(old), len(new))
    assert rules.matched(old, [(key, day + 20 * WEEK) for key, day in old]) == {key: key for key, _day in old}


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ([0, 10, 20], [0, 10, 20], [0, 10, 20]),
        ([0, 10, 20], [1, 11, 13, 21], [1, 11, 21]),
        ([0, 10], [5], [5, None]),
        ([0], [2, 9], [2]),
        ([10], [], [None]),
    ],
)
def test_the_nearest_by_weeks_into_the_period_is_proposed(
    old: list[int], new: list[int], expected: list[int | None]
) -> None:
    found = rules.matched([(n, MONDAY + n * WEEK) for n in old], [(n, MONDAY + 30 * WEEK + n * WEEK) for n in new])
    assert list(found.values()) == expected


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(1, 400), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_a_copy_is_as_long_and_ends_on_the_same_weekday(starts_on: date, days: int, new_start: date) -> None:
    ends_on = starts_on + days * DAY
    end = rules.end_of_copy(starts_on=starts_on, ends_on=ends_on, new_start=new_start)
    assert end > new_start and end.weekday() == ends_on.weekday()
    if starts_on.weekday() == new_start.weekday():
        assert (end - new_start).days == days
    assert abs((end - new_start).days - days) <= 3 or days <= 3


class Season:
    """A school with an offer in last period's two rounds, and a period to come with rounds twenty weeks later."""

    def __init__(self) -> None:
        self.school = make_school()
        authority, today = self.school.authority, time.today()
        self.old, self.new = (make_period(authority=authority) for _ in range(2))
        first = today + 20 * DAY
        self.before = [self._round(self.old, first + n * 5 * WEEK) for n in range(2)]
        self.after = [self._round(self.new, first + 20 * WEEK + n * 5 * WEEK) for n in range(2)]

    def _round(self, period: Period, starts_on: date) -> Round:
        days = {"apply_by": starts_on - 16 * DAY, "basis_on": starts_on - 15 * DAY, "call_by": starts_on - 14 * DAY}
        return Round.objects.create(period=period, starts_on=starts_on, **days)

    def start(self, number: int = 0, **given: Any) -> CourseStart:
        return make_course_start(school=self.school, round=self.before[number], **given)

    def asked(self) -> dict[str, Any]:
        rounds = {old.pk: new for old, new in queries.proposed_rounds(self.before, self.after).items()}
        schools = School.objects.filter(pk=self.school.pk)
        return {"schools": schools, "old": self.old, "new": self.new, "rounds": rounds}

    def planned(self) -> dict[int, list[str]]:
        rows = queries.copies(**self.asked(), today=time.today())
        return {row.source.pk: [reason.code.split(".")[1] for reason in row.reasons] for row in rows}

    def copy(self, *starts: CourseStart) -> list[queries.Copy]:
        chosen = {start.uuid for start in starts}
        return copying.copy_offer(**self.asked(), chosen=chosen, by=SYSTEM, now=time.now())


@pytest.mark.django_db
def test_a_copy_has_the_fields_and_the_new_dates_and_is_made_once() -> None:
    season = Season()
    source = season.start(1, place="Sal 9", schedule_note="Prov i sal 4", reference="HT-7")
    unticked = season.start(0)
    (copied,) = season.copy(source)
    draft = CourseStart.objects.get(copied_from=source)
    same = ("course_id", "school_id", "authority_id", "seats", "study_form", "place", "description", "points")
    for name in (*same, "weekly_pattern", "schedule_note", "industry_id"):
        assert getattr(draft, name) == getattr(source, name), name
    assert (draft.status, draft.reference, draft.applicants, draft.submitted_on) == (S.DRAFT, "", 0, None)
    assert draft.round == season.after[1] and draft.starts_on == draft.round.starts_on
    assert draft.ends_on - draft.starts_on == source.ends_on - source.starts_on
    (event,) = about(draft)
    assert (event.verb, event.detail["copied_from"]) == ("course_start.copied", str(source.uuid))
    assert [reason.code for copy in season.copy(source) for reason in copy.reasons] == ["catalogue.copied_already"]
    assert season.planned() == {source.pk: ["copied_already"], unticked.pk: []}
    offer.cancel(course_start=draft, reason="Fel", by=SYSTEM, now=time.now())
    assert season.planned()[source.pk] == [], "a cancelled copy is no copy"
    assert copied.source == source


@pytest.mark.django_db
def test_what_does_not_go_says_why_and_stops_nothing_else() -> None:
    season = Season()
    ends_on = season.after[0].starts_on
    goes, draft = season.start(), season.start(status=S.DRAFT)
    gone = season.start(course=make_course(cancelled_from=ends_on))
    late = season.start(1, ends_on=season.before[1].starts_on + 30 * DAY)
    Agreement.objects.update(ends_on=season.after[1].starts_on - DAY)
    planned = season.planned()
    assert draft.pk not in planned, "what was never sent in is no offer"
    assert (planned[goes.pk], planned[gone.pk], planned[late.pk]) == ([], ["course_cancelled"], ["no_agreement"])
    done = season.copy(goes, gone, late)
    assert {copy.source.pk for copy in done if copy.reasons} == {gone.pk, late.pk}
    assert list(CourseStart.objects.filter(round__period=season.new).values_list("copied_from", flat=True)) == [goes.pk]
    Agreement.objects.update(kind=AgreementKind.TEMPORARY.value, ends_on=goes.starts_on + 700 * DAY, levels=["sfi"])
    assert "level_not_agreed" in season.planned()[late.pk]


@pytest.mark.django_db
def test_only_rounds_of_the_new_period_are_copied_to() -> None:
    season = Season()
    source = season.start()
    asked = season.asked() | {"rounds": {season.before[0].pk: make_round(authority=season.school.authority)}}
    with pytest.raises(Refused):
        copying.copy_offer(**asked, chosen={source.uuid}, by=SYSTEM, now=time.now())
    asked = season.asked() | {"rounds": {season.before[0].pk: None}}
    (copy,) = queries.copies(**asked, today=time.today())
    assert [reason.code for reason in copy.reasons] == ["catalogue.no_round_to_copy_to"]


@pytest.mark.django_db
def test_two_hundred_are_copied_in_few_statements_and_within_seconds() -> None:
    season = Season()
    source = season.start()
    fields = {field.attname for field in CourseStart._meta.concrete_fields if not field.generated} - {"id", "uuid"}
    CourseStart.objects.bulk_create(CourseStart(**{name: getattr(source, name) for name in fields}) for _ in range(199))
    every = list(CourseStart.objects.filter(round__period=season.old))
    began = perf_counter()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        season.copy(*every)
    assert CourseStart.objects.filter(round__period=season.new).count() == 200
    assert len(asked) <= 15
    assert perf_counter() - began < 3


@pytest.mark.django_db
def test_the_page_shows_before_what_the_press_makes() -> None:
    season = Season()
    goes, other = season.start(), season.start(1)
    browser = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=season.school))
    page = reverse("catalogue:copy_offer")
    asked = {"skola": str(season.school.uuid), "fran": str(season.old.uuid), "till": str(season.new.uuid)}
    with CaptureQueriesContext(connection) as few:
        shown = browser.get(page, asked).text
    assert len(few) <= 15, "\n".join(query["sql"][:60] + "…" + query["sql"][-150:] for query in few)
    assert str(season.after[0].starts_on) in shown and goes.course.name in shown
    not_that = {f"omgang-{season.before[0].uuid}": str(season.after[0].uuid), f"omgang-{season.before[1].uuid}": ""}
    assert "Ingen omgång är vald" in browser.get(page, asked | not_that).text
    assert "Välj minst en kursstart" in browser.post(page, asked).text
    answer = browser.post(page, asked | not_that | {"kursstart": [str(goes.uuid), str(other.uuid)]})
    assert answer.status_code == 302
    assert "1 kunde inte kopieras" in browser.get(answer.url).text
    assert CourseStart.objects.get(round__period=season.new).copied_from == goes
    elsewhere = as_user(make_staff(Role.SCHOOL_ADMINISTRATOR, school=make_school()))
    assert goes.course.name not in elsewhere.get(page, asked).text
    assert elsewhere.post(page, asked | {"kursstart": str(other.uuid)}).status_code == 200, "chosen again"
    assert CourseStart.objects.filter(round__period=season.new).count() == 1


@pytest.mark.usefixtures("committed")
def test_eight_who_copy_at_once_make_one_copy() -> None:
    season = Season()
    source = season.start()
    race(lambda _number: season.copy(source))
    assert AT_ONCE > 1 and CourseStart.objects.filter(copied_from=source).count() == 1
