"""After a school's agreement: nobody new is called, placed or grouped; who is placed is finished (R09, R12)."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kursvis.accounts.models import Delegation
from kursvis.accounts.tests.browsers import as_user
from kursvis.accounts.tests.factories import actor
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import Outcome
from kursvis.admissions.tests.factories import Office
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.days import go_to
from kursvis.letters.models import Letter
from kursvis.organisation.models import Agreement, RegisterEntry
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_school
from kursvis.studies import queries, services
from kursvis.studies.models import Group
from kursvis.studies.tests.factories import make_distributed, make_enrolment, make_group, reread
from kursvis.studies.tests.test_views import MOST_QUERIES, questions

pytestmark = pytest.mark.django_db
ENDED = ["organisation.agreement_has_ended"]
DAY = timedelta(days=1)


@pytest.fixture
def office() -> Office:
    return Office()


def agreement_ends(office: Office, day: date, kind: AgreementKind = AgreementKind.ORDINARY) -> None:
    Agreement.objects.filter(school=office.school).update(ends_on=day, kind=kind.value)


def refused(step: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        step()
    return [reason.code for reason in refusal.value.reasons]


def waiting(office: Office, group: Group) -> Choice:
    assert group.course_start is not None
    return make_distributed(office=office, course_start=group.course_start)


def url(name: str, choice: Choice) -> str:
    return reverse(f"studies:{name}", args=[choice.uuid])


@pytest.mark.parametrize("days", [0, 1])
def test_calling_and_placing_on_the_last_day_and_the_day_after(office: Office, days: int) -> None:
    group = make_group(office=office)
    choice = waiting(office, group)
    agreement_ends(office, time.today())
    step = {"choice": choice, "by": office.administrator, "now": time.now() + days * DAY}
    if days:
        assert refused(lambda: services.call(**step)) == ENDED and not Letter.objects.exists()
        assert refused(lambda: services.place(**step, group=group)) == ENDED
        group.course_start.refresh_from_db()
        assert group.course_start.seats_taken == 0
    else:
        assert services.call(**step) and services.place(**step, group=group)


@pytest.mark.parametrize("days", [0, 1])
def test_making_a_group_on_the_last_day_and_the_day_after(office: Office, days: int) -> None:
    start = make_group(office=office).course_start
    agreement_ends(office, start.starts_on + DAY)
    go_to(start.starts_on + DAY + days * DAY)
    made: Callable[[], Group] = lambda: make_group(office=office, course_start=start, name="Ny", teachers=[])  # noqa: E731
    if days:
        assert refused(made) == ENDED
    else:
        assert made().pk


def test_each_chosen_row_says_why_and_what_the_rest_rests_on_is_asked_once(office: Office) -> None:
    group = make_group(office=office)
    choices = [waiting(office, group) for _ in range(3)]
    with CaptureQueriesContext(connection) as asked:
        services.place_each(choices=choices[:2], group=group, by=office.administrator, now=time.now())
    for table in ("accounts_delegation", "organisation_agreement"):
        assert sum(f'FROM "{table}"' in query["sql"] for query in asked.captured_queries) == 1
    agreement_ends(office, time.today() - DAY)
    by, now = office.administrator, time.now()
    for results in (
        services.place_each(choices=choices[2:], group=group, by=by, now=now),
        services.call_each(choices=choices[2:], by=by, now=now),
    ):
        assert [[reason.code for reason in result.reasons] for result in results] == [ENDED]


def test_who_is_placed_is_called_moved_marked_and_taken_back_after_the_agreement(office: Office) -> None:
    enrolment = make_enrolment(office=office)
    agreement_ends(office, time.today() - DAY)
    by = office.administrator
    choice = Choice.objects.get(pk=enrolment.choice_id)
    assert services.call(choice=choice, by=by, now=time.now(), again=True)
    later = enrolment.ends_on + 30 * DAY
    services.move_end(enrolment=reread(enrolment), ends_on=later, by=by, now=time.now(), note="Mer tid")
    first_day = time.at_noon(enrolment.starts_on)
    services.did_not_start(enrolment=reread(enrolment), by=by, now=first_day)
    services.undo_did_not_start(enrolment=reread(enrolment), by=by, now=first_day)
    services.complete(enrolment=reread(enrolment), on=later, by=by, now=time.at_noon(later))
    assert (reread(enrolment).outcome, reread(enrolment).outcome_on) == ("completed", later)


def test_a_temporary_agreement_still_limits_the_extension(office: Office) -> None:
    enrolment = make_enrolment(office=office)
    agreement_ends(office, enrolment.ends_on + DAY, AgreementKind.TEMPORARY)
    move = {"enrolment": reread(enrolment), "by": office.administrator, "now": time.now(), "note": ""}
    beyond = max(enrolment.ends_on + 2 * DAY, date(enrolment.starts_on.year + 1, 1, 1))
    assert refused(lambda: services.move_end(**move, ends_on=beyond)) == ["organisation.temporary_agreement"]


@pytest.fixture
def desk(office: Office) -> Client:
    return as_user(office.administrator_user)


def test_the_page_greys_the_steps_with_the_reason_and_the_return_is_ready(office: Office, desk: Client) -> None:
    group = make_group(office=office)
    choice = waiting(office, group)
    agreement_ends(office, time.today() - DAY)
    page = desk.get(url("show_placement", choice)).content.decode()
    assert page.count(f"Skolans avtal slutade {time.today() - DAY}") == 2
    assert "Skapa en grupp för kursstarten" not in page
    other = RegisterEntry.objects.get(authority=office.school.authority, meaning="other")
    assert f'<option value="{other.code}" selected>' in page
    ready = "Skolans avtal med kommunen har slutat, så skolan tar inte emot någon ny."
    assert ready in page
    assert desk.post(url("place_applicant", choice), {"group": str(group.uuid)}).status_code == 200
    assert desk.post(url("call_applicant", choice)).status_code == 409
    desk.post(url("return_applicant", choice), {"reason": other.code, "text": ready})
    choice.refresh_from_db()
    assert (choice.status, choice.return_text) == ("returned", ready)


def test_a_course_start_of_such_a_school_gets_no_group_and_says_why(office: Office, desk: Client) -> None:
    start = make_group(office=office).course_start
    address = reverse("studies:create_group")
    assert f"kursstart={start.uuid}" in desk.get(address).content.decode()
    agreement_ends(office, time.today() - DAY)
    page = desk.get(address).content.decode()
    assert f"kursstart={start.uuid}" not in page and "Skolans avtal slutade" in page
    assert desk.get(address, {"kursstart": str(start.uuid)}).status_code == 409


def test_without_delegation_placing_is_greyed_and_refused(office: Office, desk: Client) -> None:
    group = make_group(office=office)
    choice = waiting(office, group)
    Delegation.objects.filter(decision="admission").update(ends_on=time.today() - DAY)
    page = desk.get(url("show_placement", choice)).content.decode()
    answer = desk.post(url("place_applicant", choice), {"group": str(group.uuid)}).content.decode()
    step = {"choice": choice, "group": group, "by": office.administrator, "now": time.now()}
    assert refused(lambda: services.place(**step)) == ["accounts.no_delegation"]
    for text in (page, answer):
        assert "elegation" in text
    choice.refresh_from_db()
    assert choice.status == "distributed"


def test_the_unmet_condition_is_the_ready_reason_once_the_course_has_begun(office: Office, desk: Client) -> None:
    group = make_group(office=office)
    choice = make_distributed(office=office, course_start=group.course_start, outcome=Outcome.ON_CONDITION)
    selected = '<option value="villkor" selected>'
    page = desk.get(url("show_placement", choice)).content.decode()
    assert '<option value="villkor">' in page and selected not in page
    go_to(group.starts_on + DAY)
    assert selected in desk.get(url("show_placement", choice)).content.decode()
    plain = waiting(office, make_group(office=office))
    assert '<option value="villkor"' not in desk.get(url("show_placement", plain)).content.decode()


def test_staff_keep_their_access_after_the_agreement(office: Office) -> None:
    enrolment = make_enrolment(office=office)
    agreement_ends(office, time.today() - DAY)
    teacher = enrolment.group.teachers.get().user
    for user in (office.administrator_user, teacher):
        assert list(queries.enrolments_readable_by(actor(user))) == [enrolment]
        assert as_user(user).get(reverse("studies:show_group", args=[enrolment.group.uuid])).status_code == 200
        assert as_user(user).get(reverse("grades:group", args=[enrolment.group.uuid])).status_code == 200


def test_the_list_of_groups_offers_an_inactive_school_to_who_shows_it(office: Office) -> None:
    make_group(office=office)
    for _ in range(2):
        make_group(office=Office(school=make_school(authority=office.school.authority)))
    agreement_ends(office, time.today() - DAY)
    client, address = as_user(office.officer_user), reverse("studies:list_groups")
    option = f'value="{office.school.uuid}"'
    assert option not in client.get(address).content.decode()
    office.officer_user.shows_inactive = True
    office.officer_user.save()
    assert option in client.get(address).content.decode()


def test_the_lists_grey_what_takes_in_anybody_new_when_every_school_has_ended(office: Office) -> None:
    waiting(office, make_group(office=office))
    client = as_user(office.administrator_user)
    pages = {"list_placements": "Kalla valda", "list_groups": "Ny grupp"}
    for days, is_greyed in ((0, False), (1, True)):
        agreement_ends(office, time.today() - days * DAY)
        for name, label in pages.items():
            text = client.get(reverse(f"studies:{name}")).content.decode()
            button = re.search(rf"<button[^>]*disabled[^>]*>{label}</button>", text)
            assert (button is not None) is is_greyed and ("Skolans avtal slutade" in text) is is_greyed, (name, days)
            assert questions(client, reverse(f"studies:{name}")) <= MOST_QUERIES
