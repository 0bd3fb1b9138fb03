"""Personal in the browser's words: who is listed to whom, a new colleague in two steps, and the account's page."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kursvis.access.actors import SYSTEM
from kursvis.access.rules import Role
from kursvis.accounts import services
from kursvis.accounts.models import Assignment, Link, User
from kursvis.accounts.rules import staff as staff_rules
from kursvis.accounts.rules.locks import Limit
from kursvis.accounts.tests.browsers import confirm
from kursvis.accounts.tests.factories import OFFICIAL, actor, make_staff, make_user
from kursvis.audit.models import Event
from kursvis.core import time
from kursvis.organisation.models import Authority, School
from kursvis.organisation.tests.factories import make_authority, make_school
from kursvis.post.models import Message

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
LIST, NEW = "/personal/", "/personal/ny/"


@pytest.fixture
def authority() -> Authority:
    return make_authority(name="Mälarviks kommun")


@pytest.fixture
def school(authority: Authority) -> School:
    return make_school(authority=authority, name="Björkskolan", prefix="bjo")


@pytest.fixture
def office(school: School) -> User:
    return make_staff(
        Role.SCHOOL_ADMINISTRATOR, school=school, first_name="Amina", last_name="Lindqvist", email="amina@example.org"
    )


@pytest.fixture
def municipality(authority: Authority) -> User:
    return make_staff(Role.SYSTEM_ADMINISTRATOR, authority=authority, first_name="Sofia", last_name="Lindberg")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="kursvis.accounts.backends.ElectronicIdBackend")
    confirm(client, user)
    return client


def page(client: Client, address: str, **typed: Any) -> str:
    response = client.post(address, typed, follow=True) if typed else client.get(address)
    assert response.status_code in (200, 409), response.status_code
    return response.content.decode()


def typed(school: School, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "personnummer": "19900101-2385",
        "first_name": "Åsa",
        "last_name": "Öst",
        "title": "Legitimerad lärare",
        "email": "asa@example.org",
        "unit": str(school.uuid),
        "roles": ["teacher"],
        "starts_on": time.today().isoformat(),
        "ends_on": "",
        "step": "review",
        "known": "no",
    }
    return values | changes


def test_a_school_lists_its_own_staff_and_the_municipality_everybody(
    office: User, municipality: User, authority: Authority, school: School
) -> None:
    other = make_school(authority=authority)
    make_staff(Role.TEACHER, school=school, first_name="Karin", last_name="Öst")
    make_staff(Role.TEACHER, school=other, first_name="Elin", last_name="Forsberg")
    make_staff(Role.TEACHER, first_name="Anna", last_name="Granhult")
    own, whole = page(client_of(office), LIST), page(client_of(municipality), LIST)
    assert "Öst, Karin" in own and "Forsberg, Elin" not in own and "Lindberg, Sofia" not in own
    assert "Öst, Karin" in whole and "Forsberg, Elin" in whole and "Granhult, Anna" not in whole
    one = page(client_of(municipality), f"{LIST}?skola={other.uuid}")
    assert "Forsberg, Elin" in one and "Öst, Karin" not in one


def test_the_list_is_searched_and_narrowed(office: User, school: School) -> None:
    teacher = make_staff(Role.TEACHER, school=school, first_name="Karin", last_name="Öst", personnummer=OFFICIAL[0])
    client = client_of(office)
    for text in ("ös", "Karin", "bjoka", "199001012385", "19900101-2385"):
        assert "Öst, Karin" in page(client, f"{LIST}?q={text}") and "Lindqvist, Amina" not in page(
            client, f"{LIST}?q={text}"
        )
    assert "Öst, Karin" not in page(client, f"{LIST}?q=19900101")  # the beginning of a number finds nobody
    assert "Lindqvist, Amina" not in page(client, f"{LIST}?roll=teacher")
    User.objects.filter(pk=teacher.pk).update(locked_at=time.now(), lock_reason="inactivity")
    locked = page(client, f"{LIST}?lage=lasta")
    assert "Öst, Karin" in locked and "Inte använt på länge" in locked and "Lindqvist, Amina" not in locked


def test_each_state_is_found_by_its_filter(office: User, school: School) -> None:
    today = time.today()
    make_staff(Role.TEACHER, school=school, last_name="Slut", ends_on=today + timedelta(days=30))
    make_staff(Role.TEACHER, school=school, last_name="Senare", ends_on=today + timedelta(days=31))
    make_staff(Role.TEACHER, school=school, last_name="Förr", ends_on=today - timedelta(days=1))
    make_staff(Role.TEACHER, school=school, last_name="Utan", personnummer=None)
    waiting = make_user(last_name="Väntande", school=school)
    services.assign(user=waiting, role=Role.TEACHER, school=school, starts_on=today, by=actor(office), now=time.now())
    client = client_of(office)
    names = {"Slut", "Senare", "Förr", "Utan", "Väntande", "Lindqvist"}

    def listed(state: str) -> set[str]:
        shown = page(client, f"{LIST}?lage={state}")
        return {name for name in names if f">{name}, " in shown}

    assert listed("tar-slut") == {"Slut"}
    assert "Roll tar slut snart 1</a>" in page(client, LIST)
    assert listed("avslutade") == {"Förr"}
    assert listed("kan-inte-logga-in") == {"Utan"}
    assert listed("vantar") == {"Väntande"}
    assert listed("aktiva") == {"Slut", "Senare", "Lindqvist"}
    assert listed("inbjudna") == listed("lasta") == set()
    assert listed("") == names - {"Förr"}
    User.objects.filter(pk=office.pk).update(shows_inactive=True)
    assert listed("") == names


def test_a_role_that_is_renewed_does_not_end_soon(office: User, school: School) -> None:
    last = time.today() + timedelta(days=5)
    teacher = make_staff(Role.TEACHER, school=school, last_name="Förnyad", ends_on=last)
    services.assign(
        user=teacher, role=Role.TEACHER, school=school, starts_on=last + timedelta(days=1), by=SYSTEM, now=time.now()
    )
    assert "Förnyad" not in page(client_of(office), f"{LIST}?lage=tar-slut")


def test_a_second_school_sees_its_own_role_and_nothing_else(office: User, authority: Authority, school: School) -> None:
    other = make_school(authority=authority, name="Hemliga skolan", prefix="hem")
    teacher = make_staff(Role.TEACHER, school=other, first_name="Karin", last_name="Öst", email="karin@hem.example")
    services.assign(
        user=teacher, role=Role.SCHOOL_COUNSELLOR, school=school, starts_on=date(2026, 1, 1), by=SYSTEM, now=time.now()
    )
    client = client_of(office)
    for address in (LIST, f"/personal/{teacher.uuid}/", f"/personal/{teacher.uuid}/andra/", _history(teacher)):
        shown = page(client, address)
        assert (
            "Hemliga skolan" not in shown
            and "karin@hem.example" not in shown
            and ">Lärare<span" not in shown
            and "<div>Lärare" not in shown
        ), address
    assert "hemkaost" not in page(client, LIST) and "hemkaost" in page(client, f"/personal/{teacher.uuid}/")
    assert "Kommunen ändrar namn" in page(client, f"/personal/{teacher.uuid}/")
    forced = client.post(f"/personal/{teacher.uuid}/andra/", typed(school, email="min@example.org"))
    assert forced.status_code == 200
    teacher.refresh_from_db()
    assert teacher.email == "karin@hem.example"


def _history(user: User) -> str:
    return f"/personal/{user.uuid}/handelser/"


def test_a_new_colleague_is_reviewed_with_her_user_name_before_she_is_saved(office: User, school: School) -> None:
    client = client_of(office)
    review = page(client, NEW, **typed(school))
    assert "bjoasost" in review and 'value="asa@example.org"' in review
    assert not User.objects.filter(personnummer=OFFICIAL[0]).exists()
    back = page(client, NEW, **typed(school, step="change"))
    assert 'value="Öst"' in back and "checked" in back
    saved = page(client, NEW, **typed(school, step="save"))
    user = User.objects.get(personnummer=OFFICIAL[0])
    assert (user.user_name, user.email, user.title) == ("bjoasost", "asa@example.org", "Legitimerad lärare")
    assert "Väntar på kommunen" in saved and "Inbjudan gäller till" in saved
    assert Assignment.objects.get(user=user).status == "requested"
    assert Link.objects.filter(user=user, kind="invitation", ended_at=None).count() == 1
    verbs = set(Event.objects.filter(subject="accounts.user", subject_id=user.pk).values_list("verb", flat=True))
    assert {"user.created", "user.role_requested", "user.invited"} <= verbs


def test_what_the_municipality_gives_counts_at_once_and_its_own_staff_have_its_prefix(
    municipality: User, authority: Authority, school: School
) -> None:
    client = client_of(municipality)
    both = typed(school, unit=str(authority.uuid), roles=["economist", "front_desk"])
    assert "malasost" in page(client, NEW, **both)
    page(client, NEW, **(both | {"step": "save"}))
    user = User.objects.get(personnummer=OFFICIAL[0])
    held = set(Assignment.objects.filter(user=user).values_list("role", "status"))
    assert user.user_name == "malasost" and held == {("economist", "granted"), ("front_desk", "granted")}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"personnummer": "19900101-2384"}, "Kontrollsiffran stämmer inte"),
        ({"personnummer": "19901301-2384"}, "är inget datum"),
        ({"personnummer": "12"}, "tolv siffror"),
        ({"email": ""}, "Detta fält måste fyllas i"),
        ({"roles": []}, "Detta fält måste fyllas i"),
        ({"roles": ["economist"]}, "economist"),
        ({"ends_on": "2020-01-01"}, "före den första"),
    ],
)
def test_wrong_typing_is_told_in_the_form_and_stays(
    office: User, school: School, changes: dict[str, Any], told: str
) -> None:
    for step in ("review", "save"):
        shown = page(client_of(office), NEW, **typed(school, **changes, step=step))
        assert told in shown and 'value="Öst"' in shown
    assert not User.objects.filter(last_name="Öst").exists()


def test_nobody_tries_one_personnummer_after_another(
    office: User, municipality: User, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_rules, "LOOKUPS_OF_A_PERSON", Limit(2, timedelta(hours=1)))
    make_user(personnummer=OFFICIAL[2])
    client = client_of(office)
    for number in (OFFICIAL[0], OFFICIAL[1], OFFICIAL[0]):
        assert "många olika personnummer" not in page(client, NEW, **typed(school, personnummer=number))
    for _time in range(2):
        for step in ("review", "save"):
            shown = page(client, NEW, **typed(school, personnummer=OFFICIAL[2], step=step))
            assert "Du har skrivit många olika personnummer på kort tid" in shown and 'value="Öst"' in shown
            assert "Namnet stämmer inte" not in shown and "har redan ett konto" not in shown
    page(client, NEW, **typed(school, step="save"))
    assert User.objects.filter(last_name="Öst").count() == 1
    assert "många olika" not in page(client_of(municipality), NEW, **typed(school, personnummer=OFFICIAL[2]))


def test_the_municipality_is_told_that_a_role_does_not_fit_a_school(municipality: User, school: School) -> None:
    shown = page(client_of(municipality), NEW, **typed(school, roles=["economist"]))
    assert "Rollen ekonom kan inte ges där" in shown


def test_a_known_person_is_added_when_the_names_agree_and_her_account_stays_as_it_is(
    office: User, school: School
) -> None:
    known = make_staff(
        Role.TEACHER, personnummer=OFFICIAL[0], first_name="Åsa", last_name="Öst", email="gammal@example.org"
    )
    client = client_of(office)
    wrong = page(client, NEW, **typed(school, last_name="Väst"))
    assert "Namnet stämmer inte" in wrong and "gammal@" not in wrong and known.user_name not in wrong
    review = page(client, NEW, **typed(school, first_name=" åsa "))
    assert "har redan ett konto" in review and known.user_name not in review and "gammal@" not in review
    refused = page(client, NEW, **typed(school, step="save"))
    assert "har redan ett konto" in refused  # she got it between review and save: asked again
    page(client, NEW, **typed(school, step="save", known="yes"))
    before = (known.user_name, known.email, known.title)
    known.refresh_from_db()
    assert (known.user_name, known.email, known.title) == before
    assert Assignment.objects.get(user=known, school=school).status == "requested"
    assert not Link.objects.filter(user=known).exists()


def test_a_person_with_her_own_electronic_id_account_becomes_staff_but_nobody_takes_her_account(
    office: User, municipality: User, school: School
) -> None:
    student = make_user(personnummer=OFFICIAL[0], first_name="Åsa", last_name="Öst")
    client = client_of(office)
    page(client, NEW, **typed(school, step="save", known="yes"))
    assignment = Assignment.objects.get(user=student)
    services.grant(assignment=assignment, by=actor(municipality), now=time.now(), today=time.today())
    for address in ("andra/", "bjud-in/", "nytt-losenord/"):
        page(client, f"/personal/{student.uuid}/{address}", **typed(school))
    student.refresh_from_db()
    assert (student.email, student.user_name) == ("", None)
    assert not Link.objects.filter(user=student).exists()


def test_a_colleague_is_edited_and_her_old_address_told(office: User, school: School) -> None:
    teacher = make_staff(Role.TEACHER, school=school, personnummer=OFFICIAL[1], email="gammal@example.org")
    client, address = client_of(office), f"/personal/{teacher.uuid}/andra/"
    assert "gammal@example.org" in page(client, address)
    page(client, address, **typed(school, last_name="Väst"))
    teacher.refresh_from_db()
    assert (teacher.last_name, teacher.email, teacher.personnummer) == ("Väst", "asa@example.org", OFFICIAL[0])
    assert Message.objects.get().address == "gammal@example.org"
    assert "e-post" in page(client, _history(teacher)) and "Lindqvist" in page(client, _history(teacher))
    User.objects.filter(pk=teacher.pk).update(logged_in_at=time.now())
    refused = page(client, address, **typed(school, personnummer=OFFICIAL[2]))
    assert "Kommunen rättar det" in refused


def test_nobody_changes_her_own_account(office: User, school: School) -> None:
    client = client_of(office)
    shown = page(client, f"/personal/{office.uuid}/")
    assert "ingen ändrar sitt eget konto" in shown
    role = Assignment.objects.get(user=office)
    for address in (f"{office.uuid}/las/", f"{office.uuid}/bjud-in/", f"roller/{role.uuid}/avsluta/"):
        assert client.post(f"/personal/{address}").status_code == 409, address
    asked = page(client, f"/personal/{office.uuid}/roll/", **typed(school, roles=["teacher"]))
    assert "ingen ändrar sitt eget konto" in asked and Assignment.objects.filter(user=office).count() == 1


def test_a_role_is_asked_for_taken_back_ended_and_shortened_but_lengthened_by_the_municipality_only(
    office: User, municipality: User, school: School
) -> None:
    last = time.today() + timedelta(days=60)
    teacher = make_staff(Role.TEACHER, school=school, ends_on=last)
    client, held = client_of(office), Assignment.objects.get(user=teacher)
    page(client, f"/personal/{teacher.uuid}/roll/", **typed(school, roles=["school_counsellor"]))
    asked = Assignment.objects.get(user=teacher, role="school_counsellor")
    assert asked.status == "requested"
    page(client, f"/personal/roller/{asked.uuid}/ta-tillbaka/", sure="1")
    day = f"/personal/roller/{held.uuid}/sista-dag/"
    longer = (last + timedelta(days=1)).isoformat()
    assert "Kommunen har aktiverat rollen till" in page(client, day, ends_on=longer)
    page(client, day, ends_on=(last - timedelta(days=1)).isoformat())
    held.refresh_from_db()
    assert held.ends_on == last - timedelta(days=1)
    page(client_of(municipality), day, ends_on=longer)
    held.refresh_from_db()
    assert held.ends_on == last + timedelta(days=1)
    assert "Den dagen har varit" in page(client, day, ends_on="2026-01-01")
    page(client, f"/personal/roller/{held.uuid}/avsluta/", sure="1")
    asked.refresh_from_db()
    held.refresh_from_db()
    assert (asked.status, held.status) == ("withdrawn", "ended")


def test_a_school_locks_unlocks_and_invites_its_own_staff_and_no_one_it_only_asks_for(
    office: User, authority: Authority, school: School
) -> None:
    teacher = make_staff(Role.TEACHER, school=school, email="karin@example.org")
    client = client_of(office)
    page(client, f"/personal/{teacher.uuid}/las/", sure="1")
    assert "Låst av en kollega" in page(client, f"/personal/{teacher.uuid}/")
    page(client, f"/personal/{teacher.uuid}/las-upp/", sure="1")
    page(client, f"/personal/{teacher.uuid}/bjud-in/", sure="1")
    teacher.refresh_from_db()
    assert teacher.locked_at is None and Link.objects.filter(user=teacher).count() == 1
    stranger = make_staff(Role.TEACHER, school=make_school(authority=authority))
    asked = {"user": stranger, "role": Role.TEACHER, "school": school, "starts_on": time.today()}
    services.assign(**asked, by=actor(office), now=time.now())
    assert client.post(f"/personal/{stranger.uuid}/las/").status_code == 409
    assert "Personen har ingen aktiv roll" in page(client, f"/personal/{stranger.uuid}/")


def test_a_list_and_an_account_cost_few_queries(
    office: User, municipality: User, school: School, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_staff(Role.TEACHER, school=school, last_name=f"Lärare {number:02d}")
    teacher = User.objects.get(last_name="Lärare 00")
    for user in (office, municipality):
        client = client_of(user)
        for address in (LIST, f"{LIST}?lage=tar-slut&q=l", f"/personal/{teacher.uuid}/", _history(teacher), NEW):
            client.get(address)
            with django_assert_max_num_queries(MOST_QUERIES):
                assert client.get(address).status_code == 200
    assert "Lärare 59" in page(client_of(office), f"{LIST}?ordning=-namn")


def test_who_has_never_logged_in_is_invited_until_the_link_is_too_old(office: User, school: School) -> None:
    page(client_of(office), NEW, **typed(school, step="save"))
    user = User.objects.get(personnummer=OFFICIAL[0])
    Assignment.objects.filter(user=user).update(status="granted")
    assert "Inbjuden" in page(client_of(office), f"/personal/{user.uuid}/")
    long_ago = datetime(2026, 1, 1, tzinfo=time.SWEDEN)
    Link.objects.filter(user=user).update(created_at=long_ago - timedelta(days=1), expires_at=long_ago)
    assert "Inbjuden" not in page(client_of(office), f"/personal/{user.uuid}/")


def test_a_person_with_her_own_account_keeps_her_other_schools_to_herself(
    office: User, authority: Authority, school: School
) -> None:
    other = make_school(authority=authority, name="Hemliga skolan")
    student = make_user(personnummer=OFFICIAL[0], first_name="Åsa", last_name="Öst", email="asa@example.org")
    for unit, role in ((other, Role.TEACHER), (school, Role.SCHOOL_COUNSELLOR)):
        services.assign(user=student, role=role, school=unit, starts_on=date(2026, 1, 1), by=SYSTEM, now=time.now())
    client = client_of(office)
    for address in (f"/personal/{student.uuid}/", _history(student), f"/personal/{student.uuid}/andra/"):
        shown = page(client, address)
        assert "Hemliga" not in shown and "lärare" not in shown and "asa@example.org" not in shown, address
    Assignment.objects.filter(user=student, school=other).update(status="ended")
    assert "lärare" not in page(client, _history(student))
