"""What a period's offer becomes in another period: the same answer before it is copied and when it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from kursvis.catalogue.models import CourseStart, Period, Round
from kursvis.catalogue.queries.courses import levels_instead
from kursvis.catalogue.rules import copying, register
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.core.reasons import Reason
from kursvis.organisation import queries as organisation
from kursvis.organisation.models import RegisterEntry, School
from kursvis.organisation.queries import registers
from kursvis.organisation.rules import AgreementFacts
from kursvis.organisation.rules.registers import Register, in_force

S = CourseStartStatus
_OFFERED = (S.SUBMITTED.value, S.PUBLISHED.value, S.HIDDEN.value)


@dataclass
class Copy:
    """What a course start becomes: its round and its end, or why it is not copied."""

    source: CourseStart
    round: Round | None
    ends_on: date | None = None
    reasons: list[Reason] = field(default_factory=list)

    def values(self) -> dict[str, Any]:
        """Return the fields of the draft. The points are the register's, where it gives any."""
        assert self.round
        assert self.ends_on
        kept = ("seats", "study_form", "place", "description", "weekly_pattern", "schedule_note", "industry", "course")
        source = self.source
        return {name: getattr(source, name) for name in kept} | {
            "round": self.round,
            "starts_on": self.round.starts_on,
            "ends_on": self.ends_on,
            "points": source.course.points or source.points,
        }


def periods_to_copy(schools: "QuerySet[School]") -> "QuerySet[Period]":
    """Return the periods with rounds of these schools' municipalities, the latest first."""
    of = schools.order_by().values("authority_id")
    rows = Period.objects.filter(Exists(Round.objects.filter(period=OuterRef("pk"))), authority_id__in=of)
    return rows.filter(kind=PeriodKind.ROUNDS.value).select_related("authority").order_by("-opens_on", "-pk")


def rounds_of(period: Period) -> list[Round]:
    """Return a period's rounds in order."""
    rounds = list(Round.objects.filter(period=period).order_by("starts_on"))
    for round_ in rounds:
        round_.period = period
    return rounds


def proposed_rounds(before: Sequence[Round], after: Sequence[Round]) -> dict[Round, Round | None]:
    """Return which of a new period's rounds each of an old one's is proposed to become."""
    by_key = {round_.pk: round_ for round_ in (*before, *after)}
    found = copying.matched([(one.pk, one.starts_on) for one in before], [(one.pk, one.starts_on) for one in after])
    return {by_key[key]: by_key[to] if to else None for key, to in found.items()}


def copies(
    schools: "QuerySet[School]", *, old: Period, new: Period, rounds: Mapping[int, Round | None], today: date
) -> list[Copy]:
    """Return what becomes of each course start that the schools have offered in a period, whatever their number of rows
    for the same few queries. `rounds` says, by key, what each of its rounds becomes.
    """
    rows = CourseStart.objects.filter(school__in=schools.order_by(), round__period=old, status__in=_OFFERED)
    rows = rows.select_related("school", "course__part_of", "round", "industry")
    sources = list(rows.order_by("school__name_key", "starts_on", "course__name_key", "pk"))
    held = _held(sources, new, today)
    found = [held.copied(source, rounds.get(source.round_id)) for source in sources]
    replaced = {str(one.values["code"]) for copy in found for one in copy.reasons if one.code == register.CANCELLED}
    instead = {code: str(row) for code, row in levels_instead(replaced).items()}
    for copy in found:
        copy.reasons = register.with_level_instead(copy.reasons, instead)
    return found


@dataclass
class _Held:
    """What copies are held against, read once for all of them."""

    agreements: dict[int, list[AgreementFacts]]
    study_forms: list[RegisterEntry]
    copied_before: set[int]
    today: date

    def copied(self, source: CourseStart, round_: Round | None) -> Copy:
        """Return what a course start becomes in a round, with every reason why not."""
        if source.pk in self.copied_before:
            return Copy(source, round_, reasons=[Reason("catalogue.copied_already")])
        if round_ is None:
            return Copy(source, None, reasons=[Reason("catalogue.no_round_to_copy_to", {"day": source.starts_on})])
        dates = {"starts_on": source.starts_on, "ends_on": source.ends_on}
        copy = Copy(source, round_, copying.end_of_copy(**dates, new_start=round_.starts_on))
        copy.reasons = self._against(copy)
        return copy

    def _against(self, copy: Copy) -> list[Reason]:
        source, values = copy.source, copy.values()
        starts_on = values["starts_on"]
        dates = {"starts_on": starts_on, "ends_on": values["ends_on"]}
        industry, kind = source.industry, StudyForm(source.study_form)
        if starts_on <= self.today:
            return [Reason("catalogue.round_has_begun", {"day": starts_on})]
        reasons = rules.against_agreement(
            self.agreements[source.school_id],
            **dates,
            today=self.today,
            level=source.course.level,
            industry=industry.code if industry else "",
        )
        if industry:
            reasons += rules.against_industry(industry.facts(), is_own=True, starts_on=starts_on)
        used = any(row.meaning == kind and in_force(row.facts(), day=starts_on) for row in self.study_forms)
        reasons += rules.against_study_form(kind, is_in_force=used, starts_on=starts_on)
        reasons += register.against_offering(source.course.facts(), **dates)
        if source.course.authority_id and source.course.part_of:
            reasons += register.against_offering(source.course.part_of.facts(), **dates)
        return reasons + register.against_orientation_points(source.course.facts(), points=values["points"])


def _held(sources: list[CourseStart], new: Period, today: date) -> _Held:
    schools = {source.school_id for source in sources}
    before = CourseStart.objects.filter(copied_from__in=[source.pk for source in sources], round__period=new)
    return _Held(
        agreements=organisation.agreements_by_school(schools),
        study_forms=list(registers.entries(new.authority_id, Register.STUDY_FORM)),
        copied_before=set(before.exclude(status=S.CANCELLED.value).values_list("copied_from_id", flat=True)),
        today=today,
    )
