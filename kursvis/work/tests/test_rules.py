"""The rules of a run: its states by any sequence of steps, and reasons that come back as they were kept."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.admissions.rules import ChoiceStatus
from kursvis.core.reasons import Reason
from kursvis.core.transitions import may_move
from kursvis.core.wording import labels, sentence
from kursvis.work import rules
from kursvis.work.kinds import all_kinds
from kursvis.work.rules import ROW_TRANSITIONS, TRANSITIONS, RowStatus, RunFacts, RunStatus
from kursvis.work.views import REACHED_WITH

R = RunStatus
END = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
STEPS = ("look_through", "start", "do", "stop", "undo", "take_back")
FACTS = RunFacts(status=R.DONE, made_by=1, ready=0, done=3, undo_until=END + rules.UNDONE_WITHIN)


def after(facts: RunFacts, step: str, now: datetime) -> RunFacts:
    """Return what a step leads to; the same where the rules refuse it."""
    ended = {"undo_until": now + rules.UNDONE_WITHIN}
    left, fewer = facts.ready - 1, facts.done - 1
    steps: dict[tuple[str, bool], dict[str, Any]] = {
        ("look_through", facts.status is R.PREPARING): {"status": R.READY, "ready": 5},
        ("start", not rules.against_starting(facts, actor_user_id=1)): {"status": R.RUNNING},
        ("stop", not rules.against_stopping(facts)): {"status": R.STOPPED} | ended,
        ("undo", not rules.against_undoing(facts, real_now=now)): {"status": R.UNDOING},
        ("do", facts.status is R.RUNNING): {"ready": left, "done": facts.done + 1}
        | ({} if left else {"status": R.DONE} | ended),
        ("take_back", facts.status is R.UNDOING): {"done": fewer} | ({} if fewer else {"status": R.UNDONE}),
    }
    return replace(facts, **steps.get((step, True), {}))


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 700))))
def test_any_sequence_of_steps_keeps_to_the_table(steps: list[tuple[str, int]]) -> None:
    facts, now = RunFacts(status=R.PREPARING, made_by=1, ready=0, done=0, undo_until=None), END
    for step, seconds in steps:
        now += timedelta(seconds=seconds)
        moved = after(facts, step, now)
        assert moved.status is facts.status or may_move(TRANSITIONS, facts.status, moved.status)
        if moved.status is R.UNDOING and facts.status is not R.UNDOING:
            assert facts.done and facts.undo_until is not None and now <= facts.undo_until
        facts = moved


def test_every_state_can_be_reached_and_left_but_the_last_ones() -> None:
    reached = {new for news in TRANSITIONS.values() for new in news}
    assert reached | {R.PREPARING} == set(RunStatus)
    assert [state for state, news in TRANSITIONS.items() if not news] == [R.UNDONE]
    assert rules.WITH_REASONS <= {row for row, news in ROW_TRANSITIONS.items() if not news} < set(RowStatus)


@pytest.mark.parametrize(
    ("facts", "minutes", "code"),
    [
        (FACTS, 10, None),
        (FACTS, 11, "work.too_late_to_undo"),
        (replace(FACTS, done=0), 1, "work.nothing_done"),
        (replace(FACTS, status=R.STOPPED), 1, None),
        (replace(FACTS, status=R.RUNNING), 1, "work.wrong_state"),
        (replace(FACTS, status=R.UNDONE), 1, "work.wrong_state"),
    ],
)
def test_a_run_is_taken_back_for_ten_minutes(facts: RunFacts, minutes: int, code: str | None) -> None:
    reasons = rules.against_undoing(facts, real_now=END + timedelta(minutes=minutes))
    assert [reason.code for reason in reasons] == ([code] if code else [])


def test_who_has_seen_the_dry_run_starts_it() -> None:
    ready = replace(FACTS, status=R.READY, ready=2)
    assert rules.against_starting(ready, actor_user_id=1) == []
    assert rules.against_starting(ready, actor_user_id=2)[0].code == "work.not_yours"
    assert rules.against_starting(replace(ready, ready=0), actor_user_id=1)[0].code == "work.nothing_to_do"
    assert rules.against_starting(replace(ready, status=R.RUNNING), actor_user_id=1)[0].code == "work.wrong_state"


@pytest.mark.parametrize(("number", "code"), [(0, "work.nothing_chosen"), (rules.MOST_ROWS + 1, "work.too_many")])
def test_how_many_rows_a_run_takes(number: int, code: str) -> None:
    assert rules.against_rows(number)[0].code == code
    assert rules.against_rows(rules.MOST_ROWS) == []


@pytest.mark.parametrize(
    "reason",
    [
        Reason("admissions.wrong_state", {"why": ("choice_stop", ChoiceStatus.DISTRIBUTED)}),
        Reason("admissions.start_has_passed", {"day": date(2027, 1, 18)}),
        Reason("core.own_case"),
    ],
)
def test_a_kept_reason_says_the_same(reason: Reason) -> None:
    (kept,) = rules.restored(json.loads(json.dumps(rules.stored([reason]))))
    assert sentence(kept) == sentence(reason)


def test_every_kind_of_run_is_let_in_and_has_its_words() -> None:
    assert {kind.permission for kind in all_kinds().values()} <= set(REACHED_WITH)
    for kind in all_kinds().values():
        assert set(labels()[kind.name]) == {"title", "do", "doing", "did", "undoing", "undone"}
