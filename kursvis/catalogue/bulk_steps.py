"""What can be done with many course starts at once: a school sends them in, the municipality publishes them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.rules.offer import CourseStartStatus
from kursvis.catalogue.services import offer
from kursvis.core.reasons import Reason
from kursvis.core.time import swedish_date
from kursvis.work.kinds import Kind, Rows, Shown

LIST = "catalogue:list_course_starts"


def _rows(keys: Collection[int], authority_id: int) -> dict[int, CourseStart]:
    rows = CourseStart.objects.filter(pk__in=keys, authority_id=authority_id)
    return rows.select_related("school__authority", "course", "industry", "round__period__authority").in_bulk()


def _shown(row: CourseStart) -> Shown:
    return Shown(
        name=row.course.name,
        under=row.course.code,
        detail=f"{row.school.name} · {row.starts_on.isoformat()}",
        address=reverse("catalogue:show_course_start", args=[row.uuid]),
    )


def _against_submitting(rows: Rows, by: Actor, now: datetime) -> dict[int, list[Reason]]:
    today = swedish_date(now)
    return {key: offer.against_submitting_now(row, today=today) for key, row in rows.items()}


def _submit(row: CourseStart, by: Actor, now: datetime, run_id: int) -> dict[str, Any]:
    offer.submit(course_start=row, by=by, now=now)
    return {"event": offer.last_event(row)}


def _unsubmit(row: CourseStart, kept: Mapping[str, Any], by: Actor, now: datetime, run_id: int) -> None:
    offer.take_back_submission(course_start=row, event_id=kept["event"], by=by, now=now, run_id=run_id)


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


STEPS = (
    Kind(
        name=offer.SUBMISSION,
        permission=Permission.EDIT_OFFER,
        list_name=LIST,
        rows=_rows,
        shown=_shown,
        against=_against_submitting,
        do=_submit,
        undo=_unsubmit,
    ),
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
