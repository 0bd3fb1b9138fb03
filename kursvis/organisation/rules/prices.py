"""What a course costs: kronor a point by industry, from a day to a day (help page: "Timmar, typ och bransch")."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kursvis.core.reasons import Reason
from kursvis.core.spans import covers, overlap

MOST = Decimal(10_000)


@dataclass(frozen=True)
class PriceListFacts:
    """A price list: whose, when it counts, and what people call it."""

    provider_id: int | None
    starts_on: date
    ends_on: date | None
    name: str = ""


def against_price_list(facts: PriceListFacts, *, others: Collection[PriceListFacts]) -> list[Reason]:
    """Return what is wrong with a price list: its dates, or another of the same provider on some of its days."""
    if facts.ends_on is not None and facts.ends_on < facts.starts_on:
        return [Reason("organisation.ends_before_start")]
    same = [other for other in others if other.provider_id == facts.provider_id and overlap(facts, other)]
    if not same:
        return []
    return [Reason("organisation.price_lists_overlap", {"name": same[0].name, "day": same[0].starts_on})]


def against_price(per_point: Decimal) -> list[Reason]:
    """Return what is wrong with a price a point, in kronor."""
    return [] if 0 <= per_point <= MOST else [Reason("organisation.price_outside_limits", {"most": MOST})]


def against_changing(facts: PriceListFacts, *, today: date) -> list[Reason]:
    """Return why prices may not be changed: a list that has begun has been used, and is ended by a new one."""
    if facts.starts_on <= today:
        return [Reason("organisation.price_list_has_begun", {"day": facts.starts_on})]
    return []


def against_ending(facts: PriceListFacts, *, ends_on: date, today: date) -> list[Reason]:
    """Return why a list may not count until a day: what has been is not changed."""
    if ends_on < facts.starts_on:
        return [Reason("organisation.ends_before_start")]
    if facts.ends_on is not None and facts.ends_on < today:
        return [Reason("organisation.price_list_is_over", {"day": facts.ends_on})]
    return [] if ends_on >= today else [Reason("organisation.end_has_been", {"day": today})]


def against_copying(facts: PriceListFacts, *, starts_on: date, today: date) -> list[Reason]:
    """Return why a list may not go on as a new one from a day: where it counts then, it has to end the day before."""
    if covers(facts, starts_on) and starts_on <= max(facts.starts_on, today):
        return [Reason("organisation.copy_begins_too_early", {"day": max(facts.starts_on, today)})]
    return []


def price_of(prices: Iterable[tuple[PriceListFacts, Decimal]], *, provider_id: int, day: date) -> Decimal | None:
    """Return the price that counts on a day, of one industry's prices and their lists; None where there is none.

    The provider's own list comes first. Where it has no price for the industry, the list for everybody else counts.
    """
    counting = {facts.provider_id: price for facts, price in prices if covers(facts, day)}
    return counting.get(provider_id, counting.get(None))
