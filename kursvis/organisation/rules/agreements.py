"""Changing agreements: what has been is not rewritten, and a school has one agreement on one day (R09, R11, R12)."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.core.spans import covers, overlap
from kursvis.organisation.rules import AgreementFacts
from kursvis.organisation.rules.levels import Level


class AgreementState(StrEnum):
    """Where an agreement stands on a day; for a school with several, the one that says most."""

    IN_FORCE = "in_force"
    COMING = "coming"
    ENDED = "ended"
    NONE = "none"


def state_of(agreements: Sequence[AgreementFacts], *, today: date) -> AgreementState:
    """Return where a school's agreements stand: in force before coming before ended; none without any."""
    if any(covers(a, today) for a in agreements):
        return AgreementState.IN_FORCE
    if any(today < a.starts_on for a in agreements):
        return AgreementState.COMING
    return AgreementState.ENDED if agreements else AgreementState.NONE


def against_overlap(facts: AgreementFacts, *, others: Sequence[AgreementFacts]) -> list[Reason]:
    """Return why an agreement may not have its dates: the school's others count on some of the days."""
    overlapping = [other for other in others if overlap(facts, other)]
    if not overlapping:
        return []
    first = min(overlapping, key=lambda other: other.starts_on)
    if first.ends_on is None:
        return [Reason("organisation.agreement_without_end_overlaps", {"first": first.starts_on})]
    return [Reason("organisation.agreements_overlap", {"first": first.starts_on, "last": first.ends_on})]


def against_limits(facts: AgreementFacts, *, known_industries: Collection[str]) -> list[Reason]:
    """Return what is wrong with what an agreement is limited to: a level or an industry that nobody knows."""
    levels = [one for one in facts.levels if one not in list(Level)]
    industries = [code for code in facts.industries if code not in known_industries]
    return [Reason("organisation.unknown_level", {"level": one}) for one in levels] + [
        Reason("organisation.unknown_industry", {"code": code}) for code in industries
    ]


def against_change(old: AgreementFacts, new: AgreementFacts, *, today: date) -> list[Reason]:
    """Return why an agreement may not be changed so: kind and first day stay once it has begun, and days that have
    been stay as they were. Levels and industries may change: they decide what is offered from now on.
    """
    if old.starts_on > today:
        return []
    reasons = []
    if (new.kind, new.starts_on) != (old.kind, old.starts_on):
        reasons.append(Reason("organisation.agreement_has_begun", {"day": old.starts_on}))
    if (new.ends_on, new.levels, new.industries) != (old.ends_on, old.levels, old.industries):
        reasons += _against_last_day(old, new, today=today)
    return reasons


def _against_last_day(old: AgreementFacts, new: AgreementFacts, *, today: date) -> list[Reason]:
    if old.ends_on is not None and old.ends_on < today:
        return [Reason("organisation.agreement_is_over", {"day": old.ends_on})]
    if new.ends_on is not None and new.ends_on < today:
        return [Reason("organisation.last_day_has_been", {"day": today})]
    return []


def against_removing(facts: AgreementFacts, *, today: date) -> list[Reason]:
    """Return why an agreement may not be taken away: it has begun."""
    return [] if facts.starts_on > today else [Reason("organisation.agreement_has_begun", {"day": facts.starts_on})]
