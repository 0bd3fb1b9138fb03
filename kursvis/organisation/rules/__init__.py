"""Agreements decide what a school may offer (help page R09, R11, R12)."""

from dataclasses import dataclass
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
    """An agreement between the authority and the provider about one school."""

    kind: AgreementKind
    starts_on: date
    ends_on: date | None


def against_offering(agreements: list[AgreementFacts], *, starts_on: date, ends_on: date) -> list[Reason]:
    """Return every reason why a school with these agreements may not offer education between two dates.

    A temporary agreement allows only what ends by 31 December of the year in which it starts (R12), and not after the
    agreement itself; an ordinary one must be in force when the education starts (R09: who is placed may be finished).
    """
    in_force = [a for a in agreements if covers(a, starts_on)]
    if not in_force:
        return [Reason("organisation.no_agreement", {"day": starts_on})]
    if any(a.kind is AgreementKind.ORDINARY for a in in_force):
        return []
    last_day = date(starts_on.year, 12, 31)
    ends = [a.ends_on for a in in_force if a.ends_on is not None]
    last_day = min([last_day, *ends])
    if ends_on > last_day:
        return [Reason("organisation.temporary_agreement", {"day": last_day})]
    return []


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
