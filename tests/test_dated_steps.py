"""Every step that waits for a date, or that a date ends: refused the day before its first day, allowed on it; allowed
on its last day, refused the day after.

One table, asked through the rules that the services ask; the sources are those of the rules (help page R09–R51).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kursvis.access.rules import Role
from kursvis.accounts.rules.delegations import DelegatedDecision, reference_for
from kursvis.admissions import rules as admissions
from kursvis.admissions.rules import mandate
from kursvis.catalogue.rules import offer, register, rounds
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.core.reasons import Reason
from kursvis.grades import rules as grades
from kursvis.grades.rules import GradeStatus
from kursvis.organisation.rules import AgreementKind, against_offering
from kursvis.organisation.rules.registers import Register, against_using
from kursvis.organisation.rules.settings import DEFAULTS, Setting
from kursvis.studies import rules as studies
from kursvis.studies.rules import GroupFacts, GroupKind
from tests import dated_facts as facts
from tests.dated_facts import AUTUMN, DAY, TEACHER, Dates

OFFICE = 3


@dataclass(frozen=True)
class Dated:
    """One step: what the rule says on a day, its first and last day, and the reason given outside them."""

    against: Callable[[Dates, date], list[Reason]]
    first: Callable[[Dates], date] | None = None
    last: Callable[[Dates], date] | None = None
    too_early: str = ""
    too_late: str = ""

    def refusal(self, dates: Dates, day: date) -> set[str]:
        """Return what a step on the day must be refused with; empty when it is allowed."""
        if self.first and day < self.first(dates):
            return {self.too_early}
        return {self.too_late} if self.last and day > self.last(dates) else set()


def _starts(dates: Dates) -> date:
    return dates.starts_on


def _ends(dates: Dates) -> date:
    return dates.ends_on


def _day_before_start(dates: Dates) -> date:
    return dates.starts_on - DAY


def _reference(dates: Dates, day: date) -> str | None:
    return reference_for(
        [facts.delegation(dates)],
        decision=DelegatedDecision.RECEPTION,
        user_id=OFFICE,
        roles=[Role.ADMISSIONS_OFFICER],
        today=day,
    )


STEPS: dict[str, Dated] = {
    "enter the offer (R13): the period's offer day, until the catalogue opens": Dated(
        lambda dates, day: rounds.against_period(opens_on=dates.opens_on, offer_by=day),
        last=lambda dates: dates.opens_on,
        too_late="catalogue.offer_after_opening",
    ),
    "send in a course start: before it starts": Dated(
        lambda dates, day: offer.against_submitting(facts.course_start(dates, CourseStartStatus.DRAFT), today=day),
        last=_day_before_start,
        too_late="catalogue.has_started",
    ),
    "publish a course start: before it starts": Dated(
        lambda dates, day: offer.against_publishing(facts.course_start(dates, CourseStartStatus.SUBMITTED), today=day),
        last=_day_before_start,
        too_late="catalogue.has_started",
    ),
    "apply: from the day the catalogue opens to the last application day": Dated(
        lambda dates, day: offer.against_applying(facts.course_start(dates, CourseStartStatus.PUBLISHED), today=day),
        first=lambda dates: dates.opens_on,
        last=lambda dates: dates.apply_by,
        too_early="catalogue.not_open_yet",
        too_late="catalogue.closed",
    ),
    "call: not after the start (R23)": Dated(
        lambda dates, day: admissions.against_calling(facts.choice(dates), today=day, actor_user_id=OFFICE),
        last=_starts,
        too_late="admissions.start_has_passed",
    ),
    "give to a school, call, place (R09): while an agreement of the school is in force": Dated(
        lambda dates, day: mandate.against_taking_in(facts.choice(dates), facts.agreement_then(dates), today=day),
        first=lambda dates: dates.opens_on,
        last=_ends,
        too_early="organisation.no_agreement",
        too_late="organisation.agreement_has_ended",
    ),
    "decide reception (rules.md 1.38): while it is delegated": Dated(
        lambda dates, day: mandate.against_receiving(_reference(dates, day)),
        first=lambda dates: dates.opens_on,
        last=_ends,
        too_early="accounts.no_delegation",
        too_late="accounts.no_delegation",
    ),
    "return for a reason of the register: while it is in force (R09)": Dated(
        lambda dates, day: against_using(facts.entry(dates), register=Register.RETURN_REASON, day=day),
        first=lambda dates: dates.opens_on,
        last=_ends,
        too_early="organisation.entry_not_in_force",
        too_late="organisation.entry_not_in_force",
    ),
    "place in a group: until the group's last day": Dated(
        lambda dates, day: studies.against_group_for(
            GroupFacts(1, 1, 1, dates.starts_on, dates.ends_on), school_id=1, course_id=1, course_start_id=1, today=day
        ),
        last=_ends,
        too_late="studies.group_has_ended",
    ),
    "make a group for a course start: until its last day": Dated(
        lambda dates, day: studies.against_grouping(ends_on=dates.ends_on, today=day),
        last=_ends,
        too_late="studies.start_has_ended",
    ),
    "did not start: from the start (R29)": Dated(
        lambda dates, day: studies.against_not_started(facts.enrolment(dates), today=day, actor_user_id=OFFICE),
        first=_starts,
        too_early="studies.not_begun_yet",
    ),
    "set a grade: from the start": Dated(
        lambda dates, day: grades.against_setting(
            facts.grade(dates, None), value="C", today=day, actor_user_id=TEACHER
        ),
        first=_starts,
        too_early="grades.not_started",
    ),
    "lock a grade: from the end date (R51)": Dated(
        lambda dates, day: grades.against_locking(
            facts.grade(dates, GradeStatus.SET), today=day, end_moved_to=None, actor_user_id=TEACHER
        ),
        first=_ends,
        too_early="grades.end_has_not_come",
    ),
    "lock earlier, the end moved to today: between start and end (R51)": Dated(
        lambda dates, day: grades.against_locking(
            facts.grade(dates, GradeStatus.SET), today=day, end_moved_to=day, actor_user_id=TEACHER
        ),
        first=lambda dates: dates.starts_on + DAY,
        last=lambda dates: dates.ends_on - DAY,
        too_early="grades.not_started",
        too_late="grades.end_has_come",
    ),
    "the day that completes the studies: the end date": Dated(
        lambda dates, day: studies.against_completing(facts.enrolment(dates), on=day, actor_user_id=TEACHER),
        first=_ends,
        last=_ends,
        too_early="studies.completed_on_the_end_date",
        too_late="studies.completed_on_the_end_date",
    ),
    "the day to which an end is moved: not before the start": Dated(
        lambda dates, day: studies.against_moving_end(facts.enrolment(dates), ends_on=day, actor_user_id=TEACHER),
        first=_starts,
        too_early="studies.end_before_start",
    ),
    "the last day of a course start: after the first": Dated(
        lambda dates, day: offer.against_dates(starts_on=dates.starts_on, ends_on=day),
        first=lambda dates: dates.starts_on + DAY,
        too_early="catalogue.ends_before_start",
    ),
    "the last day of a prövning: its first (R32)": Dated(
        lambda dates, day: studies.against_group(kind=GroupKind.PROVNING, starts_on=dates.starts_on, ends_on=day),
        first=_starts,
        last=_starts,
        too_early="studies.group_ends_before_start",
        too_late="studies.provning_is_one_day",
    ),
    "start under an agreement: while it is in force (R09)": Dated(
        lambda dates, day: against_offering(
            facts.agreement(AgreementKind.ORDINARY, dates.starts_on, dates.ends_on),
            starts_on=day,
            ends_on=day + 90 * DAY,
        ),
        first=_starts,
        last=_ends,
        too_early="organisation.no_agreement",
        too_late="organisation.no_agreement",
    ),
    "end under a temporary agreement: by 31 December of the year of the start (R12)": Dated(
        lambda dates, day: against_offering(
            facts.agreement(AgreementKind.TEMPORARY, dates.opens_on, None), starts_on=dates.starts_on, ends_on=day
        ),
        last=lambda dates: dates.last_of_year,
        too_late="organisation.temporary_agreement",
    ),
    "end under a temporary agreement: not after the agreement itself": Dated(
        lambda dates, day: against_offering(
            facts.agreement(AgreementKind.TEMPORARY, dates.opens_on, dates.ends_on),
            starts_on=dates.starts_on,
            ends_on=day,
        ),
        last=lambda dates: min(dates.ends_on, dates.last_of_year),
        too_late="organisation.temporary_agreement",
    ),
    "start a course of the register: while it may be begun (rules.md 4.01, 4.02)": Dated(
        lambda dates, day: register.against_offering(facts.course(dates), starts_on=day, ends_on=dates.starts_on),
        first=lambda dates: dates.opens_on,
        last=lambda dates: dates.apply_by,
        too_early="catalogue.course_not_valid_yet",
        too_late="catalogue.course_cancelled",
    ),
    "end a course of the register: by its last day": Dated(
        lambda dates, day: register.against_offering(facts.course(dates), starts_on=dates.opens_on, ends_on=day),
        last=_ends,
        too_late="catalogue.course_ends_after_validity",
    ),
    "a round's last application day: from the opening of the catalogue": Dated(
        lambda dates, day: rounds.against_opening(opens_on=dates.opens_on, apply_by=day),
        first=lambda dates: dates.opens_on,
        too_early="catalogue.round_before_opening",
    ),
    "a round's last application day: before the basis to the schools (R14)": Dated(
        lambda dates, day: facts.against_round(dates, apply_by=day),
        last=lambda dates: dates.basis_on - DAY,
        too_late="catalogue.round_dates_out_of_order",
    ),
    "a round's basis to the schools: after the applications, by the day of the call (R14)": Dated(
        lambda dates, day: facts.against_round(dates, basis_on=day),
        first=lambda dates: dates.apply_by + DAY,
        last=lambda dates: dates.call_by,
        too_early="catalogue.round_dates_out_of_order",
        too_late="catalogue.round_dates_out_of_order",
    ),
    "a round's call: from the basis, before the start (R14, R23)": Dated(
        lambda dates, day: facts.against_round(dates, call_by=day),
        first=lambda dates: dates.basis_on,
        last=_day_before_start,
        too_early="catalogue.round_dates_out_of_order",
        too_late="catalogue.round_dates_out_of_order",
    ),
    "a round's start: after the call (R14)": Dated(
        lambda dates, day: facts.against_round(dates, starts_on=day),
        first=lambda dates: dates.call_by + DAY,
        too_early="catalogue.round_dates_out_of_order",
    ),
}


def _edges() -> list[Any]:
    """Return every edge of every step as a row: the step, how many days from its first or last day, and the answer."""
    rows = []
    for name, step in STEPS.items():
        if step.first:
            first = step.first(AUTUMN)
            rows += [(name, first - DAY, {step.too_early}), (name, first, set())]
        if step.last:
            last = step.last(AUTUMN)
            rows += [(name, last, set()), (name, last + DAY, {step.too_late})]
    return [pytest.param(*row, id=f"{row[0]} | {row[1]} | {'refused' if row[2] else 'allowed'}") for row in rows]


def _codes(reasons: list[Reason]) -> set[str]:
    return {reason.code for reason in reasons}


@pytest.mark.parametrize(("name", "day", "refused_with"), _edges())
def test_a_step_is_refused_the_day_outside_and_allowed_on_the_edge(
    name: str, day: date, refused_with: set[str]
) -> None:
    assert _codes(STEPS[name].against(AUTUMN, day)) == refused_with


@st.composite
def _some_dates(draw: st.DrawFn) -> Dates:
    """Return dates in their order: the call is two weeks before the start, so the basis is not later than that."""
    days = lambda least, most: timedelta(days=draw(st.integers(least, most)))  # noqa: E731
    opens_on = draw(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
    apply_by = opens_on + days(0, 90)
    basis_on = apply_by + days(1, 40)
    starts_on = basis_on + days(DEFAULTS[Setting.CALL_DAYS], 60)
    return Dates(opens_on, apply_by, basis_on, starts_on, ends_on=starts_on + days(2, 400))


@pytest.mark.parametrize("name", STEPS)
@given(dates=_some_dates(), edge=st.sampled_from(["first", "last"]), away=st.integers(-500, 500) | st.integers(-2, 2))
def test_on_any_day_of_any_dates_the_step_is_allowed_between_its_days_only(
    name: str, dates: Dates, edge: str, away: int
) -> None:
    step = STEPS[name]
    of_edge = getattr(step, edge) or step.first or step.last
    day = of_edge(dates) + timedelta(days=away)
    assert _codes(step.against(dates, day)) == step.refusal(dates, day)


@given(dates=_some_dates(), today=st.integers(1, 399), moved=st.integers(-400, 400).filter(bool))
def test_an_early_lock_moves_the_end_to_today_and_to_no_other_day(dates: Dates, today: int, moved: int) -> None:
    day = min(dates.starts_on + timedelta(days=today), dates.ends_on - DAY)
    against = grades.against_locking(
        facts.grade(dates, GradeStatus.SET), today=day, end_moved_to=day + timedelta(days=moved), actor_user_id=TEACHER
    )
    assert _codes(against) == {"grades.end_moves_to_today_only"}


@given(dates=_some_dates(), kind=st.sampled_from(AgreementKind))
def test_an_ordinary_agreement_beside_a_temporary_one_lifts_its_end(dates: Dates, kind: AgreementKind) -> None:
    agreements = facts.agreement(kind, dates.opens_on, None) + facts.agreement(
        AgreementKind.ORDINARY, dates.opens_on, None
    )
    assert not against_offering(agreements, starts_on=dates.starts_on, ends_on=dates.last_of_year + DAY)


@given(dates=_some_dates(), after=st.integers(1, 2000), status=st.sampled_from(admissions.ChoiceStatus))
def test_after_an_agreement_nobody_but_the_placed_is_taken_in_and_the_placed_are_finished(
    dates: Dates, after: int, status: admissions.ChoiceStatus
) -> None:
    day = dates.ends_on + timedelta(days=after)
    choice = replace(facts.choice(dates), status=status)
    is_placed = status is admissions.ChoiceStatus.PLACED
    assert (not mandate.against_taking_in(choice, facts.agreement_then(dates), today=day)) is is_placed
    graded = facts.grade(dates, GradeStatus.SET)
    assert not grades.against_setting(graded, value="E", today=day, actor_user_id=TEACHER)
    assert not grades.against_locking(graded, today=day, end_moved_to=None, actor_user_id=TEACHER)
    assert not studies.against_not_started(facts.enrolment(dates), today=day, actor_user_id=OFFICE)
