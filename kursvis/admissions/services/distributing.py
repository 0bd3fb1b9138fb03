"""Giving granted choices to their schools, one or many; taking a mistaken distribution back (R20, R21)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.admissions import rules
from kursvis.admissions.models import Choice
from kursvis.admissions.queries.mandate import against_taking_in
from kursvis.admissions.rules import ChoiceStatus
from kursvis.admissions.services.path import add_step, advance, carry_over, locked, record
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.core.transitions import move
from kursvis.work import services as work
from kursvis.work.models import Run

RUN = "bulk_distribution"
TAKEN_BACK = "taken_back"
"""A step on the path: decided again, as before the distribution."""


@transaction.atomic
def distribute(*, choice: Choice, by: Actor, now: datetime, run_id: int | None = None) -> Choice:
    """Give a granted choice to the school of its course start; `run_id` names the bulk run that does it.

    Raises `Refused` in a wrong state, in one's own case, and when the school's agreement has ended (R09).
    """
    fresh = locked(choice)
    refuse_if(
        rules.against_distributing(fresh.facts(), actor_user_id=by.user_id)
        or against_taking_in(fresh, today=swedish_date(now))
    )
    changes = advance(fresh, ChoiceStatus.DISTRIBUTED, by=by, now=now)
    detail = {"run": run_id} if run_id else {}
    school_id = fresh.course_start.school_id
    record(fresh, "choice.distributed", by=by, now=now, changes=changes, school_id=school_id, **detail)
    return carry_over(fresh, choice)


@transaction.atomic
def take_back(*, choice: Choice, distributed_at: datetime, by: Actor, now: datetime, run_id: int) -> Choice:
    """Take back the distribution of a run while it can be undone: the choice waits at the municipality again.

    Raises `Refused` in one's own case, and when the choice has moved since it was distributed or the school has called.
    """
    fresh = locked(choice)
    is_same = fresh.status_at == distributed_at
    refuse_if(
        rules.against_taking_back(
            fresh.facts(), is_called=fresh.called_at is not None, is_same=is_same, actor_user_id=by.user_id
        )
    )
    changes = move(fresh, ChoiceStatus.DECIDED, status_at=now)
    add_step(fresh, old=ChoiceStatus.DISTRIBUTED, new=TAKEN_BACK, by=by, now=now)
    record(fresh, "choice.distribution_taken_back", by=by, now=now, changes=changes, run=run_id)
    return carry_over(fresh, choice)


@transaction.atomic
def prepare_distribution(*, choices: Iterable[Choice], by: Actor, now: datetime) -> Run:
    """Make a bulk run that distributes the choices; it is looked through before anybody starts it.

    Raises `Refused` without choices, with too many, and when they are of more than one municipality.
    """
    choices = list(choices)
    authorities = {choice.authority_id: choice.authority for choice in choices}
    refuse_if([Reason("admissions.one_authority_a_run")] if len(authorities) > 1 else [])
    refuse_if([] if authorities else [Reason("admissions.nothing_to_distribute")])
    (authority,) = authorities.values()
    return work.create(kind=RUN, authority=authority, subject_ids=[c.pk for c in choices], by=by, now=now)
