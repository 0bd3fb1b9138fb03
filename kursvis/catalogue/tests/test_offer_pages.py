"""Agreements, study forms and *Visa inaktiva* on the pages of the offer, and periods and rounds as they are changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.rules import Role
from kursvis.accounts.models import User
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course, make_course_start, make_period, make_round
from kursvis.core import time
from kursvis.organisation.models import Agreement, Authority, RegisterEntry, School
from kursvis.organisation.tests.factories import make_authority, make_school

pytestmark = pytest.mark.django_db
S = CourseStartStatus
DAY = timedelta(days=1)
MOST_QUERIES = 15


@pytest.fixture
def authority() -> Authority:
    return make_authority()


@pytest.fixture
def school(authority: Authority) -> School:
    return make_school(authority=authority)


@pytest.fixture
def officer(authority: Authority) -> User:
    return make_staff(Role.ADMISSIONS_OFFICER, authority=authority)


@pytest.fixture
def administrator(school: School) -> User:
    return make_staff(Role.SCHOOL_ADMINISTRATOR, school=school)


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def end_agreement(school: School) -> None:
    Agreement.objects.filter(school=school).update(ends_on=time.today() - DAY)


# Agreements


def test_the_municipality_sees_what_lacks_an_agreement_why_and_what_to_do(officer: User, school: School) -> None:
    lacking = make_course_start(school=school, course=make_course(name="Avtalslös"))
    make_course_start(school=make_school(authority=school.authority), course=make_course(name="Avtalad"))
    client = as_user(officer)
    assert "Avtal saknas" not in text_of(client.get("/kursstarter/"))
    end_agreement(school)
    assert "Avtal saknas 1</a>" in text_of(client.get("/kursstarter/"))
    listed = text_of(client.get("/kursstarter/", {"avtal": "saknas"}))
    assert "Avtalslös" in listed and "Avtalad" not in listed
    page = text_of(client.get(f"/kursstarter/{lacking.uuid}/"))
    assert "Skolans avtal slutade" in page and "förläng skolans avtal" in page
    CourseStart.objects.update(status=S.HIDDEN.value)
    assert "Avtal saknas" not in text_of(client.get("/kursstarter/", {"skola": str(school.uuid)}))


def test_a_school_whose_agreement_has_ended_is_told_why_it_can_offer_nothing(
    administrator: User, school: School
) -> None:
    course, draft = make_course(), make_course_start(school=school, status=S.DRAFT)
    published = make_course_start(school=school)
    end_agreement(school)
    client = as_user(administrator)
    for page in (f"/kursstarter/ny/{course.uuid}/", f"/kursstarter/{draft.uuid}/andra/", f"/kursstarter/{draft.uuid}/"):
        assert "Skolans avtal slutade" in text_of(client.get(page)), page
    public = text_of(Client().get(f"/kurser/{published.uuid}/"))
    assert "Skolans avtal slutade" in public and "/ansok/" not in public
    cards = text_of(Client().get("/kurser/"))
    assert "ansökan är stängd" in cards and "platser kvar" not in cards


# Study forms


def test_the_form_offers_the_municipalitys_study_forms_and_the_pages_use_its_names(
    administrator: User, school: School
) -> None:
    entries = RegisterEntry.objects.filter(authority=school.authority, register="study_form")
    entries.filter(meaning="distance").update(name="På nätet")
    entries.filter(meaning="trainee").update(ends_on=time.today() - DAY)
    round_ = make_round(authority=school.authority)
    course, client = make_course(), as_user(administrator)
    form = text_of(client.get(f"/kursstarter/ny/{course.uuid}/"))
    assert ">På nätet</option>" in form and 'value="trainee"' not in form
    typed = {
        "school": str(school.uuid),
        "round": str(round_.uuid),
        "ends_on": str(round_.starts_on + 60 * DAY),
        "seats": "24",
        "place": "Sal 4",
    }
    unused = text_of(client.post(f"/kursstarter/ny/{course.uuid}/", typed | {"study_form": "trainee"}))
    assert not CourseStart.objects.exists() and 'value="Sal 4"' in unused
    assert client.post(f"/kursstarter/ny/{course.uuid}/", typed | {"study_form": "distance"}).status_code == 302
    CourseStart.objects.update(status=S.PUBLISHED.value)
    start = CourseStart.objects.get()
    pages = ["/kursstarter/", f"/kursstarter/{start.uuid}/"]
    assert all("På nätet" in text_of(client.get(page)) for page in pages)
    for page in ("/kurser/", f"/kurser/{start.uuid}/"):
        assert "På nätet" in text_of(Client().get(page))
    make_course_start()
    both = text_of(Client().get("/kurser/"))
    assert "På nätet" not in both and "Distans" in both, "the national name where several municipalities stand"
    assert "På nätet" in text_of(Client().get("/kurser/", {"kommun": str(school.authority.uuid), "form": "distance"}))


def test_a_study_form_that_ends_before_the_start_is_refused_with_the_reason(
    administrator: User, school: School
) -> None:
    draft = make_course_start(school=school, status=S.DRAFT)
    entries = RegisterEntry.objects.filter(authority=school.authority, register="study_form", meaning="distance")
    entries.update(ends_on=draft.starts_on - DAY)
    client, page = as_user(administrator), f"/kursstarter/{draft.uuid}/andra/"
    assert 'value="distance" selected' in text_of(client.get(page)), "what stands is not changed silently"
    typed = {
        "school": str(school.uuid),
        "round": str(draft.round.uuid),
        "ends_on": str(draft.ends_on),
        "seats": "24",
        "study_form": "distance",
    }
    assert "använder inte studieformen ”Distans”" in text_of(client.post(page, typed))
    assert "använder inte studieformen" in text_of(client.get(f"/kursstarter/{draft.uuid}/"))
    entries.update(ends_on=draft.starts_on)
    assert client.post(page, typed).status_code == 302


# Periods and rounds


def test_a_round_and_a_period_are_changed_in_the_browser(officer: User, authority: Authority) -> None:
    round_ = make_round(authority=authority)
    client, page = as_user(officer), f"/omgangar/omgang/{round_.uuid}/andra/"
    shown = text_of(client.get(page))
    assert f'value="{round_.apply_by}"' in shown and "Ta bort omgången" in shown
    days = {name: str(getattr(round_, name)) for name in ("apply_by", "basis_on", "call_by", "starts_on")}
    wrong = text_of(client.post(page, days | {"apply_by": str(time.today() - DAY)}))
    assert "flyttas till en dag som har varit" in wrong and f'value="{time.today() - DAY}"' in wrong
    assert client.post(page, days | {"apply_by": str(round_.apply_by + DAY)}).status_code == 302
    assert Round.objects.get().apply_by == round_.apply_by + DAY
    period_page = f"/omgangar/{round_.period.uuid}/andra/"
    assert "Perioden har omgångar (1)" in text_of(client.get(period_page))
    typed = {"name": "Våren", "opens_on": str(round_.period.opens_on), "offer_by": str(round_.period.offer_by)}
    assert client.post(period_page, typed).status_code == 302
    assert "Våren" in text_of(client.get("/omgangar/"))
    assert client.post(f"/omgangar/{round_.period.uuid}/ta-bort/").status_code == 409
    assert client.post(f"/omgangar/omgang/{round_.uuid}/ta-bort/").status_code == 302
    assert client.post(f"/omgangar/{round_.period.uuid}/ta-bort/").status_code == 302
    assert not Period.objects.exists()


def test_a_used_round_says_what_a_change_touches_and_keeps_its_start(officer: User, school: School) -> None:
    round_ = make_course_start(school=school).round
    client, page = as_user(officer), f"/omgangar/omgang/{round_.uuid}/andra/"
    shown = text_of(client.get(page))
    assert "1 kursstart i omgången" in shown and "Ingen har sökt än" in shown and "kan inte tas bort" in shown
    days = {name: str(getattr(round_, name)) for name in ("apply_by", "basis_on", "call_by")}
    moved = text_of(client.post(page, days | {"starts_on": str(round_.starts_on + DAY)}))
    assert "Omgången har kursstarter (1) som startar" in moved


def test_who_only_reads_rounds_changes_none(administrator: User, authority: Authority) -> None:
    round_ = make_round(authority=authority)
    for client, code in ((as_user(administrator), 403), (as_user(make_staff(Role.ADMISSIONS_OFFICER)), 404)):
        for kind, row in (("omgang/", round_), ("", round_.period)):
            assert client.get(f"/omgangar/{kind}{row.uuid}/andra/").status_code == code
            assert client.post(f"/omgangar/{kind}{row.uuid}/ta-bort/").status_code == code


def test_periods_that_are_over_are_counted_and_shown_when_asked_for(officer: User, authority: Authority) -> None:
    make_round(authority=authority, starts_on=time.today(), apply_by=time.today() - 40 * DAY)
    Period.objects.update(name="Förra hösten")
    make_period(authority=authority, name="Våren")
    client = as_user(officer)
    page = text_of(client.get("/omgangar/"))
    assert "1 period är över" in page and "Förra hösten" not in page and "Våren" in page
    User.objects.filter(pk=officer.pk).update(shows_inactive=True)
    assert "Förra hösten" in text_of(client.get("/omgangar/"))


def test_the_pages_of_rounds_cost_few_queries(
    officer: User, school: School, django_assert_max_num_queries: Any
) -> None:
    period = make_period(authority=school.authority)
    rows = [
        make_round(authority=school.authority, period=period, starts_on=time.today() + n * DAY) for n in range(56, 76)
    ]
    make_course_start(school=school, round=rows[0])
    client = as_user(officer)
    for page in ("/omgangar/", f"/omgangar/omgang/{rows[0].uuid}/andra/", f"/omgangar/{period.uuid}/andra/"):
        with django_assert_max_num_queries(MOST_QUERIES):
            text_of(client.get(page))
