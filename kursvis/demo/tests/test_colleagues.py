"""The colleagues around the cast stand where the story says, and stay there when the date is moved."""

from datetime import date, timedelta

import pytest

from kursvis.accounts import services as accounts
from kursvis.accounts.models import Assignment, Delegation, Link, User
from kursvis.accounts.queries import actor_of
from kursvis.accounts.queries.staff import whose_role_ends, with_state
from kursvis.core import time
from kursvis.demo.rules.cast import member
from kursvis.demo.rules.colleagues import COLLEAGUES, Situation
from kursvis.demo.services.clock import go_to_day
from kursvis.demo.services.whole import make_demo
from kursvis.organisation.models import PriceList, RegisterEntry, School, SettingValue

pytestmark = pytest.mark.django_db
STATES = {
    Situation.WORKS: "active",
    Situation.WAITS: "waiting",
    Situation.INVITED: "invited",
    Situation.REFUSED: "ended",
    Situation.LEFT: "ended",
    Situation.LOCKED_OUT: "locked",
    Situation.AWAY: "locked",
    Situation.NO_WAY_IN: "cannot_log_in",
}


def test_the_story_is_there() -> None:
    make_demo(size="cast", today=time.today())
    _each_colleague_stands_where_the_story_says(time.today())
    _the_municipality_and_the_schools_have_something_to_do(time.today())
    _every_school_has_an_administrator_and_a_principal()
    _what_is_decided_is_dated_past_present_and_coming(time.today())


def _each_colleague_stands_where_the_story_says(today: date) -> None:
    for key in ("system_administrator", "granhult_system_administrator"):
        number = {p.key: p.personnummer for p in (member("system_administrator"), *COLLEAGUES)}[key]
        actor = actor_of(User.objects.get(personnummer=number), today=today)
        authority = actor.held[0].unit
        found = with_state(User.objects.filter(assignments__authority__name=authority), actor, today=today)
        states = {(user.first_name, user.last_name): user.state for user in found}
        expected = {(p.first_name, p.last_name): STATES[p.situation] for p in COLLEAGUES if p.authority == authority}
        assert expected.items() <= states.items()
        assert set(states.values()) <= set(STATES.values())


def _the_municipality_and_the_schools_have_something_to_do(today: date) -> None:
    sofia = actor_of(User.objects.get(personnummer=member("system_administrator").personnummer), today=today)
    waiting = Assignment.objects.filter(status="requested", authority__name="Mälarviks kommun")
    assert waiting.count() == 3
    assert [user.last_name for user in whose_role_ends(sofia, today=today)] == ["Roos"]
    assert Assignment.objects.filter(status="refused").exclude(refusal="").count() == 1
    assert Assignment.objects.filter(user=_user_of("norr_teacher")).values("school").distinct().count() == 2
    assert Link.objects.filter(user__last_name="Hedlund", kind="invitation", ended_at=None).exists()


def _user_of(key: str) -> User:
    return User.objects.get(personnummer=member(key).personnummer)


def _every_school_has_an_administrator_and_a_principal() -> None:
    for school in School.objects.all():
        held = set(Assignment.objects.filter(school=school, status="granted").values_list("role", flat=True))
        assert {"school_administrator", "school_principal", "teacher"} <= held, school.name


def _what_is_decided_is_dated_past_present_and_coming(today: date) -> None:
    for authority in PriceList.objects.values_list("authority", flat=True).distinct():
        lists = PriceList.objects.filter(authority=authority, provider=None)
        assert lists.filter(starts_on__lte=today, ends_on__gte=today).count() == 1
        assert lists.filter(starts_on__gt=today, prices__isnull=False).exists()
        assert RegisterEntry.objects.filter(authority=authority, ends_on__lt=today).exists()
    assert SettingValue.objects.filter(starts_on__lte=today).exists()
    assert SettingValue.objects.filter(starts_on__gt=today).exists()
    for decision in ("reception", "admission"):
        assert Delegation.objects.filter(decision=decision).values("authority").distinct().count() == 2


def test_moving_the_date_locks_nobody() -> None:
    make_demo(size="cast", today=time.today())
    amina, today = _user_of("school_administrator"), time.today()
    accounts.logged_in(user=amina, way="password", by=actor_of(amina, today=today), now=time.now())
    locked = set(User.objects.exclude(locked_at=None).values_list("last_name", flat=True))
    assert locked == {"Farah", "Englund"}
    go_to_day(day=today + timedelta(days=95))
    assert set(User.objects.exclude(locked_at=None).values_list("last_name", flat=True)) == locked
