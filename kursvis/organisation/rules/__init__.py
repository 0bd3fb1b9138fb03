"""Agreements decide what a school may offer (help page R09, R11, R12)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.spans import covers


class ProviderKind(StrEnum):
    """Who runs the school."""

    OWN = "own"
    CONTRACTED = "contracted"


class AgreementKind(StrEnum):
    """Ordinary, or temporary: only education that ends within the year (R12)."""

    ORDINARY = "ordinary"
    TEMPORARY = "temporary"


@dataclass(frozen=True)
class AgreementFacts:
    """An agreement between the authority and the provider about one school.

    Limited to levels, and to industries (by code), where it names any; without any it is for all of them.
    """

    kind: AgreementKind
    starts_on: date
    ends_on: date | None
    levels: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    industry_names: tuple[str, ...] = field(default=(), compare=False)


def against_offering(
    agreements: list[AgreementFacts],
    *,
    starts_on: date,
    ends_on: date,
    level: str | None = None,
    industry: str | None = None,
) -> list[Reason]:
    """Return every reason why a school with these agreements may not offer education between two dates.

    One agreement that is in force at the start allows all of it: the level, the industry and the dates (R11). A
    temporary one allows only what ends by 31 December of the year in which it starts (R12), and not after the
    agreement itself; an ordinary one must be in force when the education starts (R09: who is placed may be finished).
    Level and industry are asked for where they are given; the industry "" is none.
    """
    in_force = [a for a in agreements if covers(a, starts_on)]
    if not in_force:
        return [Reason("organisation.no_agreement", {"day": starts_on})]
    of_each = [
        against_level(a, level) + against_industry(a, industry) + _against_end(a, starts_on, ends_on) for a in in_force
    ]
    return min(of_each, key=len)


def against_level(agreement: AgreementFacts, level: str | None) -> list[Reason]:
    """Return why an agreement does not let the school offer a level: it names others only."""
    if level is None or not agreement.levels or level in agreement.levels:
        return []
    agreed = [("level", one) for one in agreement.levels]
    return [Reason("organisation.level_not_agreed", {"level": ("level", level), "levels": agreed})]


def against_industry(agreement: AgreementFacts, industry: str | None) -> list[Reason]:
    """Return why an agreement does not let the school offer an industry: it names others only, or one must be told."""
    if industry is None or not agreement.industries or industry in agreement.industries:
        return []
    agreed = list(agreement.industry_names or agreement.industries)
    if not industry:
        return [Reason("organisation.industry_missing", {"industries": agreed})]
    return [Reason("organisation.industry_not_agreed", {"industries": agreed})]


def last_day_to_offer(agreement: AgreementFacts, *, starts_on: date) -> date | None:
    """Return the last day that what begins on a day may end on, or None: only a temporary agreement says (R12)."""
    if agreement.kind is AgreementKind.ORDINARY:
        return None
    return min(date(starts_on.year, 12, 31), agreement.ends_on or date.max)


def _against_end(agreement: AgreementFacts, starts_on: date, ends_on: date) -> list[Reason]:
    last_day = last_day_to_offer(agreement, starts_on=starts_on)
    if last_day is None or ends_on <= last_day:
        return []
    return [Reason("organisation.temporary_agreement", {"day": last_day})]


def takes_nobody_more(agreements: list[AgreementFacts], *, today: date) -> bool:
    """Say whether a school takes nobody any more: no agreement is in force, and none is to come (R09)."""
    return all(a.ends_on is not None and a.ends_on < today for a in agreements)


def against_new_placements(agreements: list[AgreementFacts], *, today: date) -> list[Reason]:
    """Return why a school may not take anybody new: no agreement is in force today (R09).

    Who is placed already is finished and graded; that asks for no agreement.
    """
    if any(covers(a, today) for a in agreements):
        return []
    ends = [a.ends_on for a in agreements if a.ends_on is not None and a.ends_on < today]
    if ends:
        return [Reason("organisation.agreement_has_ended", {"day": max(ends)})]
    return [Reason("organisation.no_agreement", {"day": today})]


def against_agreement(facts: AgreementFacts) -> list[Reason]:
    """Return what is wrong with an agreement: its dates, or a temporary one without an end (R12)."""
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        return [Reason("organisation.ends_before_start")]
    if facts.kind is AgreementKind.TEMPORARY and facts.ends_on is None:
        return [Reason("organisation.temporary_needs_an_end")]
    return []
