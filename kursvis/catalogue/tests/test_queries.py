from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from kursvis.access.actors import NOBODY, Held, Person
from kursvis.access.rules import Role
from kursvis.catalogue.models import CourseStart, Prerequisite, Round
from kursvis.catalogue.queries import courses, rounds
from kursvis.catalogue.queries import offer as queries
from kursvis.catalogue.queries.narrowing import Narrowing
from kursvis.catalogue.queries.study_forms import name_study_forms, study_forms_to_offer
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.organisation.models import Agreement, Authority, RegisterEntry, School
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus


def at(place: School | Authority, role: Role) -> Person:
    school_id = place.pk if isinstance(place, School) else None
    authority_id = place.authority_id if isinstance(place, School) else place.pk
    return Person(user_id=1, name="Amina Lindqvist", held=(Held(role, authority_id, school_id),))


def test_who_reads_which_course_start() -> None:
    authority = make_authority()
    own = make_course_start(school=make_school(authority=authority), status=S.DRAFT)
    sister = make_course_start(school=make_school(authority=authority), status=S.DRAFT)
    elsewhere = make_course_start(status=S.PUBLISHED)

    def read(actor: Person) -> set[CourseStart]:
        return set(queries.readable_by(actor))

    assert read(at(own.school, Role.SCHOOL_ADMINISTRATOR)) == {own}
    assert read(at(own.school, Role.SCHOOL_COUNSELLOR)) == {own}
    assert read(at(own.school, Role.TEACHER)) == set()
    assert read(at(authority, Role.ADMISSIONS_OFFICER)) == {own, sister}
    assert read(at(elsewhere.authority, Role.ECONOMIST)) == {elsewhere}
    assert read(at(authority, Role.GRADE_REGISTRAR)) == set()
    assert read(NOBODY) == set()
    with pytest.raises(Http404):
        queries.get_for(at(own.school, Role.SCHOOL_ADMINISTRATOR), sister.uuid)
    with pytest.raises(Http404):
        queries.get_for(NOBODY, elsewhere.uuid)


@pytest.mark.parametrize("status", list(S))
def test_only_published_starts_are_public(status: CourseStartStatus) -> None:
    course_start = make_course_start(status=status)
    is_public = status is S.PUBLISHED
    assert (course_start in queries.published(today=time.today())) is is_public
    if is_public:
        assert queries.get_published(course_start.uuid) == course_start
    else:
        with pytest.raises(Http404):
            queries.get_published(course_start.uuid)


def test_what_has_started_is_listed_no_more_but_its_page_lasts() -> None:
    course_start = make_course_start()
    before, on = course_start.starts_on - timedelta(days=1), course_start.starts_on
    assert list(queries.published(today=before)) == [course_start]
    assert list(queries.published(today=on)) == []
    assert queries.get_published(course_start.uuid) == course_start


@pytest.mark.parametrize(
    "text, found",
    [
        ("matematik", True),
        ("MATEMATIK 1A", True),
        ("1a matematik", True),
        ("mate1a00x", True),
        ("mate1", True),
        ("E1A0", True),
        ("Åsö", True),
        ("åsö matematik", True),
        ("asö", False),
        ("engelska", False),
        ("matematik engelska", False),
        ("100%", False),
        ("_", False),
    ],
)
def test_words_and_codes_are_found(text: str, found: bool) -> None:
    course = make_course(code="MATE1A00X", name="Matematik, nivå 1a", subject_name="Matematik")
    course_start = make_course_start(course=course, school=make_school(name="Åsöskolan"))
    rows = queries.narrowed(queries.published(today=time.today()), Narrowing(text=text))
    assert list(rows) == ([course_start] if found else [])


def test_each_filter_narrows() -> None:
    wanted = make_course_start(study_form=StudyForm.CLASSROOM, course=make_course(level="grundläggande"))
    other = make_course_start(starts_on=wanted.starts_on + timedelta(days=7))
    everything = queries.published(today=time.today())
    assert set(everything) == {wanted, other}
    for narrowing in (
        Narrowing(level="grundläggande"),
        Narrowing(study_form="classroom"),
        Narrowing(authority=wanted.authority.uuid),
        Narrowing(school=wanted.school.uuid),
        Narrowing(round=wanted.round.uuid),
        Narrowing(starts_on=wanted.starts_on),
        Narrowing(status="published", level="grundläggande"),
    ):
        assert list(queries.narrowed(everything, narrowing)) == [wanted]
    assert set(queries.schools_of(everything)) == {wanted.school, other.school}
    assert set(queries.authorities_of(everything)) == {wanted.authority, other.authority}
    assert list(rounds.rounds_to_filter_by(everything, today=time.today(), inactive_too=False, chosen=None)) == [
        other.round,
        wanted.round,
    ]
    assert queries.counts_by_status(everything) == {"published": 2}


def test_what_can_be_applied_for_comes_first() -> None:
    today = time.today()
    closed = make_course_start(starts_on=today + timedelta(days=40), apply_by=today - timedelta(days=1))
    later = make_course_start(starts_on=today + timedelta(days=70))
    sooner = make_course_start(starts_on=today + timedelta(days=60))
    assert list(queries.open_first(queries.published(today=today), today=today)) == [sooner, later, closed]


def test_the_register_advises_in_alternatives() -> None:
    course = make_course()
    one, two = make_course(code="A1", name="Ett"), make_course(code="B1", name="Två")
    for alternative, required, note in ((1, one, ""), (1, two, ""), (2, None, "grundskolans kunskaper")):
        Prerequisite.objects.create(
            course=course, alternative=alternative, required=required, kind="advisory", note=note, source="prov"
        )
    assert courses.advice_before(course) == [["Ett (A1)", "Två (B1)"], ["grundskolans kunskaper"]]
    assert courses.advice_before(one) == []


def test_only_courses_that_may_be_offered_are_proposed() -> None:
    today = time.today()
    new = make_course(name="Provkurs ny", valid_from=today + timedelta(days=30))
    now = make_course(name="Provkurs nu", code="NU00")
    make_course(name="Provkurs dold", searchable=False)
    make_course(name="Provkurs slut", valid_to=today - timedelta(days=1))
    school, elsewhere = make_school(), make_school()
    own = make_course(name="Provkurs vår", code="NU01", kind="individual", authority=school.authority)
    schools, others = (School.objects.filter(pk=one.pk) for one in (school, elsewhere))
    assert courses.courses_to_offer("provkurs", today=today, schools=schools) == [now, new, own]
    assert courses.courses_to_offer("provkurs", today=today, schools=others) == [now, new]
    assert courses.courses_to_offer("nu00", today=today, schools=schools) == [now]
    assert courses.get_course(own.uuid, schools=schools) == own
    for uuid in (uuid4(), own.uuid):
        with pytest.raises(Http404):
            courses.get_course(uuid, schools=others)


def test_rounds_are_read_where_one_works_and_offered_until_they_start() -> None:
    authority = make_authority()
    school = make_school(authority=authority)
    period = make_period(authority=authority)
    today = time.today()
    soon = make_round(authority=authority, period=period, starts_on=today + timedelta(days=56))
    make_period(authority=make_authority())
    for actor in (at(school, Role.SCHOOL_ADMINISTRATOR), at(authority, Role.ADMISSIONS_OFFICER)):
        assert list(rounds.rounds_readable_by(actor)) == [period]
        assert rounds.period_for(actor, period.uuid) == period
    assert list(rounds.rounds_readable_by(NOBODY)) == []
    schools = School.objects.filter(pk=school.pk)
    assert list(rounds.rounds_to_offer_in(schools, today=today)) == [soon]
    assert list(rounds.rounds_to_offer_in(schools, today=soon.starts_on)) == []


def test_periods_that_have_been_are_left_out_unless_they_are_shown() -> None:
    authority, today = make_authority(), time.today()
    started = make_round(authority=authority, starts_on=today, apply_by=today - timedelta(days=40))
    tomorrow = make_round(authority=authority, starts_on=today + timedelta(days=1), apply_by=today - timedelta(days=40))
    empty = make_period(authority=authority)
    officer = at(authority, Role.ADMISSIONS_OFFICER)
    shown = rounds.shown_periods(officer, today=today)
    assert set(shown.periods) == {tomorrow.period, empty} and shown.hidden == 1
    curious = rounds.shown_periods(replace(officer, shows_inactive=True), today=today)
    assert set(curious.periods) == {started.period, tomorrow.period, empty} and curious.hidden == 0


def test_filters_leave_out_rounds_of_periods_and_schools_that_have_been() -> None:
    authority, today = make_authority(), time.today()
    old, new = (make_course_start(school=make_school(authority=authority)) for _ in range(2))
    Round.objects.filter(pk=old.round_id).update(apply_by="2020-01-01", basis_on="2020-02-01", call_by="2020-02-02")
    Round.objects.filter(pk=old.round_id).update(starts_on=date(2020, 3, 1))
    Agreement.objects.filter(school=old.school).update(ends_on=today - timedelta(days=1))
    officer, rows = at(authority, Role.ADMISSIONS_OFFICER), CourseStart.objects.all()

    def offered(*, inactive_too: bool = False, chosen: CourseStart | None = None) -> tuple[set[Round], set[School]]:
        given: dict[str, Any] = {"today": today, "inactive_too": inactive_too}
        return (
            set(rounds.rounds_to_filter_by(rows, chosen=chosen.round.uuid if chosen else None, **given)),
            set(
                queries.schools_to_filter_by(
                    rows, actor=officer, chosen=chosen.school.uuid if chosen else None, **given
                )
            ),
        )

    assert offered() == ({new.round}, {new.school})
    assert offered(inactive_too=True) == offered(chosen=old) == ({new.round, old.round}, {new.school, old.school})


def test_study_forms_are_the_municipalitys_own_at_the_start() -> None:
    school = make_school()
    round_ = make_round(authority=school.authority)
    schools = School.objects.filter(pk=school.pk)

    def offered(chosen: str = "") -> dict[str, str]:
        return dict(study_forms_to_offer(schools, [round_], chosen=chosen))

    entries = RegisterEntry.objects.filter(authority=school.authority, register="study_form")
    assert set(offered()) == {form.value for form in StudyForm}
    entries.filter(meaning="distance").update(name="På nätet")
    entries.filter(meaning="trainee").update(ends_on=round_.starts_on)
    entries.filter(meaning="combined").update(ends_on=round_.starts_on - timedelta(days=1))
    assert offered()["distance"] == "På nätet" and "trainee" in offered()
    assert "combined" not in offered() and "combined" in offered(chosen="combined")
    later = make_round(authority=school.authority, starts_on=round_.starts_on + timedelta(days=7))
    both = dict(study_forms_to_offer(schools, [round_, later]))
    assert f"till {round_.starts_on}" in both["trainee"]
    course_start = make_course_start(school=school, round=round_)
    name_study_forms([course_start])
    assert course_start.study_form_name == "På nätet"
