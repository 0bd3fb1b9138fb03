"""No sequence of account steps gives anybody a role that was not asked for by who may, and granted by who may.

The judge below knows only the two administrators' roles and their units; it does not use the rules that it judges.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from kursvis.access.actors import Held, Person
from kursvis.access.rules import ROLES, SCHOOL_ROLES, Action, Permission, Role
from kursvis.accounts import queries, rules, services
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentFacts, AssignmentStatus
from kursvis.accounts.services import locks
from kursvis.accounts.services import staff as staff_services
from kursvis.accounts.services.assignments import change_last_day
from kursvis.accounts.tests.factories import make_staff, make_user
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.sequences import database_sequences
from kursvis.organisation.tests.factories import make_authority, make_school

TODAY = date(2026, 11, 23)
ACTIONS = (
    "give",
    "give",
    "grant",
    "grant",
    "refuse",
    "withdraw",
    "end",
    "last_day",
    "lock",
    "unlock",
    "invite",
    "edit",
)
PEOPLE, UNITS, ROWS = 6, 5, 12
ROLES_TRIED = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SCHOOL_ADMINISTRATOR,
    Role.TEACHER,
    Role.ECONOMIST,
    Role.SCHOOL_PRINCIPAL,
)
STEP = st.tuples(
    st.sampled_from(ACTIONS),
    st.integers(0, PEOPLE - 1),
    st.integers(0, PEOPLE - 1),
    st.sampled_from(ROLES_TRIED),
    st.integers(0, UNITS - 1),
    st.integers(0, ROWS - 1),
    st.one_of(st.none(), st.integers(-2, 40)),
)
Rows = dict[int, AssignmentFacts]


def _runs(actor: Person, row: AssignmentFacts) -> bool:
    """Say whether the actor runs the municipality, or the school where a school role is held."""
    at_municipality = any(
        held.role is Role.SYSTEM_ADMINISTRATOR and held.authority_id == row.authority_id for held in actor.held
    )
    at_school = any(
        held.role is Role.SCHOOL_ADMINISTRATOR and held.school_id == row.school_id is not None for held in actor.held
    )
    return at_municipality or (at_school and row.role in SCHOOL_ROLES)


def _answers(actor: Person, row: AssignmentFacts) -> bool:
    return any(held.role is Role.SYSTEM_ADMINISTRATOR and held.authority_id == row.authority_id for held in actor.held)


def judge(actor: Person, before: Rows, after: Rows) -> None:
    """Check everything that one step changed, by who the actor was before it."""
    assert set(before) <= set(after)
    for key, row in after.items():
        old = before.get(key)
        if row == old:
            continue
        assert row.user_id != actor.user_id, "somebody changed her own role"
        assert _runs(actor, row), "a role was given or changed from outside its unit"
        now_granted, was_granted = row.status == "granted", old is not None and old.status == "granted"
        if now_granted and not was_granted:
            assert _answers(actor, row), "a role was granted by somebody who may not"
            assert old is None or old.status == "requested"
        if old is not None:
            assert replace(row, status=old.status, ends_on=old.ends_on) == old, "something else was changed"
        if old is not None and was_granted and now_granted and _is_later(row.ends_on, old.ends_on):
            assert _answers(actor, row), "a role was lengthened by somebody who may not"


def _is_later(new: date | None, old: date | None) -> bool:
    return old is not None and (new is None or new > old)


@dataclass
class OnPaper:
    """The steps by the pure rules alone: two municipalities (1, 2), three schools (11, 12 and 21), six people."""

    rows: Rows

    @classmethod
    def at_start(cls) -> "OnPaper":
        held = [
            (0, Role.SYSTEM_ADMINISTRATOR, 1, None),
            (1, Role.SYSTEM_ADMINISTRATOR, 2, None),
            (2, Role.SCHOOL_ADMINISTRATOR, 1, 11),
            (3, Role.SCHOOL_ADMINISTRATOR, 2, 21),
            (4, Role.TEACHER, 1, 11),
        ]
        granted = AssignmentStatus.GRANTED
        return cls({n: AssignmentFacts(granted, r, u, a, s, TODAY, None) for n, (u, r, a, s) in enumerate(held)})

    def actor(self, user_id: int) -> Person:
        counting = [
            row
            for row in self.rows.values()
            if row.user_id == user_id
            and row.status == "granted"
            and row.starts_on <= TODAY
            and (row.ends_on is None or row.ends_on >= TODAY)
        ]
        return Person(user_id, "", tuple(Held(row.role, row.authority_id, row.school_id) for row in counting))

    def take(self, action: str, by: Person, whom: int, role: Role, unit: int, key: int, day: date | None) -> None:
        if action == "give":
            authority_id, school_id = [(1, None), (2, None), (1, 11), (1, 12), (2, 21)][unit]
            new = AssignmentFacts(AssignmentStatus.REQUESTED, role, whom, authority_id, school_id, TODAY, day)
            against = rules.against_assignment(role, at_school=school_id is not None, starts_on=TODAY, ends_on=day)
            against += rules.against_giving(by, role, user_id=whom, authority_id=authority_id, school_id=school_id)
            if not against:
                status = "granted" if rules.may_grant(by, authority_id=authority_id) else "requested"
                self.rows[len(self.rows)] = replace(new, status=AssignmentStatus(status))
            return
        row = self.rows.get(key)
        if row is None:
            return
        against_new, change = self._step(action, row, by, day)
        if not against_new:
            self.rows[key] = replace(row, **change)

    def _step(
        self, action: str, row: AssignmentFacts, by: Person, day: date | None
    ) -> tuple[list[Any], dict[str, Any]]:
        status = AssignmentStatus
        steps: dict[str, tuple[list[Any], dict[str, Any]]] = {
            "grant": (rules.against_granting(row, by, today=TODAY), {"status": status.GRANTED}),
            "refuse": (rules.against_refusing(row, by, why="Nej."), {"status": status.REFUSED}),
            "withdraw": (rules.against_withdrawing(row, by), {"status": status.WITHDRAWN}),
            "end": (rules.against_ending(row, by), {"status": status.ENDED}),
            "last_day": (rules.against_changing_last_day(row, by, ends_on=day, today=TODAY), {"ends_on": day}),
        }
        return steps.get(action, ([], {}))


@settings(max_examples=2000, derandomize=True)
@given(sequence=st.lists(STEP, min_size=3, max_size=14))
def test_no_sequence_on_paper_gives_a_role_from_nowhere(sequence: list[Any]) -> None:
    paper = OnPaper.at_start()
    for action, by, whom, role, unit, key, days in sequence:
        before, actor = dict(paper.rows), paper.actor(by)
        day = None if days is None else TODAY + timedelta(days=days)
        paper.take(action, actor, whom, role, unit, key, day)
        judge(actor, before, paper.rows)


def test_the_judge_sees_what_is_wrong() -> None:
    teacher = OnPaper.at_start().actor(4)
    rows = OnPaper.at_start().rows
    stolen = AssignmentFacts(AssignmentStatus.GRANTED, Role.TEACHER, 5, 1, 11, TODAY, None)
    for after in (
        rows | {9: stolen},
        rows | {9: replace(stolen, user_id=4, status=AssignmentStatus.REQUESTED)},
        rows | {4: replace(rows[4], role=Role.SCHOOL_ADMINISTRATOR)},
    ):
        with pytest.raises(AssertionError):
            judge(teacher, rows, after)
    with pytest.raises(AssertionError, match="granted by somebody who may not"):
        judge(OnPaper.at_start().actor(2), rows, rows | {9: stolen})


class SmallMunicipalities:
    """The same world in the database, with every step that can be tried in it."""

    def __init__(self) -> None:
        first, second = make_authority(), make_authority()
        schools = [make_school(authority=first), make_school(authority=first), make_school(authority=second)]
        self.units = [(first, None), (second, None), (first, schools[0]), (first, schools[1]), (second, schools[2])]
        self.people = [
            make_staff(Role.SYSTEM_ADMINISTRATOR, authority=first, email="a@example.org"),
            make_staff(Role.SYSTEM_ADMINISTRATOR, authority=second, email="b@example.org"),
            make_staff(Role.SCHOOL_ADMINISTRATOR, school=schools[0], email="c@example.org"),
            make_staff(Role.SCHOOL_ADMINISTRATOR, school=schools[2], email="d@example.org"),
            make_staff(Role.TEACHER, school=schools[0], email="e@example.org"),
            make_user(),
        ]
        self.keys = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))

    def rows(self) -> Rows:
        return {row.pk: row.facts() for row in Assignment.objects.all()}

    def actor(self, number: int) -> Person:
        return queries.actor_of(self.people[number], today=time.today(), confirmed=frozenset(Action))

    def take(self, action: str, by: Person, whom: int, role: Role, unit: int, key: int, day: date | None) -> None:
        keys = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
        row = Assignment.objects.select_related("user", "school").get(pk=keys[key % len(keys)])
        user = User.objects.get(pk=self.people[whom].pk)
        steps = self._steps(row, user, by, role, unit, day)
        try:
            with transaction.atomic():
                steps[action]()
        except Refused:
            return

    def _steps(
        self, row: Assignment, user: User, by: Person, role: Role, unit: int, day: date | None
    ) -> dict[str, Callable[[], object]]:
        now, today = time.now(), time.today()
        authority, school = self.units[unit]
        who: dict[str, Any] = {"by": by, "now": now}
        period: dict[str, Any] = {"starts_on": today, "ends_on": day}
        return {
            "give": lambda: staff_services.give_roles(
                user=user, roles=[role], school=school, authority=authority, **period, **who
            ),
            "grant": lambda: services.grant(assignment=row, today=today, **who),
            "refuse": lambda: services.refuse(assignment=row, why="Nej.", **who),
            "withdraw": lambda: services.withdraw(assignment=row, **who),
            "end": lambda: services.end(assignment=row, **who),
            "last_day": lambda: change_last_day(assignment=row, ends_on=day, today=today, **who),
            "lock": lambda: locks.lock(user=user, **who),
            "unlock": lambda: locks.unlock(user=user, **who),
            "invite": lambda: staff_services.invite_again(user=user, **who),
            "edit": lambda: services.users.edit_user(
                user=user,
                first_name="Ny",
                last_name="Person",
                title="",
                email="f@example.org",
                personnummer=user.personnummer or "",
                today=today,
                **who,
            ),
        }

    def check(self, rows: Rows) -> None:
        """Nobody holds more than her granted roles say."""
        for number, user in enumerate(self.people):
            mine = [row for row in rows.values() if row.user_id == user.pk and row.status == "granted"]
            allowed = {permission for row in mine for permission in ROLES[row.role]}
            actor = self.actor(number)
            assert {permission for permission in Permission if actor.holds(permission)} <= allowed


@pytest.fixture
def small(db: None) -> SmallMunicipalities:
    return SmallMunicipalities()


@pytest.mark.sequences
@pytest.mark.django_db
@database_sequences
@given(sequence=st.lists(STEP, min_size=3, max_size=12))
def test_no_sequence_in_the_database_gives_a_role_from_nowhere(small: SmallMunicipalities, sequence: list[Any]) -> None:
    with transaction.atomic():
        for action, by, whom, role, unit, key, days in sequence:
            actor, before = small.actor(by), small.rows()
            locks_before = dict(User.objects.values_list("pk", "locked_at"))
            small.take(action, actor, whom, role, unit, key, None if days is None else _day(days))
            judge(actor, before, small.rows())
            assert actor.user_id is not None
            now = dict(User.objects.values_list("pk", "locked_at"))
            assert now[actor.user_id] == locks_before[actor.user_id], "somebody locked or unlocked herself"
        small.check(small.rows())
        transaction.set_rollback(True)


def _day(days: int) -> date:
    return time.today() + timedelta(days=days)
