from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404

from kursvis.access.actors import NOBODY, Held, Person
from kursvis.access.rules import Role
from kursvis.catalogue import queries
from kursvis.catalogue.models import CourseStart, Prerequisite
from kursvis.catalogue.queries import Narrowing
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.organisation.models import Authority, School
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
    assert queries.levels_of(everything) == ["grundläggande", "gymnasial"]
    assert queries.start_days_of(everything) == [wanted.starts_on, other.starts_on]
    assert set(queries.schools_of(everything)) == {wanted.school, other.school}
    assert set(queries.authorities_of(everything)) == {wanted.authority, other.authority}
    assert list(queries.rounds_of(everything)) == [other.round, wanted.round]
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
    assert queries.advice_before(course) == [["Ett (A1)", "Två (B1)"], ["grundskolans kunskaper"]]
    assert queries.advice_before(one) == []


def test_only_courses_that_may_be_offered_are_proposed() -> None:
    today = time.today()
    new = make_course(name="Provkurs ny", valid_from=today + timedelta(days=30))
    now = make_course(name="Provkurs nu", code="NU00")
    make_course(name="Provkurs dold", searchable=False)
    make_course(name="Provkurs slut", valid_to=today - timedelta(days=1))
    assert queries.courses_to_offer("provkurs", today=today) == [now, new]
    assert queries.courses_to_offer("nu00", today=today) == [now]
    assert queries.get_course(now.uuid) == now
    with pytest.raises(Http404):
        queries.get_course(uuid4())


def test_rounds_are_read_where_one_works_and_offered_until_they_start() -> None:
    authority = make_authority()
    school = make_school(authority=authority)
    period = make_period(authority=authority)
    today = time.today()
    soon = make_round(authority=authority, period=period, starts_on=today + timedelta(days=56))
    make_period(authority=make_authority())
    for actor in (at(school, Role.SCHOOL_ADMINISTRATOR), at(authority, Role.ADMISSIONS_OFFICER)):
        assert list(queries.rounds_readable_by(actor)) == [period]
        assert queries.period_for(actor, period.uuid) == period
    assert list(queries.rounds_readable_by(NOBODY)) == []
    schools = School.objects.filter(pk=school.pk)
    assert list(queries.rounds_to_offer_in(schools, today=today)) == [soon]
    assert list(queries.rounds_to_offer_in(schools, today=soon.starts_on)) == []
