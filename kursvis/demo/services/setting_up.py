"""Deciding what a municipality decides: delegations, registers, prices and settings, each by who would."""

from datetime import date, timedelta
from decimal import Decimal

from kursvis.access.actors import SYSTEM, Actor
from kursvis.accounts import services as accounts
from kursvis.accounts.models import User
from kursvis.accounts.rules.delegations import DelegatedDecision
from kursvis.core import time
from kursvis.demo.rules import decided
from kursvis.demo.rules.cast import MALARVIK
from kursvis.demo.services.offer import Stage
from kursvis.demo.services.people import YEARS_BACK
from kursvis.organisation.models import Authority, Provider, RegisterEntry
from kursvis.organisation.rules.registers import Register
from kursvis.organisation.services import prices, registers, settings

A_YEAR = timedelta(days=365)


def delegate_decisions(users: dict[str, User], *, today: date) -> None:
    """Fill both delegation registers: by role, and in the first municipality also to one person, by name."""
    first_day = today - YEARS_BACK
    for authority in Authority.objects.order_by("pk"):
        for decision, role, point in decided.DELEGATED:
            accounts.delegate(
                authority=authority,
                decision=decision,
                role=role,
                reference=f"Delegationsordning {first_day.year}, {point}",
                starts_on=first_day,
                by=SYSTEM,
                now=time.at_noon(first_day),
            )
    accounts.delegate(
        authority=Authority.objects.get(name=MALARVIK),
        decision=DelegatedDecision.COST_COMMITMENT,
        user=users["municipal_principal"],
        reference=f"Nämndens beslut {today.year - 1}-11-12 § 84",
        starts_on=date(today.year, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        by=SYSTEM,
        now=time.at_noon(date(today.year, 1, 1)),
    )


def decide_the_rest(stage: Stage, *, today: date) -> None:
    """Fill registers and prices of both municipalities, and settings of the first; the second keeps the defaults."""
    for authority in Authority.objects.order_by("pk"):
        is_first = authority.name == MALARVIK
        by: Actor = stage.actors["system_administrator"] if is_first else SYSTEM
        industries = _registers(authority, by, today)
        _prices(authority, industries, stage.actors["economist"] if is_first else SYSTEM, today)
        if is_first:
            _settings(authority, by, today)


def _registers(authority: Authority, by: Actor, today: date) -> dict[str, RegisterEntry]:
    """Add the municipality's own entries, and end one of them; return the industries by code."""
    first_day = today - YEARS_BACK
    now = time.at_noon(first_day)
    industries = [(Register.INDUSTRY, code, name, "", "") for code, name, _price in decided.INDUSTRIES]
    added = {}
    for register, code, name, text, meaning in (*industries, *decided.ENTRIES, decided.ENDED):
        added[register, code] = registers.add_entry(
            authority=authority,
            register=register,
            code=code,
            name=name,
            text=text,
            meaning=meaning,
            starts_on=first_day,
            by=by,
            now=now,
        )
    last_day = today - A_YEAR
    registers.end_entry(entry=added[decided.ENDED[:2]], ends_on=last_day, by=by, now=time.at_noon(last_day))
    return {code: added[Register.INDUSTRY, code] for code, _name, _price in decided.INDUSTRIES}


def _prices(authority: Authority, industries: dict[str, RegisterEntry], by: Actor, today: date) -> None:
    """Set prices in force for all, dearer ones from next year, and those of a provider of her own."""
    first_day, next_year = date(today.year - 1, 1, 1), date(today.year + 1, 1, 1)
    now = time.at_noon(today - timedelta(days=20))
    of_all = {industries[code]: price for code, _name, price in decided.INDUSTRIES}
    in_force = prices.create_price_list(
        authority=authority,
        provider=None,
        name=f"Prislista {first_day.year}–{today.year}",
        starts_on=first_day,
        ends_on=None,
        prices=of_all,
        by=by,
        now=time.at_noon(first_day),
    )
    name = f"Prislista {next_year.year}"
    coming = prices.copy_price_list(price_list=in_force, name=name, starts_on=next_year, by=by, now=now)
    dearer = {entry: (price * decided.RISE).quantize(Decimal("0.01")) for entry, price in of_all.items()}
    prices.edit_price_list(
        price_list=coming, name=name, starts_on=next_year, ends_on=None, prices=dearer, by=by, now=now
    )
    number, own = decided.CONTRACTED
    provider = Provider.objects.filter(authority=authority, organisation_number=number).first()
    if provider is not None:
        prices.create_price_list(
            authority=authority,
            provider=provider,
            name=f"Avtalspriser {provider.name}",
            starts_on=date(today.year, 1, 1),
            ends_on=date(today.year + 1, 12, 31),
            prices={industries[code]: price for code, price in own.items()},
            by=by,
            now=time.at_noon(date(today.year, 1, 1)),
        )


def _settings(authority: Authority, by: Actor, today: date) -> None:
    for values, first_day, on in (
        (decided.FIRST_VALUES, today - A_YEAR, today - A_YEAR),
        (decided.COMING_VALUES, date(today.year + 1, 1, 1), today - timedelta(days=20)),
    ):
        for setting, value in values:
            settings.set_value(
                authority=authority, setting=setting, value=value, starts_on=first_day, by=by, now=time.at_noon(on)
            )
