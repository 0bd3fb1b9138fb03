"""A course start's own fields: entered as a draft, changed as its state allows (help page R09, R11, R12, R15, R16)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.catalogue.models import CourseStart, NationalCourse, Round
from kursvis.catalogue.queries import agreement as queries
from kursvis.catalogue.queries import courses
from kursvis.catalogue.rules import editing
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.editing import EditedField
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.weekly_pattern import Pattern, against_pattern, written
from kursvis.catalogue.services.offer.notices import note_change
from kursvis.catalogue.services.offer.row import locked_row, record
from kursvis.catalogue.services.rounds import lock_round
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.time import swedish_date
from kursvis.organisation.models import RegisterEntry, School


class Offer(TypedDict):
    """What the school enters about a course start."""

    course: NationalCourse
    round: Round
    ends_on: date
    points: int
    seats: int
    study_form: StudyForm
    place: str
    description: str
    weekly_pattern: Pattern
    schedule_note: str
    industry: NotRequired[RegisterEntry | None]
    reference: NotRequired[str]


@transaction.atomic
def create_course_start(*, school: School, by: Actor, now: datetime, **offer: Unpack[Offer]) -> CourseStart:
    """Enter a draft that starts when its round does.

    Raises `Refused` when the school has no agreement for those dates (R09), a temporary one that ends too early
    (R12), or the course is not offered to anybody (R17).
    """
    fields = _fields(offer)
    refuse_if(against_offer(school=school, fields=fields, seats_taken=0, today=swedish_date(now)))
    course_start = CourseStart.objects.create(authority_id=school.authority_id, school=school, **fields)
    record("created", course_start, by=by, now=now, **_logged(fields))
    return course_start


@transaction.atomic
def edit_course_start(*, course_start: CourseStart, by: Actor, now: datetime, **offer: Unpack[Offer]) -> None:
    """Change what the state allows: everything of a draft, harmless things of what is shown (`rules.editing`).

    Who has applied is told of new dates, times or another place. Raises `Refused` as creating does for a draft; of
    what is shown only what is changed is asked about. The row in memory is changed when the database was.
    """
    locked = locked_row(course_start.pk)
    today, facts, fields = swedish_date(now), locked.facts(), _fields(offer)
    changed = {name: (getattr(locked, name), value) for name, value in fields.items() if getattr(locked, name) != value}
    touched = [EditedField(name) for name in changed]
    refuse_if(editing.against_editing(facts) or editing.against_changing(facts, touched, today=today))
    refuse_if(_against_values(locked, fields, today=today))
    if not changed:
        return
    CourseStart.objects.filter(pk=locked.pk).update(**{name: new for name, (_old, new) in changed.items()})
    for name, (_old, new) in changed.items():
        setattr(locked, name, new)
        setattr(course_start, name, new)
    _begin_anew_in_another_period(course_start, changed)
    said = {name: (_logged({name: old})[name], _logged({name: new})[name]) for name, (old, new) in changed.items()}
    record("edited", course_start, by=by, now=now, changes=said)
    told = editing.told(facts, touched)
    note_change(locked, {field.value: said[field] for field in told}, now=now)


def _begin_anew_in_another_period(course_start: CourseStart, changed: dict[str, tuple[Any, Any]]) -> None:
    """Forget when the offer came in when it moves to another period: there it has its own last day (R13)."""
    periods = {round_.period_id for round_ in changed.get("round", ())}
    if len(periods) > 1:
        CourseStart.objects.filter(pk=course_start.pk).update(submitted_on=None, late_reason="")
        course_start.submitted_on, course_start.late_reason = None, ""


def _against_values(row: CourseStart, fields: dict[str, Any], *, today: date) -> list[Reason]:
    """Return what is wrong with the new values; of a shown offer's, only what was not wrong with it before.

    One that has begun is finished also when the school's agreements have ended: it is asked about as when it began.
    """
    if row.status != CourseStartStatus.DRAFT:
        today = min(today, row.starts_on)
    reasons = against_offer(school=row.school, fields=fields, seats_taken=row.seats_taken, today=today)
    if row.status == CourseStartStatus.DRAFT:
        return reasons
    old = editing.said_before({name: getattr(row, name) for name in fields}, fields)
    known = against_offer(school=row.school, fields=old, seats_taken=row.seats_taken, today=today) if reasons else []
    return [reason for reason in reasons if reason not in known]


def _fields(offer: Offer) -> dict[str, Any]:
    round_ = lock_round(offer["round"])
    study_form = StudyForm(offer["study_form"]).value
    return {**offer, "round": round_, "starts_on": round_.starts_on, "study_form": study_form}


def against_offer(*, school: School, fields: Mapping[str, Any], seats_taken: int, today: date) -> list[Reason]:
    """Return every reason why the school may not offer this: dates, agreement, register, points, seats, times."""
    dates = {"starts_on": fields["starts_on"], "ends_on": fields["ends_on"]}
    reasons = rules.against_dates(**dates)
    course, industry = fields["course"], fields.get("industry")
    reasons += queries.against_agreement(school, course=course, industry=industry, **dates, today=today)
    reasons += queries.against_industry(school, industry, starts_on=fields["starts_on"])
    reasons += queries.against_study_form(school, StudyForm(fields["study_form"]), starts_on=fields["starts_on"])
    reasons += courses.against_offering(course, authority_id=school.authority_id, **dates, points=fields["points"])
    reasons += rules.against_points(in_register=fields["course"].points, points=fields["points"])
    reasons += rules.against_seats(seats=fields["seats"], seats_taken=seats_taken)
    reasons += against_pattern(fields["weekly_pattern"])
    if fields["round"].period.authority_id != school.authority_id:
        reasons.append(Reason("catalogue.round_of_another_authority"))
    return reasons


def _logged(fields: dict[str, Any]) -> dict[str, Any]:
    logged = dict(fields)
    if "course" in fields:
        logged["course"] = fields["course"].code
    if "round" in fields:
        logged["round"] = str(fields["round"].uuid)
    if "weekly_pattern" in fields:
        logged["weekly_pattern"] = written(fields["weekly_pattern"])
    if "industry" in fields:
        logged["industry"] = fields["industry"] and fields["industry"].code
    return logged
