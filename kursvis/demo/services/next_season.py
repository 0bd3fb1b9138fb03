"""The season to come: its rounds, what a school copies into it, its templates, and an agreement that limits."""

from datetime import date, timedelta
from typing import Any

from kursvis.catalogue.models import CourseStart, NationalCourse, Period
from kursvis.catalogue.queries.copying import proposed_rounds, rounds_of
from kursvis.catalogue.services import copying, offer, rounds, templates
from kursvis.core import time
from kursvis.demo.rules.offer import OFFER
from kursvis.demo.rules.season import coming_season
from kursvis.demo.services.offer import OFFICERS, Stage, Start, draft
from kursvis.organisation import services as organisation
from kursvis.organisation.models import Agreement, Authority, School
from kursvis.organisation.rules import AgreementKind

_LIMITED = "hantverk"
_TEMPLATES = ("MATE1A00X", "ENGE1000X", "GRNMATC")


def make_next_season(stage: Stage, starts: list[Start], *, today: date) -> None:
    """Make the coming season; Björkskolan copies a little of its offer and sends one start in, in time."""
    for authority in Authority.objects.order_by("pk"):
        _make_rounds(stage, authority, today=today)
    last = max(start.round.starts_on for start in starts)
    of_bjork = [start for start in starts if start.plan.school == "bjork" and start.round.starts_on == last]
    _copy_some([start.course_start for start in of_bjork[-2:]], stage, today=today)
    who: dict[str, Any] = {"by": stage.administrator("bjork"), "now": time.at_noon(today)}
    for start in of_bjork:
        if start.plan.code in _TEMPLATES:
            name = f"{start.course_start.course.name}, {start.plan.times.lower()}"[:80]
            templates.save_template(course_start=start.course_start, name=name, **who)
    _limit(stage, [start for start in starts if start.round.starts_on > today], today=today)


def _make_rounds(stage: Stage, authority: Authority, *, today: date) -> None:
    plan, by, now = coming_season(today), stage.actors[OFFICERS[authority.name]], time.at_noon(today)
    period = rounds.create_period(
        authority=authority, name=plan.name, opens_on=plan.opens_on, offer_by=plan.offer_by, by=by, now=now
    )
    for dates in plan.rounds:
        of_round = {"apply_by": dates.apply_by, "basis_on": dates.basis_on, "starts_on": dates.starts_on}
        rounds.create_round(period=period, **of_round, by=by, now=now)


def _copy_some(sources: list[CourseStart], stage: Stage, *, today: date) -> None:
    school, old = sources[0].school, sources[0].round.period
    new = Period.objects.get(authority_id=school.authority_id, name=coming_season(today).name)
    who: dict[str, Any] = {"by": stage.administrator("bjork"), "now": time.at_noon(today)}
    matched = {one.pk: other for one, other in proposed_rounds(rounds_of(old), rounds_of(new)).items()}
    chosen = {source.uuid for source in sources}
    copying.copy_offer(
        schools=School.objects.filter(pk=school.pk), old=old, new=new, rounds=matched, chosen=chosen, **who
    )
    copied = CourseStart.objects.filter(round__period=new, copied_from=sources[0].pk)
    for course_start in copied.select_related("round__period", "school", "course"):
        offer.submit(course_start=course_start, **who)


def _limit(stage: Stage, coming: list[Start], *, today: date) -> None:
    """A school has drafted a course in computing; its agreement is then limited to restaurants, and it is refused."""
    school = stage.schools[_LIMITED]
    agreement = Agreement.objects.select_related("school").get(school=school)
    start = min(coming, key=lambda one: one.round.starts_on)
    plan = next(one for one in OFFER if one.school == _LIMITED)
    course = NationalCourse.objects.get(authority=None, code="PROG1000X")
    ends_on = start.round.starts_on + timedelta(weeks=plan.weeks) - timedelta(days=3)
    if ends_on.year == start.round.starts_on.year and start.course_start.authority_id == school.authority_id:
        draft(stage, plan, start.round, course, on=today)
    organisation.change_agreement(
        agreement=agreement,
        kind=AgreementKind(agreement.kind),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        levels=["gymnasial"],
        industries=["REST"],
        by=stage.actors["system_administrator"],
        now=time.at_noon(today),
    )
