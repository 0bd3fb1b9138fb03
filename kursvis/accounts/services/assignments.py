"""Who holds which role where: asked for by the school, granted or refused by the municipality (help page R04)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.access.rules import Action, Role, against_unconfirmed
from kursvis.accounts import rules
from kursvis.accounts.models import Assignment, User
from kursvis.accounts.rules import AssignmentStatus
from kursvis.accounts.services.answers import tell_answer
from kursvis.accounts.services.locks import begin_to_count
from kursvis.accounts.services.login_ways import refuse_losing_the_last
from kursvis.accounts.services.ways_in import void_if_never_given_a_role
from kursvis.audit import services as audit
from kursvis.core.models import not_over
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.transitions import CHANGED_MEANWHILE, move
from kursvis.organisation.models import Authority, School


@transaction.atomic
def assign(
    *,
    user: User,
    role: Role,
    authority: Authority | None = None,
    school: School | None = None,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    now: datetime,
) -> Assignment:
    """Give the user a role at a school, or at the whole authority, for a period.

    What the municipality (or the system) gives counts at once; what a school gives waits for the municipality (R04).
    Raises `Refused` when the role does not fit the unit, lies outside the giver's, the dates are in the wrong order, or
    she has it already.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_assignment(role, at_school=school is not None, starts_on=starts_on, ends_on=ends_on))
    authority_id = _authority_id(authority, school)
    school_id = school.pk if school else None
    if by.user_id is not None:
        refuse_if(rules.against_giving(by, role, user_id=user.pk, authority_id=authority_id, school_id=school_id))
    User.objects.select_for_update().get(pk=user.pk)
    refuse_if(rules.against_same_role_twice(_overlaps(user, role, authority_id, school, starts_on, ends_on)))
    counts_at_once = by.user_id is None or rules.may_grant(by, authority_id=authority_id)
    assignment = Assignment.objects.create(
        user=user,
        role=role.value,
        authority_id=authority_id,
        school=school,
        starts_on=starts_on,
        ends_on=ends_on,
        status=(AssignmentStatus.GRANTED if counts_at_once else AssignmentStatus.REQUESTED).value,
        requested_by_id=by.user_id,
        requested_at=now,
        decided_by_id=by.user_id if counts_at_once else None,
        decided_at=now if counts_at_once else None,
    )
    if counts_at_once:
        begin_to_count(user=user)
    _record(assignment, "user.assigned" if counts_at_once else "user.role_requested", by, now)
    return assignment


@transaction.atomic
def grant(*, assignment: Assignment, by: Actor, now: datetime, today: date) -> None:
    """Activate a role that a school asked for (R04). Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_granting(assignment.facts(), by, today=today))
    move(assignment, AssignmentStatus.GRANTED, decided_by_id=by.user_id, decided_at=now)
    begin_to_count(user=assignment.user)
    _record(assignment, "user.assigned", by, now)
    tell_answer(assignment, now=now)


@transaction.atomic
def refuse(*, assignment: Assignment, why: str, by: Actor, now: datetime) -> None:
    """Refuse a role that a school asked for; the school reads why (R04). Raises `Refused`.

    An account that was never given a role keeps no password and no address.
    """
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_refusing(assignment.facts(), by, why=why))
    move(
        assignment,
        AssignmentStatus.REFUSED,
        decided_by_id=by.user_id,
        decided_at=now,
        refusal=why.strip()[:500],
    )
    voided = void_if_never_given_a_role(user=assignment.user)
    _record(assignment, "user.role_refused", by, now, why=why.strip(), ways_in_voided=voided)
    tell_answer(assignment, now=now)


@transaction.atomic
def withdraw(*, assignment: Assignment, by: Actor, now: datetime) -> None:
    """Take back a role that was asked for; ways in as in `refuse`. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_withdrawing(assignment.facts(), by))
    move(assignment, AssignmentStatus.WITHDRAWN, decided_by_id=by.user_id, decided_at=now)
    voided = void_if_never_given_a_role(user=assignment.user)
    _record(assignment, "user.role_withdrawn", by, now, ways_in_voided=voided)


@transaction.atomic
def end(*, assignment: Assignment, by: Actor, now: datetime) -> None:
    """End a role at once. Its dates are kept; the time stands in `decided_at`. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    refuse_if(rules.against_ending(assignment.facts(), by))
    move(assignment, AssignmentStatus.ENDED, decided_by_id=by.user_id, decided_at=now)
    refuse_losing_the_last(assignment.user, now=now)
    _record(assignment, "user.role_ended", by, now)


@transaction.atomic
def change_last_day(*, assignment: Assignment, ends_on: date | None, by: Actor, now: datetime, today: date) -> None:
    """Let a granted role end on another day. A longer period is the municipality's to give. Raises `Refused`."""
    refuse_if(against_unconfirmed(by.confirmed, Action.CHANGE_ACCOUNTS))
    User.objects.select_for_update().get(pk=assignment.user_id)
    facts = assignment.facts()
    refuse_if(rules.against_changing_last_day(facts, by, ends_on=ends_on, today=today))
    later = assignment.starts_on if assignment.ends_on is None else assignment.ends_on + timedelta(days=1)
    others = _held_or_asked(assignment.user, facts.role, facts.authority_id, assignment.school).exclude(
        pk=assignment.pk
    )
    refuse_if(rules.against_same_role_twice(_overlapping(others, max(later, assignment.starts_on), ends_on)))
    was = assignment.ends_on
    changed = Assignment.objects.filter(pk=assignment.pk, status=assignment.status, ends_on=was)
    if not changed.update(ends_on=ends_on):
        raise Refused(Reason(CHANGED_MEANWHILE))
    assignment.ends_on = ends_on
    _record(assignment, "user.last_day_changed", by, now, was=was)


def _authority_id(authority: Authority | None, school: School | None) -> int:
    if school is not None:
        return school.authority_id
    if authority is None:
        raise Refused(Reason("accounts.unit_missing"))
    return authority.pk


def _overlaps(
    user: User, role: Role, authority_id: int, school: School | None, starts_on: date, ends_on: date | None
) -> bool:
    return _overlapping(_held_or_asked(user, role, authority_id, school), starts_on, ends_on)


def _held_or_asked(user: User, role: Role, authority_id: int, school: School | None) -> "QuerySet[Assignment]":
    held = Assignment.objects.filter(user=user, role=role.value, authority_id=authority_id, school=school)
    return held.filter(status__in=rules.HELD_OR_ASKED)


def _overlapping(held: "QuerySet[Assignment]", starts_on: date, ends_on: date | None) -> bool:
    held = held.filter(not_over(starts_on))
    return (held.filter(starts_on__lte=ends_on) if ends_on else held).exists()


def _record(assignment: Assignment, verb: str, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(
        verb=verb,
        by=by,
        subject=assignment.user,
        authority_id=assignment.authority_id,
        now=now,
        assignment_id=assignment.pk,
        role=assignment.role,
        school_id=assignment.school_id,
        starts_on=assignment.starts_on,
        ends_on=assignment.ends_on,
        **detail,
    )
