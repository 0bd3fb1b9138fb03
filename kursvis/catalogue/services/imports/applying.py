"""A chunk of an import's rows is written, or taken back, in a few statements; each row's own event is in the log.

Who imports locks the schools that the rows are of, so that two imports of a school take turns: the second finds what
the first has written. The rows are looked at once more; what is not as the dry run said is refused.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.audit.models import Event
from kursvis.catalogue.models import CourseStart, OfferImportRow, Round
from kursvis.catalogue.rules.imports.verdicts import Verdict, against_taking_back
from kursvis.catalogue.services.continuous import round_starting
from kursvis.catalogue.services.imports.judging import Judged, look_at
from kursvis.catalogue.services.imports.values import FIELDS, WRITTEN, given_back, plain, shown, values_of
from kursvis.core.reasons import Reason, Refused
from kursvis.organisation.models import School
from kursvis.work.kinds import Outcome


@transaction.atomic
def apply_rows(*, rows: Sequence[OfferImportRow], by: Actor, now: datetime, run_id: int) -> dict[int, Outcome]:
    """Write the rows that go: new drafts and changed course starts. Return what came of each."""
    _lock_schools(rows)
    judged = look_at(rows, by=by, now=now)
    outcomes: dict[int, Outcome] = {}
    going: list[Judged] = []
    for key, it in judged.items():
        against = it.reasons or _against_surprise(it)
        if against:
            outcomes[key] = against
        else:
            going.append(it)
    rounds = _rounds(going, by=by, now=now)
    new = _create([it for it in going if it.existing is None], rounds)
    _change([it for it in going if it.existing is not None], rounds, outcomes)
    for it, course_start in new:
        it.row.course_start = course_start
        outcomes[it.row.pk] = {"course_start": course_start.pk, "was": None, "became": plain(course_start)}
    OfferImportRow.objects.bulk_update([it.row for it in going], ["course_start"])
    audit.record_many(_event(it, by=by, now=now, run_id=run_id) for it in sorted(going, key=lambda it: it.row.position))
    return outcomes


@transaction.atomic
def take_rows_back(
    *, rows: Sequence[tuple[OfferImportRow, Mapping[str, Any]]], by: Actor, now: datetime, run_id: int
) -> dict[int, Outcome]:
    """Take back what an import wrote: drafts are removed, changed course starts get back what they had.

    What has applicants since, has been worked on since, or is part of something, stays and says so.
    """
    keys = [kept["course_start"] for _row, kept in rows]
    rounds = _rounds_of([kept["was"] for _row, kept in rows if kept["was"]])
    locked = CourseStart.objects.select_for_update(of=("self",)).select_related(
        "course", "round__period", "industry", "school"
    )
    standing = {row.pk: row for row in locked.filter(pk__in=keys).order_by("pk")}
    outcomes: dict[int, Outcome] = {}
    removed: list[CourseStart] = []
    restored: list[CourseStart] = []
    events: list[Event] = []
    for row, kept in rows:
        start = standing.get(kept["course_start"])
        against = _against_taking_back(start, kept, rounds)
        outcomes[row.pk] = against or {}
        if start is None or against:
            continue
        (restored if kept["was"] else removed).append(start)
        events.append(_taken_back(start, kept, by=by, now=now, run_id=run_id))
    CourseStart.objects.bulk_update(restored, list(WRITTEN))
    _remove(removed)
    audit.record_many(events)
    return outcomes


def _lock_schools(rows: Sequence[OfferImportRow]) -> None:
    authorities = {row.offer_import.school.authority_id for row in rows}
    schools = School.objects.select_for_update(of=("self",), no_key=True).filter(authority_id__in=authorities)
    list(schools.order_by("pk").values_list("pk", flat=True))


def _against_surprise(it: Judged) -> list[Reason]:
    """Return why a row is not imported though no rule is against it: it would do another thing than was shown."""
    if it.verdict is Verdict.UNCHANGED:
        return [Reason("catalogue.row_stands_already")]
    if (it.verdict, it.changes()) == (it.row.verdict, it.row.changes):
        return []
    return [Reason("catalogue.row_other_than_looked_through")]


def _rounds(going: Sequence[Judged], *, by: Actor, now: datetime) -> dict[date, Round]:
    """Lock the rounds of the rows, and make those of continuous admission; return them by their starts."""
    keys = {it.values["round"].pk for it in going if it.values["round"]}
    locked = Round.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys).order_by("pk")
    rounds = {round_.starts_on: round_ for round_ in locked.select_related("period__authority")}
    for it in going:
        day = it.values["starts_on"]
        if day not in rounds and it.school:
            rounds[day] = round_starting(authority=it.school.authority, starts_on=day, by=by, now=now)
    return rounds


def _create(going: Sequence[Judged], rounds: Mapping[date, Round]) -> list[tuple[Judged, CourseStart]]:
    starts = []
    for it in going:
        assert it.school
        values = it.values | {"round": rounds[it.values["starts_on"]]}
        starts.append(CourseStart(authority_id=it.school.authority_id, school=it.school, **values))
    return list(zip(going, CourseStart.objects.bulk_create(starts), strict=True))


def _change(going: Sequence[Judged], rounds: Mapping[date, Round], outcomes: dict[int, Outcome]) -> None:
    """Change the course starts that are still what the rows were held against."""
    keys = [it.existing.pk for it in going if it.existing]
    locked = CourseStart.objects.select_for_update(of=("self",)).select_related("round__period")
    standing = {row.pk: row for row in locked.filter(pk__in=keys).order_by("pk")}
    changed, names = [], set()
    for it in going:
        assert it.existing
        start = standing[it.existing.pk]
        if _stands(start) != _stands(it.existing):
            raise Refused(Reason("catalogue.row_other_than_looked_through"))
        was = plain(start)
        for name in it.changed:
            value = rounds[it.values["starts_on"]] if name == "round" else it.values[name]
            if name == "round" and value.period_id != start.round.period_id:
                start.submitted_on, start.late_reason = None, ""  # in another period it has another last day (R13)
            setattr(start, name, value)
        names |= set(it.changed)
        changed.append(start)
        it.row.course_start = start
        outcomes[it.row.pk] = {"course_start": start.pk, "was": was, "became": plain(start)}
    if changed:
        came_in = {"submitted_on", "late_reason"} if "round" in names else set()
        CourseStart.objects.bulk_update(changed, sorted(names | came_in))


def _stands(start: CourseStart) -> tuple[dict[str, Any], int, int]:
    return plain(start), start.applicants, start.seats_taken


def _event(it: Judged, *, by: Actor, now: datetime, run_id: int) -> Event:
    told: dict[str, Any] = {"run": run_id, "row": it.row.position}
    start = it.row.course_start
    assert start
    common: dict[str, Any] = {"by": by, "subject": start, "authority_id": start.authority_id, "now": now}
    if it.existing is None:
        told |= {name: shown(name, getattr(start, name)) for name in FIELDS}
        return audit.event_of(verb="course_start.imported", is_creation=True, **common, **told)
    changes = {name: (old, new) for name, (old, new) in it.changes().items()}
    return audit.event_of(verb="course_start.changed_by_import", changes=changes, **common, **told)


def _rounds_of(before: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Lock the rounds that course starts had before, and return the days on which they start now."""
    rounds = Round.objects.select_for_update(of=("self",), no_key=True).filter(pk__in={was["round"] for was in before})
    return {round_.pk: round_.starts_on.isoformat() for round_ in rounds.order_by("pk")}


def _against_taking_back(start: CourseStart | None, kept: Mapping[str, Any], rounds: Mapping[int, str]) -> list[Reason]:
    if start is None:
        return [Reason("work.gone")]
    name, was = f"{start.course.name} {start.starts_on.isoformat()}", kept["was"]
    against = against_taking_back(start.facts(), stands=plain(start), became=kept["became"], name=name)
    if not against and was and rounds.get(was["round"]) != was["starts_on"]:
        return [Reason("catalogue.import_round_gone", {"name": name})]
    return against


def _taken_back(start: CourseStart, kept: Mapping[str, Any], *, by: Actor, now: datetime, run_id: int) -> Event:
    """Return the event, and set what the course start had before, if it was there."""
    common: dict[str, Any] = {"by": by, "subject": start, "authority_id": start.authority_id, "now": now, "run": run_id}
    if not kept["was"]:
        return audit.event_of(verb="course_start.import_removed", course=start.course.code, **common)
    before = {name: shown(name, value) for name, value in values_of(start).items()}
    for column, value in given_back(kept["was"]).items():
        setattr(start, column, value)
    after = {name: shown(name, value) for name, value in values_of(start).items()}
    changes = {name: (before[name], after[name]) for name in FIELDS if before[name] != after[name]}
    return audit.event_of(verb="course_start.import_taken_back", changes=changes, **common)


def _remove(drafts: Sequence[CourseStart]) -> None:
    """Remove drafts. Raises `Refused` when one of them has become part of something, as a package."""
    try:
        CourseStart.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    except ProtectedError as built_on:
        raise Refused(Reason("catalogue.import_built_on")) from built_on
