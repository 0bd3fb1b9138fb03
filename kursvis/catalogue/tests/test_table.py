"""The table of course starts: what is changed, added and copied in it, what is wrong, and who was first."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.rules import Role
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.rounds import proposed_end
from kursvis.catalogue.rules.table import against_overwriting, as_text, changed
from kursvis.catalogue.tests.factories import make_continuous_period, make_course, make_course_start, make_round
from kursvis.organisation.models import School
from kursvis.organisation.tests.factories import make_school

S = CourseStartStatus
TABLE = "/kursstarter/tabell/"
texts = st.dictionaries(st.sampled_from(["seats", "place"]), st.sampled_from("abc"), min_size=2)


@given(texts, texts, texts)
def test_what_two_change_in_different_fields_is_both_saved_and_in_the_same_field_neither_overwritten(
    seen: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    new = changed(mine, seen)
    assert set(new) == {name for name in mine if mine[name] != seen[name]}
    told = {reason.values["field"][1] for reason in against_overwriting(new, seen, theirs)}
    assert told == {name for name in new if theirs[name] not in (seen[name], mine[name])}


class Desk:
    """A school's administrator at the table: it reads the rows as a browser would, and posts them."""

    def __init__(self, school: School, client: Client) -> None:
        self.school, self.client = school, client
        client.force_login(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school))

    def shown(self, address: str = TABLE) -> dict[str, Any]:
        response = self.client.get(address)
        assert response.status_code == 200
        return dict(self._fields(response))

    def _fields(self, response: Any) -> Iterator[tuple[str, Any]]:
        table = response.context["table"]
        yield "row", [str(form.row.uuid) for form in table.lines]
        yield "ny", table.next
        for form in (*table.lines, *table.new):
            for name in form.fields:
                value = form[name].value()
                yield form.add_prefix(name), "" if value is None else value

    def post(self, fields: dict[str, Any], **asked: Any) -> Any:
        return self.client.post(TABLE, fields | {"do": "save"} | asked)


@pytest.fixture
def desk(db: None, client: Client) -> Desk:
    return Desk(make_school(), client)


def key(row: CourseStart, field: str) -> str:
    return f"r-{row.uuid}-{field}"


def test_right_rows_are_saved_and_wrong_ones_say_why_with_what_was_typed(desk: Desk) -> None:
    one, other, third = (make_course_start(school=desk.school, status=S.DRAFT) for _ in range(3))
    typed = {
        key(one, "seats"): "44",
        key(one, "weekly_pattern"): "mån och ons 9-11",
        key(other, "weekly_pattern"): "lite då och då",
        key(third, "ends_on"): (third.starts_on - timedelta(days=1)).isoformat(),
    }
    response = desk.post(desk.shown() | typed)
    page = unescape(response.content.decode())
    assert "1 rad är sparad." in page and "2 rader är inte sparade." in page
    assert "lite då och då" in page and "Slutdatum måste vara efter kursstarten" in page
    one.refresh_from_db()
    assert (one.seats, one.schedule) == (44, "Måndag och onsdag 9.00–11.00")
    other.refresh_from_db()
    assert as_text(other.weekly_pattern) == "Tisdag 18.00–20.00"
    assert Event.objects.filter(verb="course_start.edited").count() == 1
    assert desk.post(desk.shown()).status_code == 302
    assert Event.objects.filter(verb="course_start.edited").count() == 1


def test_who_comes_second_is_told_and_overwrites_nobody_unknowingly(desk: Desk) -> None:
    row = make_course_start(school=desk.school, status=S.DRAFT)
    mine = desk.shown()
    desk.post(desk.shown() | {key(row, "seats"): "12", key(row, "place"): "Sal 1"})
    desk.post(mine | {key(row, "schedule_note"): "Varannan vecka"})
    row.refresh_from_db()
    assert (row.seats, row.place, row.schedule_note) == (12, "Sal 1", "Varannan vecka")
    response = desk.post(mine | {key(row, "seats"): "25"})
    assert "nu står det ”12”" in response.content.decode()
    row.refresh_from_db()
    assert row.seats == 12
    again = dict(desk._fields(response))
    assert again[key(row, "seats")] == "25" and desk.post(again).status_code == 302
    row.refresh_from_db()
    assert row.seats == 25


def test_new_rows_are_entered_and_a_row_is_copied_with_what_was_typed_in_it(desk: Desk) -> None:
    old = make_course_start(school=desk.school, status=S.PUBLISHED)
    round_, course = make_round(authority=desk.school.authority), make_course(code="BOKF1000X")
    fields = desk.shown() | {key(old, "seats"): "17"}
    response = desk.client.post(TABLE, fields | {"do": f"copy:r-{old.uuid}"})
    copied = dict(desk._fields(response))
    assert copied["n-1-code"] == old.course.code and str(copied["n-1-seats"]) == "17" and copied["n-1-round"] == ""
    new = {"code": "bokf1000x", "round": str(round_.uuid), "seats": "20", "study_form": "distance"}
    typed = {f"n-0-{name}": value for name, value in new.items()} | {"n-1-round": str(round_.uuid)}
    assert desk.post(copied | typed).status_code == 302
    added = CourseStart.objects.filter(status="draft").order_by("pk")
    assert [(row.course.code, row.seats) for row in added] == [(course.code, 20), (old.course.code, 17)]
    assert added[1].description == old.description and added[1].weekly_pattern == old.weekly_pattern
    wrong = desk.post(desk.shown() | {"n-0-code": "FINNSEJ", "n-0-seats": "20"})
    assert "Ingen kurs i registret har koden" in wrong.content.decode() and "FINNSEJ" in wrong.content.decode()


def test_a_new_row_starts_with_a_round_or_on_an_own_day_and_leaves_no_round_when_it_is_refused(desk: Desk) -> None:
    assert "n-0-starts_on" not in desk.shown(), "asked for only where there is continuous admission"
    period = make_continuous_period(authority=desk.school.authority)
    round_, course = make_round(authority=desk.school.authority), make_course()
    day = round_.starts_on + timedelta(days=(0 - round_.starts_on.weekday()) % 7 + 7)
    new = {"n-0-code": course.code, "n-0-seats": "20", "n-0-study_form": "distance"}
    own, both = {"n-0-starts_on": day.isoformat()}, {"n-0-round": str(round_.uuid)}
    for typed in ({}, own | both):
        assert "Välj antingen en omgång eller en egen startdag." in desk.post(desk.shown() | new | typed).text
    too_late = {"n-0-starts_on": (period.last_start_on + timedelta(days=30)).isoformat()}
    assert "n-0" in desk.post(desk.shown() | new | too_late).context["table"].new[0].prefix
    refused = desk.post(desk.shown() | new | own | {"n-0-ends_on": day.isoformat()})
    assert "Slutdatum måste vara efter kursstarten" in unescape(refused.content.decode())
    assert not period.rounds.exists()
    assert desk.post(desk.shown() | new | own).status_code == 302
    added = CourseStart.objects.get()
    assert (added.starts_on, added.round.period, added.ends_on) == (day, period, proposed_end(day))


def test_what_stays_while_it_is_shown_cannot_be_typed_nor_forced(desk: Desk) -> None:
    row = make_course_start(school=desk.school)
    fields = desk.shown()
    assert key(row, "study_form") not in fields
    response = desk.post(fields | {key(row, "study_form"): "classroom"})
    assert "ligger fast medan kursstarten är publicerad" in response.content.decode()


def test_others_rows_are_neither_shown_nor_saved(desk: Desk) -> None:
    theirs = make_course_start(school=make_school(authority=desk.school.authority), status=S.DRAFT)
    fields = desk.shown(f"{TABLE}?rad={theirs.uuid}")
    assert fields["row"] == []
    desk.post(fields | {"row": [str(theirs.uuid)], key(theirs, "seats"): "3", key(theirs, "seen"): "{}"})
    theirs.refresh_from_db()
    assert theirs.seats == 30


def test_fifty_rows_cost_as_few_queries_as_one(desk: Desk, django_assert_max_num_queries: Any) -> None:
    round_, course = make_round(authority=desk.school.authority), make_course()
    first = make_course_start(school=desk.school, round=round_, course=course, status=S.DRAFT)
    values = {f.attname: getattr(first, f.attname) for f in first._meta.concrete_fields if f.name not in ("id", "uuid")}
    copies = [CourseStart(**values) for _ in range(59)]
    CourseStart.objects.bulk_create(copies)
    with django_assert_max_num_queries(15):
        fields = desk.shown()
    assert len(fields["row"]) == 50
    assert len(desk.shown(f"{TABLE}?sida=2")["row"]) == 10
    assert len(desk.shown(f"{TABLE}?rad={first.uuid}&rad={copies[0].uuid}")["row"]) == 2
