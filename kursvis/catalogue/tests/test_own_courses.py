"""What a municipality decides for itself: local parts and individual courses (rules.md 2.02–2.05)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.queries import courses
from kursvis.catalogue.queries.own_courses import suggested_code
from kursvis.catalogue.rules import own_courses as rules
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.rules.register import CourseFacts, CourseKind
from kursvis.catalogue.rules.scales import scale_for
from kursvis.catalogue.services import own_courses as services
from kursvis.catalogue.tests.factories import make_course, make_course_start
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.organisation.models import Authority
from kursvis.organisation.tests.factories import make_authority, make_school

TODAY = date(2026, 11, 23)
PAGE = "/installningar/egna-kurser/"


@pytest.mark.parametrize(
    ("school_form", "kind", "parts", "refused"),
    [
        ("VUXGR", "course", False, ""),
        ("VUXGR", "course", True, "catalogue.has_national_parts"),
        ("VUXGR", "national_subcourse", False, "catalogue.course_is_not_divided"),
        ("VUXGR", "orientation", False, "catalogue.course_is_not_divided"),
        ("VUXGRAN", "course", False, ""),
        ("VUXGY", "level", False, ""),
        ("VUXGY", "course", False, "catalogue.course_is_not_divided"),
        ("VUXGY", "komvuxarbete", False, "catalogue.course_is_not_divided"),
        ("VUXSFI", "course", False, "catalogue.course_is_not_divided"),
    ],
)
def test_what_may_be_divided(school_form: str, kind: str, parts: bool, refused: str) -> None:
    whole = CourseFacts("GRNXXX2", "", school_form, "", kind, True)
    reasons = rules.against_dividing(whole, has_national_parts=parts, today=TODAY)
    assert [reason.code for reason in reasons] == ([refused] if refused else [])


@given(st.integers(1, 800), st.lists(st.integers(-50, 400), max_size=12))
def test_parts_never_have_more_points_than_the_whole(of_whole: int, asked: list[int]) -> None:
    made: list[int] = []
    for points in asked:
        if not rules.against_parts_points(points=points, of_whole=of_whole, of_others=sum(made)):
            made.append(points)
        else:
            assert points <= 0 or sum(made) + points > of_whole
    assert sum(made) <= of_whole and all(points > 0 for points in made)


@given(st.sampled_from(["GRNBIO2", "SGRMAT7", "MATE1A00X"]), st.integers(1, 30))
def test_a_suggested_code_is_always_free_and_of_the_right_shape(whole: str, number: int) -> None:
    taken: set[str] = set()
    for _ in range(number):
        code = rules.suggested_part_code(whole, taken=taken)
        assert code not in taken and code.startswith(whole[:6])
        assert not rules.against_naming(code=code, name="Del", taken=False)
        taken.add(code)


@given(
    *[st.dates(date(2026, 1, 1), date(2027, 1, 1)) for _ in range(1)], st.none() | st.dates(), st.none() | st.dates()
)
def test_what_has_ended_stays_ended(today: date, was: date | None, last_day: date | None) -> None:
    reasons = rules.against_ending(last_day=last_day, was=was, today=today)
    has_ended = was is not None and was < today
    passed = last_day is not None and last_day < today
    assert bool(reasons) == (last_day != was and (has_ended or passed))


@pytest.fixture
def authority() -> Authority:
    return make_authority()


def biology() -> NationalCourse:
    given: dict[str, Any] = {"code": "GRNBIO2", "name": "Biologi", "points": 150, "level": "grundläggande"}
    return make_course(**given, school_form="VUXGR", kind="course", curriculum="Lvux", valid_from=None)


@pytest.mark.django_db
def test_a_part_is_offered_by_the_municipalitys_schools_alone_and_follows_its_whole(authority: Authority) -> None:
    whole, now = biology(), time.now()
    who: dict[str, Any] = {"by": SYSTEM, "now": now}
    part = services.create_part(
        authority=authority, whole=whole, code=suggested_code(authority, whole), name="Kroppen", points=100, **who
    )
    assert (part.code, part.level, part.kind) == ("GRNBIOU", "grundläggande", CourseKind.LOCAL_PART)
    assert scale_for(part.facts(), time.today()).values == ("G", "IG", "–")
    assert suggested_code(authority, whole) == "GRNBIOV" and suggested_code(make_authority(), whole) == "GRNBIOU"
    with pytest.raises(Refused, match="parts_exceed_whole"):
        services.create_part(authority=authority, whole=whole, code="GRNBIOV", name="Växter", points=51, **who)
    with pytest.raises(Refused, match="course_code_taken"):
        services.create_part(authority=authority, whole=whole, code="grnbiou", name="Växter", points=50, **who)
    assert NationalCourse.objects.filter(authority=authority).count() == 1

    start = make_course_start(school=make_school(authority=authority), course=part, status=CourseStartStatus.DRAFT)
    assert start.points == 100
    with pytest.raises(Refused, match="course_of_another_authority"):
        make_course_start(school=make_school(), course=part)
    given: dict[str, Any] = {"authority_id": authority.pk, "starts_on": start.starts_on, "ends_on": start.ends_on}
    NationalCourse.objects.filter(pk=whole.pk).update(cancelled_from=start.starts_on)
    stale = NationalCourse.objects.get(pk=part.pk)
    assert [reason.code for reason in courses.against_offering(stale, **given)] == ["catalogue.course_cancelled"]

    ended = services.edit_own_course(course=part, name="Kroppen och hälsan", valid_to=time.today(), **who)
    assert (ended.name, ended.valid_to) == ("Kroppen och hälsan", time.today())
    assert "valid_to" in Event.objects.get(verb="own_course.edited").changed_fields
    with pytest.raises(Refused, match="course_ends_after_validity"):
        make_course_start(school=start.school, course=ended)


@pytest.mark.django_db
def test_an_individual_course_gives_no_grade(authority: Authority) -> None:
    given: dict[str, Any] = {"code": suggested_code(authority), "name": "Läsning", "points": 60}
    course = services.create_individual(authority=authority, school_form="VUXGR", **given, by=SYSTEM, now=time.now())
    assert (course.code, course.level) == ("INDIV01", "grundläggande")
    assert scale_for(course.facts(), time.today()).values == ()
    assert make_course_start(school=make_school(authority=authority), course=course).points == 60


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.MUNICIPAL_PRINCIPAL])
def test_the_pages_make_rename_and_end(role: Role, authority: Authority, django_assert_max_num_queries: Any) -> None:
    whole = biology()
    make_course(code="GRNBIOA", name="Biologi, nationell del", part_of=None)
    client = as_user(make_staff(role, authority=authority))
    found = client.get(f"{PAGE}delkurs/", {"q": "grnbio2"}).content.decode()
    assert f"{PAGE}delkurs/{whole.uuid}/" in found
    path, given = f"{PAGE}delkurs/{whole.uuid}/", {"code": "GRNBIOU", "name": "Kroppen", "points": "200"}
    page = client.get(path).content.decode()
    assert 'value="GRNBIOU"' in page and "Kvar att dela ut: 150" in page
    refused = client.post(path, given).content.decode()
    assert "högst 150 poäng" in refused and 'value="Kroppen"' in refused
    assert client.post(path, given | {"points": "150"}).status_code == 302
    part = NationalCourse.objects.get(authority=authority, code="GRNBIOU")
    make_course_start(school=make_school(authority=authority), course=part)
    with django_assert_max_num_queries(15):
        listed = client.get(PAGE).content.decode()
    assert "Kroppen" in listed and "GRNBIO2" in listed and "lokal delkurs" in listed
    yesterday = str(time.today() - timedelta(days=1))
    late = client.post(f"{PAGE}{part.uuid}/", {"name": "Kroppen", "valid_to": yesterday})
    assert "dag som har varit" in late.content.decode()
    assert client.post(f"{PAGE}{part.uuid}/", {"name": "Kropp", "valid_to": ""}).status_code == 302
    given = {"school_form": "VUXGY", "code": "INDIV01", "name": "Läsning", "points": "50"}
    assert client.post(f"{PAGE}individuell/", given).status_code == 302
    assert set(NationalCourse.objects.filter(authority=authority).values_list("name", flat=True)) == {
        "Kropp",
        "Läsning",
    }
