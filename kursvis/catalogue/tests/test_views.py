from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus
MOST_QUERIES = 15


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> School:
    return make_school(authority=authority)


@pytest.fixture
def administrator(school: School) -> User:
    return make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_staff(Role.ADMISSIONS_OFFICER, authority=authority)


def address(name: str, row: Any = None) -> str:
    return reverse(f"catalogue:{name}", args=[row.uuid] if row else [])


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def entered(round_: Round, school: School, **changes: str) -> dict[str, str]:
    return {
        "school": str(school.uuid),
        "round": str(round_.uuid),
        "ends_on": (round_.starts_on + timedelta(days=60)).isoformat(),
        "seats": "24",
        "study_form": "combined",
        "place": "Sal 4",
        "weekly_pattern": "onsdag 9–12",
        "description": "En kurs i lugn takt.",
    } | changes


STAFF_PAGES = ["list_rounds", "list_course_starts"]
STEPS_BY_SCHOOL = ["submit_course_start", "withdraw_course_start", "stop_applications", "resume_applications"]
STEPS_BY_MUNICIPALITY = ["publish_course_start"]


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_staff_pages_need_login_and_the_right_role(
    page: str, administrator: User, officer: User, school: School
) -> None:
    assert Client().get(address(page)).status_code == 302
    assert as_user(administrator).get(address(page)).status_code == 200
    assert as_user(officer).get(address(page)).status_code == 200
    assert as_user(make_staff(Role.TEACHER, school=school)).get(address(page)).status_code == 403


def test_only_who_may_offer_enters_and_only_the_municipality_sets_rounds(
    administrator: User, officer: User, authority: Authority
) -> None:
    course, period = make_course(), make_period(authority=authority)
    for page in (address("choose_course"), address("add_course_start", course)):
        assert as_user(administrator).get(page).status_code == 200
        assert as_user(officer).get(page).status_code == 403
    for page in (address("add_period"), address("add_round", period)):
        assert as_user(administrator).get(page).status_code == 403
        assert as_user(officer).get(page).status_code == 200
    elsewhere = make_staff(Role.ADMISSIONS_OFFICER)
    assert as_user(elsewhere).get(address("add_round", period)).status_code == 404


def test_a_course_start_of_another_school_does_not_exist(
    administrator: User, officer: User, authority: Authority
) -> None:
    sister = make_course_start(school=make_school(authority=authority), status=S.DRAFT)
    for name in ("show_course_start", "edit_course_start", "cancel_course_start"):
        assert as_user(administrator).get(address(name, sister)).status_code == 404
    for name in STEPS_BY_SCHOOL:
        assert as_user(administrator).post(address(name, sister)).status_code == 404
    assert as_user(officer).get(address("show_course_start", sister)).status_code == 200
    assert as_user(make_staff(Role.ADMISSIONS_OFFICER)).get(address("show_course_start", sister)).status_code == 404


def test_a_forced_step_is_403_and_a_read_step_is_405(administrator: User, officer: User, school: School) -> None:
    course_start = make_course_start(school=school, status=S.SUBMITTED)
    for name in STEPS_BY_MUNICIPALITY:
        assert as_user(administrator).post(address(name, course_start)).status_code == 403
        assert as_user(officer).get(address(name, course_start)).status_code == 405
    for name in STEPS_BY_SCHOOL:
        assert as_user(officer).post(address(name, course_start)).status_code == 403
    assert as_user(administrator).get(address("send_back_course_start", course_start)).status_code == 403
    counsellor = as_user(make_staff(Role.SCHOOL_COUNSELLOR, school=school))
    assert "Publicera" not in text_of(counsellor.get(address("show_course_start", course_start)))
    for name in ("hide_course_start", "cancel_course_start"):
        assert counsellor.post(address(name, course_start)).status_code == 403


def test_the_municipality_sets_a_period_and_a_round(officer: User, authority: Authority) -> None:
    client = as_user(officer)
    period = {
        "authority": str(authority.uuid),
        "name": "Våren 2031",
        "opens_on": "2030-10-01",
        "offer_by": "2030-10-02",
    }
    wrong = text_of(client.post(address("add_period"), period))
    assert "Välj ett tidigare datum" in wrong and 'value="Våren 2031"' in wrong
    assert client.post(address("add_period"), period | {"offer_by": "2030-09-15"}).status_code == 302
    added = Period.objects.get(name="Våren 2031")
    dates = {"apply_by": "2030-11-24", "basis_on": "2030-12-09", "starts_on": "2031-01-13", "call_by": ""}
    wrong = text_of(client.post(address("add_round", added), dates | {"basis_on": "2031-01-10"}))
    assert "i fel ordning" in wrong and 'value="2030-11-24"' in wrong
    assert client.post(address("add_round", added), dates).status_code == 302
    shown = text_of(client.get(address("list_rounds")))
    assert "2030-12-30" in shown, "the empty call column is two weeks before the start"


def test_a_school_administrator_finds_a_course_and_enters_a_start(administrator: User, school: School) -> None:
    client = as_user(administrator)
    course = make_course(code="MATE1A00X", name="Matematik, nivå 1a", subject_name="Matematik")
    make_course(code="GRNSVEA", name="Svenska, nationell delkurs 1", searchable=False)
    round_ = make_round(authority=school.authority)
    assert address("add_course_start", course) in text_of(client.get(address("choose_course"), {"q": "mate1a"}))
    assert "Ingen kurs passar" in text_of(client.get(address("choose_course"), {"q": "grnsvea"}))
    assert "70 timmar" in text_of(client.get(address("add_course_start", course)))
    response = client.post(address("add_course_start", course), entered(round_, school))
    added = CourseStart.objects.get()
    assert response.url == address("show_course_start", added)
    assert (added.points, added.seats, added.starts_on, added.status) == (100, 24, round_.starts_on, "draft")
    assert Event.objects.get(verb="course_start.created").actor_id == administrator.pk


def test_what_was_typed_stays_when_the_rules_refuse(administrator: User, school: School) -> None:
    course, round_ = make_course(), make_round(authority=school.authority)
    values = entered(round_, school, ends_on=round_.starts_on.isoformat(), description="Det jag skrev.")
    page = text_of(as_user(administrator).post(address("add_course_start", course), values))
    assert "Välj ett senare slutdatum" in page
    assert "Det jag skrev." in page and 'value="24"' in page
    assert not CourseStart.objects.exists()
    page = text_of(as_user(administrator).post(address("add_course_start", course), values | {"seats": "många"}))
    assert "Det jag skrev." in page and 'value="många"' in page


def test_points_are_asked_for_only_where_the_register_gives_none(administrator: User, school: School) -> None:
    client, round_ = as_user(administrator), make_round(authority=school.authority)
    assert 'name="points"' not in text_of(client.get(address("add_course_start", make_course())))
    sfi = make_course(points=None, level="sfi")
    assert 'name="points"' in text_of(client.get(address("add_course_start", sfi)))
    client.post(address("add_course_start", sfi), entered(round_, school, points="200"))
    assert CourseStart.objects.get().points == 200


def test_the_school_of_somebody_else_cannot_be_chosen(
    administrator: User, authority: Authority, school: School
) -> None:
    sister = make_school(authority=authority)
    round_ = make_round(authority=authority)
    values = entered(round_, sister)
    text_of(as_user(administrator).post(address("add_course_start", make_course()), values))
    assert not CourseStart.objects.exists()


def test_from_draft_to_the_catalogue_in_the_browser(administrator: User, officer: User, school: School) -> None:
    at_school, at_municipality = as_user(administrator), as_user(officer)
    course_start = make_course_start(school=school, status=S.DRAFT, weekly_pattern=())
    one = address("show_course_start", course_start)
    page = text_of(at_school.get(one))
    assert "Tiderna i veckan saknas" in page and "disabled" in page
    assert at_school.post(address("submit_course_start", course_start)).status_code == 409
    values = entered(course_start.round, school)
    assert at_school.post(address("edit_course_start", course_start), values).url == one
    assert at_school.post(address("submit_course_start", course_start)).status_code == 302
    assert at_school.get(address("edit_course_start", course_start)).status_code == 200
    assert "ligger hos kommunen och ändras inte nu" in text_of(
        at_school.post(address("edit_course_start", course_start), values)
    )
    assert at_municipality.post(address("send_back_course_start", course_start), {"reason": ""}).status_code == 200
    sent_back = at_municipality.post(address("send_back_course_start", course_start), {"reason": "Skriv om provet."})
    assert sent_back.status_code == 302
    assert "Skriv om provet." in text_of(at_school.get(one))
    at_school.post(address("submit_course_start", course_start))
    at_municipality.post(address("publish_course_start", course_start))
    assert Client().get(address("show_course", course_start)).status_code == 200
    at_school.post(address("hide_course_start", course_start))
    assert Client().get(address("show_course", course_start)).status_code == 404
    at_municipality.post(address("publish_course_start", course_start))
    at_school.post(address("stop_applications", course_start))
    assert "tar inte emot fler ansökningar" in text_of(Client().get(address("show_course", course_start)))
    at_school.post(address("resume_applications", course_start))
    at_school.post(address("withdraw_course_start", course_start))
    at_school.post(address("cancel_course_start", course_start), {"reason": "För få sökande."})
    page = text_of(at_school.get(one))
    assert "Inställd" in page and "För få sökande." in page
    assert "Skickad tillbaka till skolan" in page, "the time line tells"
    assert "tider i veckan" in page


def test_placed_students_hold_a_start_and_the_button_says_so(administrator: User, school: School) -> None:
    course_start = make_course_start(school=school)
    CourseStart.objects.update(seats_taken=2)
    page = text_of(as_user(administrator).get(address("show_course_start", course_start)))
    assert "2 studerande är placerade" in page
    refused = as_user(administrator).post(address("cancel_course_start", course_start), {"reason": "Nej."})
    assert "2 studerande är placerade" in text_of(refused)


def test_the_list_is_narrowed_sorted_and_counted(officer: User, school: School) -> None:
    client = as_user(officer)
    draft = make_course_start(school=school, status=S.DRAFT, course=make_course(name="Biologi"))
    shown = make_course_start(school=school, round=draft.round, course=make_course(name="Åkeri"))
    everything = text_of(client.get(address("list_course_starts"), {"ordning": "kurs"}))
    assert everything.index("Biologi") < everything.index("Åkeri")
    backwards = text_of(client.get(address("list_course_starts"), {"ordning": "-kurs"}))
    assert backwards.index("Åkeri") < backwards.index("Biologi")
    for narrowing in ({"lage": "draft"}, {"q": "biolog"}, {"lage": "draft", "omgang": str(draft.round.uuid)}):
        page = text_of(client.get(address("list_course_starts"), narrowing))
        assert "Biologi" in page and "Åkeri" not in page
    assert "Inga kursstarter här" in text_of(client.get(address("list_course_starts"), {"skola": str(uuid4())}))
    assert client.get(address("list_course_starts"), {"skola": "x", "omgang": "y", "sida": "z"}).status_code == 200
    assert shown.school.name in everything
    CourseStart.objects.filter(pk=draft.pk).update(starts_on="2020-01-07", ends_on="2020-03-01")
    assert "Biologi" not in text_of(client.get(address("list_course_starts")))
    assert "Biologi" in text_of(client.get(address("list_course_starts"), {"avslutade": "1"}))


# The open catalogue


def test_everybody_searches_by_word_and_code_without_login() -> None:
    course_start = make_course_start(
        course=make_course(code="MATE1A00X", name="Matematik, nivå 1a", subject_name="Matematik")
    )
    make_course_start(course=make_course(code="ENGE0500X", name="Engelska, nivå 1", subject_name="Engelska"))
    for typed in ("matematik", "mate1a", "Matte"):
        page = text_of(Client().get("/kurser/", {"q": typed}))
        assert "Matematik, nivå 1a" in page and "Engelska" not in page
        assert address("show_course", course_start) in page
    assert "vi visar <strong>matematik</strong>" in text_of(Client().get("/kurser/", {"q": "matte"}))
    assert "Ingen kursstart passar" in text_of(Client().get("/kurser/", {"q": "<script>"}))
    assert "30 platser kvar" in text_of(Client().get("/kurser/"))


def test_the_catalogue_of_one_authority_bears_its_name() -> None:
    one, other = make_course_start(), make_course_start()
    both = text_of(Client().get("/kurser/"))
    assert one.authority.name in both and other.authority.name in both
    only = text_of(Client().get("/kurser/", {"kommun": str(one.authority.uuid)}))
    assert one.authority.adult_education_name in only and other.school.name not in only


@pytest.mark.parametrize("status", [S.DRAFT, S.SUBMITTED, S.HIDDEN, S.CANCELLED])
def test_what_is_not_published_is_404_to_the_public_and_a_preview_to_its_staff(
    status: CourseStartStatus, administrator: User, school: School
) -> None:
    course_start = make_course_start(school=school, status=status)
    page = address("show_course", course_start)
    client = as_user(administrator)
    assert Client().get(page).status_code == 404
    assert Client().get(page, {"forhandsvisning": "1"}).status_code == 404
    assert client.get(page).status_code == 404
    assert "Förhandsvisning" in text_of(client.get(page, {"forhandsvisning": "1"}))
    assert as_user(make_staff(Role.SCHOOL_ADMINISTRATOR)).get(page, {"forhandsvisning": "1"}).status_code == 404
    assert as_user(make_staff(Role.TEACHER, school=school)).get(page, {"forhandsvisning": "1"}).status_code == 404
    assert course_start.course.name not in text_of(Client().get("/kurser/"))


def test_a_course_page_links_to_the_application_or_says_why_not() -> None:
    course_start = make_course_start()
    page = text_of(Client().get(address("show_course", course_start)))
    assert f'href="/ansok/{course_start.uuid}/"' in page
    assert course_start.school.email in page and "Bra att kunna innan" not in page
    closed = make_course_start(
        starts_on=time.today() + timedelta(days=40),
        apply_by=time.today() - timedelta(days=1),
        school=course_start.school,
    )
    page = text_of(Client().get(address("show_course", closed)))
    assert "/ansok/" not in page and "Sista ansökningsdag var" in page


# Fast, whatever the number of rows


@pytest.fixture
def many(school: School) -> CourseStart:
    """Three hundred published course starts of one school, and one of another authority."""
    first = make_course_start(school=school)
    make_course_start()
    course = make_course()
    CourseStart.objects.bulk_create(
        CourseStart(
            authority=school.authority,
            school=school,
            course=course,
            round=first.round,
            starts_on=first.starts_on,
            ends_on=first.ends_on,
            points=100,
            seats=20,
            study_form="distance",
            status="published",
        )
        for _ in range(300)
    )
    return first


@pytest.mark.parametrize("page", ["/kurser/?q=prov", "/kursstarter/?q=prov", "/omgangar/", "/kursstarter/ny/?q=prov"])
def test_a_list_costs_few_queries(
    page: str, many: CourseStart, administrator: User, django_assert_max_num_queries: Any
) -> None:
    client = as_user(administrator)
    with django_assert_max_num_queries(MOST_QUERIES):
        text_of(client.get(page))


@pytest.mark.parametrize("page", ["show_course", "show_course_start", "edit_course_start"])
def test_a_record_costs_few_queries(
    page: str, many: CourseStart, administrator: User, django_assert_max_num_queries: Any
) -> None:
    client = as_user(administrator)
    with django_assert_max_num_queries(MOST_QUERIES):
        text_of(client.get(address(page, many)))


def test_the_pager_walks_the_narrowed_list(many: CourseStart) -> None:
    page = text_of(
        Client().get("/kurser/", {"q": "prov", "kurs": CourseStart.objects.latest("pk").course.code, "sida": "2"})
    )
    assert "Visar 21–40 av 300" in page
    assert "q=prov" in page


def test_an_end_left_empty_is_ten_weeks_on_and_a_closed_round_says_so(
    administrator: User, school: School, authority: Authority
) -> None:
    course, round_ = make_course(), make_round(authority=authority)
    client, page = as_user(administrator), address("add_course_start", course)
    assert "(behövs innan den skickas)" in text_of(client.get(page))
    assert f"sök senast {round_.apply_by}" in text_of(client.get(page))
    client.post(page, entered(round_, school, ends_on=""))
    assert CourseStart.objects.get().ends_on == round_.starts_on + timedelta(weeks=10, days=-3)
    Round.objects.update(apply_by=time.today() - timedelta(days=1))
    assert "ansökan är stängd" in text_of(client.get(page))


def test_a_card_says_when_and_where_and_a_closed_one_comes_last_without_seats(authority: Authority) -> None:
    closed, open_ = (
        make_course_start(school=make_school(authority=authority), status=S.PUBLISHED, place=place)
        for place in ("Sal 1", "Sal 2")
    )
    CourseStart.objects.filter(pk=closed.pk).update(stopped=True)
    page = text_of(Client().get(address("search_courses")))
    assert page.index(f"{open_.schedule}<br><span>Sal 2") < page.index(f"{closed.schedule}<br><span>Sal 1")
    assert page.count("platser kvar") + page.count("plats kvar") == 1


def test_a_sent_start_says_whose_turn_it_is(administrator: User, officer: User, school: School) -> None:
    page = address("show_course_start", make_course_start(school=school, status=S.SUBMITTED))
    assert "Ligger hos kommunen, som publicerar eller skickar tillbaka" in text_of(as_user(administrator).get(page))
    assert "Ligger hos er: publicera eller skicka tillbaka" in text_of(as_user(officer).get(page))
    assert "button--danger" not in text_of(as_user(administrator).get(page))
