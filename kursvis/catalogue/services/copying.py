"""Copying a period's offer: new drafts in another period's rounds, all of them or none (issue R11)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.queries.copying import Copy, copies
from kursvis.catalogue.rules.weekly_pattern import written
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import School


@transaction.atomic
def copy_offer(
    *,
    schools: "QuerySet[School]",
    old: Period,
    new: Period,
    rounds: Mapping[int, Round | None],
    chosen: Collection[UUID],
    by: Actor,
    now: datetime,
) -> list[Copy]:
    """Make a draft of each chosen course start that goes, and return what became of the chosen ones.

    What does not go is left out with its reason, as it was shown before (`queries.copying.copies`). Who copies a
    school's offer waits for who does the same: nothing is copied twice. Raises `Refused` for a round of another
    municipality or period.
    """
    refuse_if(_against_periods(old, new, rounds))
    list(schools.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    keys = [round_.pk for round_ in rounds.values() if round_]
    list(Round.objects.filter(pk__in=keys).select_for_update(no_key=True).order_by("pk").values_list("pk"))
    every = copies(schools, old=old, new=new, rounds=rounds, today=swedish_date(now))
    wanted = [copy for copy in every if copy.source.uuid in chosen]
    going = [copy for copy in wanted if not copy.reasons]
    drafts = CourseStart.objects.bulk_create(_draft(copy) for copy in going)
    audit.record_many(_event(copy, draft, by, now) for copy, draft in zip(going, drafts, strict=True))
    return wanted


def _against_periods(old: Period, new: Period, rounds: Mapping[int, Round | None]) -> list[Reason]:
    if old.pk == new.pk:
        return [Reason("catalogue.same_period")]
    others = [round_ for round_ in rounds.values() if round_ and round_.period_id != new.pk]
    if old.authority_id != new.authority_id or others:
        return [Reason("catalogue.round_of_another_authority")]
    return []


def _draft(copy: Copy) -> CourseStart:
    source = copy.source
    return CourseStart(
        authority_id=source.authority_id, school_id=source.school_id, copied_from=source, **copy.values()
    )


def _event(copy: Copy, draft: CourseStart, by: Actor, now: datetime) -> Event:
    values = copy.values()
    told = values | {
        "course": copy.source.course.code,
        "round": str(values["round"].uuid),
        "weekly_pattern": written(values["weekly_pattern"]),
        "industry": copy.source.industry and copy.source.industry.code,
        "copied_from": copy.source.uuid,
    }
    return audit.event_of(
        verb="course_start.copied", by=by, subject=draft, authority_id=draft.authority_id, now=now, **told
    )
