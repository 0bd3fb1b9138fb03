"""Price lists: kronor a point by industry, for one provider or for everybody else, from a day to a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.core.reasons import Reason, refuse_if
from kursvis.core.spans import covers
from kursvis.core.time import swedish_date
from kursvis.organisation.models import Authority, Price, PriceList, Provider, RegisterEntry
from kursvis.organisation.rules import prices as rules
from kursvis.organisation.rules.prices import PriceListFacts
from kursvis.organisation.rules.registers import Register

Prices = Mapping[RegisterEntry, Decimal]
"""Kronor a point by industry; an industry that is left out has no price in the list."""


@transaction.atomic
def create_price_list(
    *,
    authority: Authority,
    provider: Provider | None,
    name: str,
    starts_on: date,
    ends_on: date | None,
    prices: Prices,
    by: Actor,
    now: datetime,
) -> PriceList:
    """Create a price list with its prices; without a provider it counts for everybody who has none of her own.

    Raises `Refused` for dates in the wrong order, another list of the same provider on some of the days, and prices
    outside the limits or of something that is no industry of the authority.
    """
    _lock(authority.pk)
    facts = PriceListFacts(provider.pk if provider else None, starts_on, ends_on)
    refuse_if(rules.against_price_list(facts, others=_others(authority.pk)) + _against_prices(authority.pk, prices))
    price_list = PriceList.objects.create(
        authority=authority, provider=provider, name=name.strip(), starts_on=starts_on, ends_on=ends_on
    )
    _set_prices(price_list, prices)
    _record(
        "price_list.created",
        price_list,
        by=by,
        now=now,
        provider=provider.name if provider else "",
        name=price_list.name,
        starts_on=starts_on,
        ends_on=ends_on,
        prices=_named(prices),
    )
    return price_list


@transaction.atomic
def edit_price_list(
    *,
    price_list: PriceList,
    name: str,
    starts_on: date,
    ends_on: date | None,
    prices: Prices,
    by: Actor,
    now: datetime,
) -> None:
    """Change a list that has not begun: its name, dates and prices.

    Raises `Refused` when it has begun, and for what `create_price_list` refuses.
    """
    _lock(price_list.authority_id)
    old = PriceList.objects.get(pk=price_list.pk)
    facts = replace(old.facts(), starts_on=starts_on, ends_on=ends_on)
    refuse_if(rules.against_changing(old.facts(), today=swedish_date(now)))
    refuse_if(
        rules.against_price_list(facts, others=_others(old.authority_id, but=old))
        + _against_prices(old.authority_id, prices)
    )
    before = {price.industry: price.per_point for price in Price.objects.filter(price_list=old)}
    changed = _changed(old, name=name.strip(), starts_on=starts_on, ends_on=ends_on) | _changed_prices(before, prices)
    if not changed:
        return
    PriceList.objects.filter(pk=old.pk).update(name=name.strip(), starts_on=starts_on, ends_on=ends_on)
    Price.objects.filter(price_list=old).delete()
    _set_prices(old, prices)
    _record("price_list.edited", old, by=by, now=now, **changed)


@transaction.atomic
def end_price_list(*, price_list: PriceList, ends_on: date, by: Actor, now: datetime) -> None:
    """Let a list count until a day, that day included.

    Raises `Refused` for a day that has been, or before the list's first, or when another list has begun by then.
    """
    _lock(price_list.authority_id)
    old = PriceList.objects.get(pk=price_list.pk)
    refuse_if(
        rules.against_ending(old.facts(), ends_on=ends_on, today=swedish_date(now))
        + rules.against_price_list(replace(old.facts(), ends_on=ends_on), others=_others(old.authority_id, but=old))
    )
    _end(old, ends_on, by=by, now=now)


@transaction.atomic
def copy_price_list(*, price_list: PriceList, name: str, starts_on: date, by: Actor, now: datetime) -> PriceList:
    """Begin a new list with the same prices on a day; a list that counts then ends the day before.

    Raises `Refused` when the old one would have to end before today or before it began, and for an overlap with a
    third.
    """
    _lock(price_list.authority_id)
    old = PriceList.objects.select_related("authority", "provider").get(pk=price_list.pk)
    refuse_if(rules.against_copying(old.facts(), starts_on=starts_on, today=swedish_date(now)))
    if covers(old.facts(), starts_on):
        _end(old, starts_on - timedelta(days=1), by=by, now=now)
    return create_price_list(
        authority=old.authority,
        provider=old.provider,
        name=name,
        starts_on=starts_on,
        ends_on=None,
        prices={price.industry: price.per_point for price in old.prices.select_related("industry")},
        by=by,
        now=now,
    )


def _end(price_list: PriceList, ends_on: date, *, by: Actor, now: datetime) -> None:
    PriceList.objects.filter(pk=price_list.pk).update(ends_on=ends_on)
    _record("price_list.ended", price_list, by=by, now=now, ends_on=[price_list.ends_on, ends_on])


def _lock(authority_id: int) -> None:
    """Let one at a time change the price lists of an authority, so that the rule sees every other list."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority_id)


def _others(authority_id: int, but: PriceList | None = None) -> list[PriceListFacts]:
    rows = PriceList.objects.filter(authority_id=authority_id).order_by("starts_on")
    return [row.facts() for row in rows if row != but]


def _against_prices(authority_id: int, prices: Prices) -> list[Reason]:
    wrong = [reason for per_point in prices.values() for reason in rules.against_price(per_point)]
    is_industry = all(
        (entry.authority_id, entry.register) == (authority_id, Register.INDUSTRY.value) for entry in prices
    )
    return wrong[:1] + ([] if is_industry else [Reason("organisation.entry_of_another_register")])


def _set_prices(price_list: PriceList, prices: Prices) -> None:
    Price.objects.bulk_create(
        Price(price_list=price_list, industry=industry, per_point=per_point) for industry, per_point in prices.items()
    )


def _changed(old: PriceList, **new: Any) -> dict[str, Any]:
    return {name: [getattr(old, name), value] for name, value in new.items() if getattr(old, name) != value}


def _changed_prices(before: Prices, after: Prices) -> dict[str, Any]:
    old, new = _named(before), _named(after)
    every = sorted(old.keys() | new.keys())
    return {name: [old.get(name), new.get(name)] for name in every if old.get(name) != new.get(name)}


def _named(prices: Prices) -> dict[str, str]:
    return {industry.name: f"{per_point:.2f}".replace(".", ",") for industry, per_point in prices.items()}


def _record(verb: str, price_list: PriceList, *, by: Actor, now: datetime, **detail: Any) -> None:
    audit.record(verb=verb, by=by, subject=price_list, authority_id=price_list.authority_id, now=now, **detail)
