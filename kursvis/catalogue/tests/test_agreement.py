"""What an ended, a temporary or a coming agreement lets a school offer (R09, R12), and who sees what lacks one."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.catalogue.queries import agreement as queries
from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.queries.offer import narrowed
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.services import offer
from kursvis.catalogue.tests.factories import make_course_start, make_round
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Agreement, School
from kursvis.organisation.rules import AgreementFacts, AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_authority, make_industry, make_school

S = CourseStartStatus
DAY = timedelta(days=1)
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))
ORDINARY, TEMPORARY = AgreementKind.ORDINARY, AgreementKind.TEMPORARY
database = pytest.mark.django_db


@given(st.lists(st.tuples(DAYS, st.none() | DAYS)), DAYS, DAYS)
def test_no_offer_after_the_last_agreement_and_none_that_starts_outside_one(
    spans: list[tuple[date, date | None]], starts_on: date, today: date
) -> None:
    agreements = [AgreementFacts(ORDINARY, first, last) for first, last in spans if last is None or first <= last]
    reasons = rules.against_agreement(agreements, starts_on=starts_on, ends_on=starts_on + DAY, today=today)
    covered = any(a.starts_on <= starts_on and (a.ends_on is None or starts_on <= a.ends_on) for a in agreements)
    lasts = any(a.ends_on is None or today <= a.ends_on for a in agreements)
    assert (reasons == []) == (covered and lasts)


def end_agreement(school: School, *, on: date) -> None:
    Agreement.objects.filter(school=school).update(ends_on=on)


def codes(step: Any, **arguments: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        step(**arguments)
    return [reason.code for reason in refusal.value.reasons]


def offered(course_start: CourseStart) -> dict[str, Any]:
    names = ("course", "round", "ends_on", "points", "seats", "place", "description", "weekly_pattern", "schedule_note")
    return {name: getattr(course_start, name) for name in names} | {"study_form": StudyForm(course_start.study_form)}


@database
def test_a_school_whose_agreement_has_ended_makes_no_new_offer_at_any_step() -> None:
    today = time.today()
    school = make_school()
    draft, submitted, hidden, stopped = (
        make_course_start(school=school, status=status) for status in (S.DRAFT, S.SUBMITTED, S.HIDDEN, S.PUBLISHED)
    )
    who: dict[str, Any] = {"by": SYSTEM, "now": time.now()}
    offer.stop_applications(course_start=stopped, **who)
    steps: list[tuple[Any, dict[str, Any]]] = [
        (offer.create_course_start, {"school": school, **offered(draft)}),
        (offer.edit_course_start, {"course_start": draft, **offered(draft)}),
        (offer.submit, {"course_start": draft}),
        (offer.publish, {"course_start": submitted}),
        (offer.publish, {"course_start": hidden}),
        (offer.resume_applications, {"course_start": stopped}),
    ]
    end_agreement(school, on=today - DAY)
    for step, arguments in steps:
        assert codes(step, **arguments, **who) == ["organisation.agreement_has_ended"], step
    end_agreement(school, on=today)
    for step, arguments in steps:
        assert codes(step, **arguments, **who) == ["organisation.no_agreement"], "in force today, not at the start"
    end_agreement(school, on=draft.starts_on)
    for step, arguments in steps:
        step(**arguments, **who)


@database
def test_a_coming_agreement_lets_the_school_enter_its_offer_ahead() -> None:
    school = make_school(agreement=None)
    round_ = make_round(authority=school.authority)
    make_agreement(school=school, kind=ORDINARY, starts_on=round_.starts_on)
    assert make_course_start(school=school, round=round_).status == S.PUBLISHED


@database
def test_nobody_applies_where_no_agreement_covers_the_start_and_what_has_begun_goes_on() -> None:
    course_start = make_course_start()
    today = time.today()

    def against() -> list[str]:
        return [reason.code for reason in queries.against_applying(course_start, today=today)]

    assert against() == []
    end_agreement(course_start.school, on=course_start.starts_on - DAY)
    assert against() == ["organisation.no_agreement"]
    end_agreement(course_start.school, on=today - DAY)
    assert against() == ["organisation.agreement_has_ended"]
    assert queries.agreement_against(course_start, today=course_start.starts_on) == []
    course_start.stopped = True
    assert against() == ["catalogue.stopped"], "the offer's own reason comes first, one at a time"


@database
@pytest.mark.parametrize("days, code", [(0, None), (1, "organisation.temporary_agreement")])
@pytest.mark.parametrize("last_day", [date(2027, 12, 31), date(2027, 11, 30)])
def test_a_temporary_agreement_ends_what_is_offered_by_its_last_day_and_the_years(
    days: int, code: str | None, last_day: date
) -> None:
    school = make_school(agreement=None)
    ends_on = date(2028, 6, 1) if last_day == date(2027, 12, 31) else last_day
    make_agreement(school=school, kind=TEMPORARY, starts_on=date(2026, 1, 1), ends_on=ends_on)
    round_ = make_round(authority=school.authority, starts_on=date(2027, 8, 16), apply_by=date(2027, 6, 1))
    given: dict[str, Any] = {"school": school, "round": round_, "ends_on": last_day + days * DAY}
    who: dict[str, Any] = {"by": SYSTEM, "now": time.now()}
    within = make_course_start(**given | {"ends_on": last_day}, status=S.DRAFT)
    other = make_course_start(**given | {"ends_on": last_day}, status=S.SUBMITTED)
    CourseStart.objects.update(ends_on=given["ends_on"])
    within.refresh_from_db()
    other.refresh_from_db()
    steps: list[tuple[Any, dict[str, Any]]] = [
        (offer.create_course_start, {"school": school, **offered(within)}),
        (offer.edit_course_start, {"course_start": within, **offered(within)}),
        (offer.submit, {"course_start": within}),
        (offer.publish, {"course_start": other}),
    ]
    for step, arguments in steps:
        if code:
            assert codes(step, **arguments, **who) == [code], step
        else:
            step(**arguments, **who)


SPANS = [
    [],
    [(ORDINARY, -900, -1)],
    [(ORDINARY, -900, 0)],
    [(ORDINARY, -900, 55)],
    [(ORDINARY, -900, 56)],
    [(ORDINARY, 56, None)],
    [(ORDINARY, 57, None)],
    [(TEMPORARY, -30, 122)],
    [(TEMPORARY, -30, 123)],
    [(TEMPORARY, -30, 900)],
    [(ORDINARY, -900, -1), (TEMPORARY, 0, 900)],
]


@database
@pytest.mark.parametrize("starts_in", [56, 300])
@pytest.mark.parametrize("spans", SPANS)
def test_the_list_of_what_lacks_an_agreement_says_what_the_rule_says(
    spans: list[tuple[AgreementKind, int, int | None]], starts_in: int
) -> None:
    today = time.today()
    course_start = make_course_start(starts_on=today + starts_in * DAY)
    Agreement.objects.all().delete()
    for kind, first, last in spans:
        ends_on = None if last is None else today + last * DAY
        make_agreement(school=course_start.school, kind=kind, starts_on=today + first * DAY, ends_on=ends_on)
    marked = queries.with_agreement_missing(CourseStart.objects.all(), today=today)
    listed = list(narrowed(marked, Narrowing(lacks_agreement=True)))
    assert bool(listed) == bool(queries.agreement_lacking(course_start, today=today))


LIMITS = [((), ()), (("gymnasial",), ()), (("sfi",), ()), ((), ("VARD",)), ((), ("IT",)), (("gymnasial",), ("VARD",))]
STARTS_IN, LENGTH = st.integers(1, 500), st.integers(1, 400)
GAP, DAYS_LONG = st.integers(1, 300), st.integers(0, 500)
AGREED = st.tuples(st.sampled_from(AgreementKind), GAP, DAYS_LONG, st.sampled_from(LIMITS))
OFFERED = st.tuples(STARTS_IN, LENGTH, st.sampled_from(["gymnasial", "sfi"]), st.sampled_from([None, "VARD", "IT"]))


@database
def test_the_database_says_of_random_agreements_and_starts_what_the_rule_says() -> None:
    today = time.today()
    course_start = make_course_start(starts_on=today + 56 * DAY)
    school = course_start.school
    industries = {code: make_industry(code, authority=school.authority) for code in ("VARD", "IT")}

    @settings(max_examples=150)
    @given(st.lists(AGREED, max_size=3), OFFERED)
    def same(agreed: list[tuple[Any, ...]], offered: tuple[int, int, str, str | None]) -> None:
        starts_in, length, level, industry = offered
        starts_on = today + starts_in * DAY
        Agreement.objects.all().delete()
        after = today - 200 * DAY
        for kind, gap, days, (levels, codes) in agreed:
            first, after = after + gap * DAY, after + (gap + days) * DAY
            limits = {"levels": list(levels), "industries": list(codes)}
            Agreement.objects.create(school=school, kind=kind.value, starts_on=first, ends_on=after, **limits)
        rows = CourseStart.objects.filter(pk=course_start.pk)
        rows.update(starts_on=starts_on, ends_on=starts_on + length * DAY, industry=industries.get(industry or ""))
        NationalCourse.objects.filter(pk=course_start.course_id).update(level=level)
        row = queries.with_agreement_missing(rows, today=today).select_related("school", "course", "industry").get()
        assert row.lacks_agreement is bool(queries.agreement_lacking(row, today=today))

    same()


@database
def test_levels_and_industries_of_the_agreement_are_asked_at_every_step_and_where_people_apply() -> None:
    school = make_school(agreement=None)
    care = make_industry("VARD", authority=school.authority)
    agreement = make_agreement(school=school)
    draft, submitted, published = (
        make_course_start(school=school, status=status) for status in (S.DRAFT, S.SUBMITTED, S.PUBLISHED)
    )
    who: dict[str, Any] = {"by": SYSTEM, "now": time.now()}
    steps: list[tuple[Any, dict[str, Any]]] = [
        (offer.create_course_start, {"school": school, **offered(draft)}),
        (offer.edit_course_start, {"course_start": draft, **offered(draft)}),
        (offer.submit, {"course_start": draft}),
        (offer.publish, {"course_start": submitted}),
    ]
    for limits, code in (({"levels": ["sfi"]}, "level_not_agreed"), ({"industries": ["VARD"]}, "industry_missing")):
        Agreement.objects.filter(pk=agreement.pk).update(**{"levels": [], "industries": [], **limits})
        for step, arguments in steps:
            assert codes(step, **arguments, **who) == [f"organisation.{code}"], step
        assert [reason.code for reason in queries.against_applying(published, today=time.today())] == [
            f"organisation.{code}"
        ]
    offer.edit_course_start(course_start=draft, **offered(draft), industry=care, **who)
    offer.submit(course_start=draft, **who)
    assert draft.status == S.SUBMITTED


@database
def test_an_industry_is_the_municipalitys_own_and_in_force_at_the_start() -> None:
    school = make_school()
    draft = make_course_start(school=school, status=S.DRAFT)
    care, foreign = make_industry("VARD", authority=school.authority), make_industry("IT", authority=make_authority())
    who: dict[str, Any] = {"by": SYSTEM, "now": time.now()}
    given_: dict[str, Any] = {"course_start": draft, **offered(draft), **who}
    care.ends_on = draft.starts_on - DAY
    for entry in (care, foreign):
        assert codes(offer.edit_course_start, industry=entry, **given_) == ["catalogue.industry_not_in_force"]
    care.ends_on = draft.starts_on
    offer.edit_course_start(industry=care, **given_)


@database
def test_only_what_is_sent_in_or_published_and_to_come_is_said_to_lack_an_agreement() -> None:
    today = time.today()
    school = make_school()
    starts = {status: make_course_start(school=school, status=status) for status in S}
    end_agreement(school, on=today - DAY)
    marked = queries.with_agreement_missing(CourseStart.objects.all(), today=today)
    assert set(marked.filter(lacks_agreement=True)) == {starts[S.SUBMITTED], starts[S.PUBLISHED]}
    CourseStart.objects.update(starts_on=today)
    assert not marked.filter(lacks_agreement=True).exists()


@database
def test_an_ended_school_is_left_out_of_the_offers_picker_unless_there_is_no_other() -> None:
    today = time.today()
    ended, active = make_school(), make_school()
    end_agreement(ended, on=today - DAY)
    both, one = School.objects.filter(pk__in=[ended.pk, active.pk]), School.objects.filter(pk=ended.pk)
    assert list(queries.schools_to_offer(both, today=today)) == [active]
    assert queries.against_any_offer(both, today=today) == []
    assert list(queries.schools_to_offer(one, today=today)) == [ended]
    assert [reason.code for reason in queries.against_any_offer(one, today=today)] == [
        "organisation.agreement_has_ended"
    ]
