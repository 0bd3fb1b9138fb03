"""The applicant's pages: what stands there, what a form keeps, and what others cannot reach."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import make_user
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import ChoiceStatus, Outcome
from kursvis.admissions.tests.factories import Office, make_choice
from kursvis.admissions.tests.looking import url
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.tests.factories import make_course_start, make_round
from kursvis.core import time
from kursvis.core.tests.days import go_to
from kursvis.people.rules import Protection

pytestmark = pytest.mark.django_db
C = ChoiceStatus
TYPED = {"email": "elev@example.org", "phone": "", "goal": "Bli kock", "message": "Hej"}


@pytest.fixture
def office() -> Office:
    return Office()


def test_applying_asks_for_login_and_keeps_the_way(office: Office) -> None:
    course_start = make_course_start(school=office.school)
    response = Client().get(url("apply", course_start))
    assert response.status_code == 302 and f"next={url('apply', course_start)}" in response["Location"]


def test_applying(office: Office) -> None:
    course_start, user = make_course_start(school=office.school), make_user(email="jag@example.org")
    client = as_user(user)
    page = client.get(url("apply", course_start)).content.decode()
    assert 'value="jag@example.org"' in page and "Spara utkast" in page and "Skicka ansökan" in page
    response = client.post(url("apply", course_start), TYPED | {"do": "send"}, follow=True)
    choice = Choice.objects.get()
    assert choice.status == "submitted" and response.redirect_chain == [(url("show_own", choice), 302)]
    page = response.content.decode()
    assert "Ansökan nummer 1" in page and str(course_start.round.call_by) in page
    again = client.get(url("apply", course_start))
    assert again.status_code == 302 and again["Location"] == url("show_own", choice)


def test_an_error_keeps_what_was_typed(office: Office) -> None:
    course_start = make_course_start(school=office.school)
    response = as_user(make_user()).post(
        url("apply", course_start), TYPED | {"goal": "", "email": "inte en adress", "do": "send"}
    )
    page = response.content.decode()
    assert "Det här behöver rättas" in page and "inte en adress" in page and ">\nHej</textarea>" in page
    assert not Choice.objects.exists()


def test_a_draft_is_saved_changed_and_sent(office: Office) -> None:
    course_start, client = make_course_start(school=office.school), as_user(make_user())
    client.post(url("apply", course_start), TYPED | {"do": "save"})
    choice = Choice.objects.get()
    assert choice.status == "draft"
    page = client.get(url("edit_draft", choice)).content.decode()
    assert 'value="Bli kock"' in page
    client.post(url("edit_draft", choice), TYPED | {"goal": "Bli snickare", "do": "save"})
    choice.application.refresh_from_db()
    assert choice.application.goal == "Bli snickare"
    client.post(url("submit", choice))
    choice.refresh_from_db()
    assert choice.status == "submitted"
    assert client.get(url("edit_draft", choice)).status_code == 302


def test_a_closed_start_says_why_and_refuses(office: Office) -> None:
    round_ = make_round(authority=office.school.authority, apply_by=time.today() - timedelta(days=1))
    course_start, client = make_course_start(school=office.school, round=round_), as_user(make_user())
    page = client.get(url("apply", course_start)).content.decode()
    assert "disabled" in page and str(round_.apply_by) in page and "Spara utkast" not in page
    client.post(url("apply", course_start), TYPED | {"do": "send"})
    assert not Choice.objects.exists()


@pytest.mark.parametrize("status", [CourseStartStatus.DRAFT, CourseStartStatus.SUBMITTED, CourseStartStatus.HIDDEN])
def test_what_is_not_published_does_not_exist(office: Office, status: CourseStartStatus) -> None:
    course_start = make_course_start(school=office.school, status=status)
    assert as_user(make_user()).get(url("apply", course_start)).status_code == 404


def test_a_user_without_personnummer_is_told(office: Office) -> None:
    user = make_user(personnummer=None, user_name="provare")
    page = as_user(user).get(url("apply", make_course_start(school=office.school))).content.decode()
    assert "saknar personnummer" in page


STATES = [
    *((status, Outcome.GRANTED) for status in C if status is not C.REPLACED),
    *((status, Outcome.ON_CONDITION) for status in (C.DECIDED, C.DISTRIBUTED, C.RETURNED)),
    (C.DECIDED, Outcome.REFUSED),
]


@pytest.mark.parametrize(("status", "outcome"), STATES)
def test_own_pages_in_every_state(office: Office, status: ChoiceStatus, outcome: Outcome) -> None:
    choice = make_choice(office=office, status=status, outcome=outcome)
    client = as_user(choice.student.user)
    assert client.get(url("list_own")).status_code == 200
    page = client.get(url("show_own", choice)).content.decode()
    may_withdraw = status in (C.DRAFT, C.SUBMITTED, C.DECIDED, C.DISTRIBUTED) and choice.outcome != "refused"
    assert ("Ta tillbaka ansökan" in page) is may_withdraw
    assert ("Skolväsendets överklagandenämnd" in page) is (choice.outcome in ("refused", "on_condition"))


def test_withdrawing(office: Office) -> None:
    choice = make_choice(office=office)
    as_user(choice.student.user).post(url("withdraw", choice))
    choice.refresh_from_db()
    assert choice.status == "withdrawn"


def test_the_applications_of_others_do_not_exist(office: Office) -> None:
    choice, client = make_choice(office=office, status=C.DRAFT), as_user(make_user())
    for name in ("show_own", "edit_draft"):
        assert client.get(url(name, choice)).status_code == 404
    for name in ("submit", "withdraw"):
        assert client.post(url(name, choice)).status_code == 404
    assert "Du har inga ansökningar" in client.get(url("list_own")).content.decode()


def told(choice: Choice, day: date) -> str:
    """Return what the applicant's two pages say on a day, as text without marks."""
    go_to(day)
    client = as_user(choice.student.user)
    pages = [client.get(address).content.decode() for address in (url("list_own"), url("show_own", choice))]
    texts = [" ".join(strip_tags(page[page.index("</h1>") :]).split()) for page in pages]
    return "|".join(texts)


def test_who_is_placed_is_told_by_the_days_of_the_course(office: Office) -> None:
    choice, day = make_choice(office=office, status=C.PLACED), timedelta(days=1)
    first, last = choice.course_start.starts_on, choice.course_start.ends_on
    sentences = {
        first - day: "Kom till kursstarten.",
        first: f"Kursen börjar i dag. Den slutar {last}.",
        first + day: f"Kursen startade {first}. Den slutar {last}.",
        last: f"Kursen slutar i dag, {last}. Se Mina betyg",
        last + day: f"Kursen slutade {last}. Se Mina betyg",
    }
    for today, sentence in sentences.items():
        text = told(choice, today)
        assert [other for other in sentences.values() if other in text] == [sentence]
        assert text.count(sentence) == 2, text
    page = as_user(choice.student.user).get(url("show_own", choice)).content.decode()
    assert f'href="{reverse("grades:my_grades")}"' in page


@pytest.mark.parametrize(("status", "asked"), [(C.SUBMITTED, "authority"), (C.DISTRIBUTED, "school")])
def test_who_got_no_place_before_the_start_is_told_whom_to_ask(
    office: Office, status: ChoiceStatus, asked: str
) -> None:
    choice = make_choice(office=office, status=status)
    owner = office.school.name if asked == "school" else office.school.authority.adult_education_name
    first = choice.course_start.starts_on
    sentence = f"Kursen startade {first} utan att du fick någon plats. Fråga {owner} vad som gäller."
    assert sentence not in told(choice, first)
    assert sentence in told(choice, first + timedelta(days=1))


def test_a_protected_applicant_is_told_that_letters_come_by_post(office: Office) -> None:
    choice = make_choice(office=office, protection=Protection.SECRECY_MARK)
    page = as_user(choice.student.user).get(url("show_own", choice)).content.decode()
    assert "kommer med brev, inte med e-post" in page and "Kvittensen skickas till" not in page
