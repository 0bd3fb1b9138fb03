"""What can be done with many course starts at once: a school sends them in, the municipality publishes them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules import late
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.core import time
from kursvis.core.reasons import Reason
from kursvis.core.time import swedish_date
from kursvis.work.kinds import Kind, Rows, Shown

LIST = "catalogue:list_course_starts"


def _rows(keys: Collection[int], authority_id: int) -> dict[int, CourseStart]:
    rows = CourseStart.objects.filter(pk__in=keys, authority_id=authority_id)
    return rows.select_related("school__authority", "course", "industry", "round__period__authority").in_bulk()


def _shown(row: CourseStart, late_reason: str = "") -> Shown:
    """Show a row; of one that came in late, or would with this reason, how late and why."""
    why = row.late_reason or late_reason
    days = late.days_late(row.entry(), today=time.today()) if why else 0
    late_text = ngettext("{n} dag sen: {why}", "{n} dagar sen: {why}", days)
    about = [row.school.name, *([late_text.format(n=days, why=why)] if days else [])]
    return Shown(
        name=row.course.name,
        under=f"{row.course.code} · {row.starts_on.isoformat()}",
        detail=" · ".join(about),
        address=reverse("catalogue:show_course_start", args=[row.uuid]),
    )


def _against_submitting(rows: Rows, by: Actor, now: datetime, late_reason: str = "") -> dict[int, list[Reason]]:
    today = swedish_date(now)
    return {key: offer.against_submitting_now(row, today=today, late_reason=late_reason) for key, row in rows.items()}


def _submit(row: CourseStart, by: Actor, now: datetime, run_id: int, late_reason: str = "") -> dict[str, Any]:
    draft = offer.draft_as_it_is(row)
    offer.submit(course_start=row, late_reason="" if row.late_reason else late_reason, by=by, now=now)
    return {"event": offer.last_event(row), "draft": draft}


def _unsubmit(row: CourseStart, kept: Mapping[str, Any], by: Actor, now: datetime, run_id: int) -> None:
    event_id, draft = kept["event"], kept["draft"]
    offer.take_back_submission(course_start=row, event_id=event_id, draft=draft, by=by, now=now, run_id=run_id)


def _with_reason(said: Mapping[str, Any]) -> Kind:
    """Return the step that sends in with one reason for all that come late; one that has its own keeps it."""
    reason = said["late_reason"]
    shown = partial(_shown, late_reason=reason)
    against, do = partial(_against_submitting, late_reason=reason), partial(_submit, late_reason=reason)
    return replace(SUBMITTING, shown=shown, against=against, do=do)


def _against_publishing(rows: Rows, by: Actor, now: datetime) -> dict[int, list[Reason]]:
    today = swedish_date(now)
    return {key: offer.against_publishing(row, today=today) for key, row in rows.items()}


def _publish(row: CourseStart, by: Actor, now: datetime, run_id: int) -> dict[str, Any]:
    old = row.status
    offer.publish(course_start=row, by=by, now=now)
    return {"event": offer.last_event(row), "old": old}


def _unpublish(row: CourseStart, kept: Mapping[str, Any], by: Actor, now: datetime, run_id: int) -> None:
    old = CourseStartStatus(kept["old"])
    offer.take_back_publication(course_start=row, event_id=kept["event"], old=old, by=by, now=now, run_id=run_id)


SUBMITTING = Kind(
    name=offer.SUBMISSION,
    permission=Permission.EDIT_OFFER,
    list_name=LIST,
    rows=_rows,
    shown=_shown,
    against=_against_submitting,
    do=_submit,
    undo=_unsubmit,
    saying=_with_reason,
)
STEPS = (
    SUBMITTING,
    Kind(
        name=offer.PUBLICATION,
        permission=Permission.PUBLISH_OFFER,
        list_name=LIST,
        rows=_rows,
        shown=_shown,
        against=_against_publishing,
        do=_publish,
        undo=_unpublish,
    ),
)
