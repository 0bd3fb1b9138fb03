"""What a course costs: kronor a point by industry, from a day to a day (help page: "Timmar, typ och bransch")."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kursvis.core.reasons import Reason

MOST = Decimal(10_000)


@dataclass(frozen=True)
class PriceListFacts:
    """A price list: whose, and when it counts."""

    provider_id: int | None
    starts_on: date
    ends_on: date | None


def against_price_list(facts: PriceListFacts, *, others: Collection[PriceListFacts]) -> list[Reason]:
    """Return what is wrong with a price list: its dates, or another of the same provider on some of its days."""
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        return [Reason("organisation.ends_before_start")]
    same = [other for other in others if other.provider_id == facts.provider_id and _overlap(facts, other)]
    return [Reason("organisation.price_lists_overlap", {"day": same[0].starts_on})] if same else []


def _overlap(one: PriceListFacts, other: PriceListFacts) -> bool:
    return (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )


def against_price(per_point: Decimal) -> list[Reason]:
    """Return what is wrong with a price a point, in kronor."""
    return [] if 0 <= per_point <= MOST else [Reason("organisation.price_outside_limits", {"most": MOST})]


def against_changing(facts: PriceListFacts, *, today: date) -> list[Reason]:
    """Return why prices may not be changed: a list that has begun has been used, and is ended by a new one."""
    if facts.starts_on <= today:
        return [Reason("organisation.price_list_has_begun", {"day": facts.starts_on})]
    return []
