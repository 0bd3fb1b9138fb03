"""The rules of grades, as tables."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kursvis.core.reasons import Reason
from kursvis.core.wording import sentence
from kursvis.grades import rules
from kursvis.grades.rules import CatalogueFacts, CatalogueStatus, GradeFacts, GradeStatus, Step

TEACHER, STUDENT, STRANGER = 1, 2, 3
START, END = date(2026, 10, 19), date(2026, 12, 18)
UNSET = GradeFacts(
    status=None,
    value="",
    scale_values=("A", "B", "C", "D", "E", "F", "–"),
    starts_on=START,
    ends_on=END,
    enrolment_ended=False,
    teacher_user_ids=frozenset({TEACHER}),
    student_user_id=STUDENT,
    in_valid_catalogue=False,
)
SET = replace(UNSET, status=GradeStatus.SET, value="C")
LOCKED = replace(SET, status=GradeStatus.LOCKED, enrolment_ended=True)


def codes(reasons: list[Reason]) -> list[str]:
    for reason in reasons:
        assert sentence(reason)
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(
    "facts, value, today, actor, expected",
    [
        (UNSET, "C", START, TEACHER, []),
        (UNSET, "–", START, TEACHER, []),
        (UNSET, "C", START - timedelta(days=1), TEACHER, ["grades.not_started"]),
        (UNSET, "C", END + timedelta(days=90), TEACHER, []),
        (UNSET, "G", START, TEACHER, ["grades.not_on_scale"]),
        (UNSET, "C", START, STRANGER, ["grades.only_the_groups_teacher_decides"]),
        (UNSET, "C", START, None, ["grades.only_the_groups_teacher_decides"]),
        (replace(UNSET, teacher_user_ids=frozenset({STUDENT})), "C", START, STUDENT, ["core.own_case"]),
        (replace(UNSET, enrolment_ended=True), "C", START, TEACHER, ["grades.enrolment_ended"]),
        (replace(UNSET, scale_values=()), "C", START, TEACHER, ["grades.no_scale"]),
        (SET, "B", START, TEACHER, []),
        (SET, "", START, TEACHER, []),
        (replace(SET, enrolment_ended=True), "B", START, TEACHER, ["grades.enrolment_ended"]),
        (replace(SET, enrolment_ended=True), "", START, TEACHER, []),
        (LOCKED, "B", END, TEACHER, ["grades.already_locked"]),
    ],
)
def test_setting(facts: GradeFacts, value: str, today: date, actor: int | None, expected: list[str]) -> None:
    assert codes(rules.against_setting(facts, value=value, today=today, actor_user_id=actor)) == expected


@pytest.mark.parametrize(
    "facts, today, moved_to, actor, expected",
    [
        (SET, END, None, TEACHER, []),
        (SET, END + timedelta(days=30), None, TEACHER, []),
        (SET, END - timedelta(days=1), None, TEACHER, ["grades.end_has_not_come"]),
        (SET, END - timedelta(days=1), END - timedelta(days=1), TEACHER, []),
        (SET, END - timedelta(days=2), END - timedelta(days=1), TEACHER, ["grades.end_moves_to_today_only"]),
        (SET, END, END, TEACHER, ["grades.end_has_come"]),
        (SET, START + timedelta(days=1), START + timedelta(days=1), TEACHER, []),
        (SET, START, START, TEACHER, ["grades.not_started"]),
        (UNSET, END, None, TEACHER, ["grades.not_set"]),
        (LOCKED, END, None, TEACHER, ["grades.already_locked"]),
        (SET, END, None, STRANGER, ["grades.only_the_groups_teacher_decides"]),
        (replace(SET, teacher_user_ids=frozenset({STUDENT})), END, None, STUDENT, ["core.own_case"]),
        (replace(SET, enrolment_ended=True), END, None, TEACHER, ["grades.enrolment_ended"]),
        (replace(SET, title_missing=True), END, None, TEACHER, ["grades.title_of_work_missing"]),
        (replace(SET, value="–"), END, None, TEACHER, []),
    ],
)
def test_locking(facts: GradeFacts, today: date, moved_to: date | None, actor: int | None, expected: list[str]) -> None:
    found = rules.against_locking(facts, today=today, end_moved_to=moved_to, actor_user_id=actor)
    assert codes(found) == expected


@pytest.mark.parametrize(
    "facts, reason, actor, expected",
    [
        (LOCKED, "Fel datum", STRANGER, []),
        (LOCKED, "  ", STRANGER, ["grades.unlocking_needs_reason"]),
        (SET, "Fel datum", STRANGER, ["grades.not_locked"]),
        (UNSET, "Fel datum", STRANGER, ["grades.not_locked"]),
        (LOCKED, "Fel datum", STUDENT, ["core.own_case"]),
        (replace(LOCKED, status=GradeStatus.APPROVED), "Fel datum", STRANGER, []),
        (replace(LOCKED, status=GradeStatus.EXPORTED), "Fel datum", STRANGER, []),
    ],
)
def test_unlocking(facts: GradeFacts, reason: str, actor: int, expected: list[str]) -> None:
    assert codes(rules.against_unlocking(facts, reason=reason, actor_user_id=actor)) == expected


@pytest.mark.parametrize(
    "free, unlocked, title, students, expected",
    [
        (1, 0, "Lärare", frozenset(), []),
        (1, 3, "Lärare", frozenset(), []),
        (0, 2, "Lärare", frozenset(), ["grades.locks_first"]),
        (0, 0, "Lärare", frozenset(), ["grades.nothing_to_print"]),
        (1, 0, " ", frozenset(), ["grades.title_missing"]),
        (1, 0, "Lärare", frozenset({TEACHER}), ["core.own_case"]),
    ],
)
def test_creating_a_catalogue(
    free: int, unlocked: int, title: str, students: frozenset[int], expected: list[str]
) -> None:
    found = rules.against_creating_catalogue(
        locked_and_free=free, unlocked=unlocked, title=title, student_user_ids=students, actor_user_id=TEACHER
    )
    assert codes(found) == expected


@pytest.mark.parametrize("old", list(CatalogueStatus))
@pytest.mark.parametrize("new", list(CatalogueStatus))
def test_a_catalogue_moves_along_its_table_only(old: CatalogueStatus, new: CatalogueStatus) -> None:
    found = rules.against_moving_catalogue(
        CatalogueFacts(old, frozenset({STUDENT})), new, reason="Fel", actor_user_id=TEACHER
    )
    assert bool(codes(found)) == (new not in rules.CATALOGUE_TRANSITIONS[old])


@pytest.mark.parametrize(
    "old, new, code",
    [
        (CatalogueStatus.CREATED, CatalogueStatus.RECEIVED, "grades.catalogue_not_sent"),
        (CatalogueStatus.CREATED, CatalogueStatus.RETURNED, "grades.catalogue_not_sent"),
        (CatalogueStatus.SENT, CatalogueStatus.APPROVED, "grades.catalogue_not_received"),
        (CatalogueStatus.APPROVED, CatalogueStatus.SENT, "grades.catalogue_wrong_state"),
    ],
)
def test_a_step_out_of_order_says_what_is_missing(old: CatalogueStatus, new: CatalogueStatus, code: str) -> None:
    facts = CatalogueFacts(old, frozenset())
    assert codes(rules.against_moving_catalogue(facts, new, reason="Fel", actor_user_id=TEACHER)) == [code]


@pytest.mark.parametrize("new", [CatalogueStatus.RECEIVED, CatalogueStatus.RETURNED])
def test_nobody_handles_a_catalogue_with_her_own_grade(new: CatalogueStatus) -> None:
    facts = CatalogueFacts(CatalogueStatus.SENT, frozenset({STUDENT}))
    assert codes(rules.against_moving_catalogue(facts, new, reason="Fel", actor_user_id=STUDENT)) == ["core.own_case"]


def test_returning_a_catalogue_needs_a_reason() -> None:
    facts = CatalogueFacts(CatalogueStatus.SENT, frozenset())
    found = rules.against_moving_catalogue(facts, CatalogueStatus.RETURNED, reason=" ", actor_user_id=TEACHER)
    assert codes(found) == ["grades.returning_needs_reason"]


def test_every_state_has_a_way_on_or_is_the_end() -> None:
    assert set(rules.TRANSITIONS) == set(GradeStatus)
    assert set(rules.CATALOGUE_TRANSITIONS) == set(CatalogueStatus)
    assert [state for state, ways in rules.CATALOGUE_TRANSITIONS.items() if not ways] == [CatalogueStatus.REPLACED]


def test_tracker_shows_what_is_done_what_is_next_and_what_comes_later() -> None:
    steps = rules.tracker({Step.SET: START, Step.LOCKED: END})
    assert [(step.step, step.state) for step in steps] == [
        (Step.SET, "done"),
        (Step.LOCKED, "done"),
        (Step.IN_CATALOGUE, "now"),
        (Step.SENT, "todo"),
        (Step.APPROVED, "todo"),
        (Step.EXPORTED, "later"),
        (Step.FETCHED, "later"),
    ]
    assert steps[1].on == END


def test_steps_that_are_not_built_are_never_done() -> None:
    steps = rules.tracker(dict.fromkeys(Step, END))
    assert [step.state for step in steps] == ["done"] * 5 + ["later"] * 2


@pytest.mark.parametrize(
    "new_end, old_end, weeks",
    [
        (date(2026, 11, 23), date(2026, 12, 18), [48 + 1, 50, 51]),
        (date(2026, 12, 14), date(2026, 12, 18), []),
        (date(2026, 12, 20), date(2026, 12, 21), [52]),
        (date(2026, 12, 18), date(2027, 1, 8), [52, 53, 1]),
    ],
)
def test_weeks_of_study_aid_that_fall_away(new_end: date, old_end: date, weeks: list[int]) -> None:
    assert [monday.isocalendar().week for monday in rules.weeks_after(new_end=new_end, old_end=old_end)] == weeks
