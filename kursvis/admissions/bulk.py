"""What can be done with many choices at once: giving them to their schools."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.admissions import queries, rules, services
from kursvis.admissions.models import Choice
from kursvis.admissions.rules import mandate
from kursvis.core.reasons import Reason
from kursvis.core.time import swedish_date
from kursvis.organisation import queries as organisation
from kursvis.work.kinds import Kind, Rows, Shown


def _rows(keys: Collection[int], authority_id: int) -> dict[int, Choice]:
    return queries.with_facts(Choice.objects.filter(pk__in=keys, authority_id=authority_id)).in_bulk()


def _shown(choice: Choice) -> Shown:
    start = choice.course_start
    return Shown(
        name=choice.student.listed_name,
        under=choice.student.shown_listed_personnummer,
        detail=f"{start.course.name} · {start.school.name} · {start.starts_on.isoformat()}",
        address=reverse("admissions:show", args=[choice.uuid]),
    )


def _against(choices: Rows, by: Actor, now: datetime) -> dict[int, list[Reason]]:
    """Ask what `services.distribute` asks, with every school's agreements read once."""
    agreements = organisation.agreements_by_school({choice.course_start.school_id for choice in choices.values()})
    return {
        key: rules.against_distributing(choice.facts(), actor_user_id=by.user_id)
        or mandate.against_taking_in(choice.facts(), agreements[choice.course_start.school_id], today=swedish_date(now))
        for key, choice in choices.items()
    }


def _do(choice: Choice, by: Actor, now: datetime, run_id: int) -> dict[str, Any]:
    services.distribute(choice=choice, by=by, now=now, run_id=run_id)
    return {"at": choice.status_at.isoformat()}


def _undo(choice: Choice, kept: Mapping[str, Any], by: Actor, now: datetime, run_id: int) -> None:
    distributed_at = datetime.fromisoformat(kept["at"])
    services.take_back(choice=choice, distributed_at=distributed_at, by=by, now=now, run_id=run_id)


KINDS = (
    Kind(
        name=services.RUN,
        permission=Permission.DISTRIBUTE,
        list_name="admissions:list",
        rows=_rows,
        shown=_shown,
        against=_against,
        do=_do,
        undo=_undo,
    ),
)
