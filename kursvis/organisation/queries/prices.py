"""Reading price lists, and what a course costs."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.core.models import not_over
from kursvis.organisation.models import Price, PriceList, Provider, RegisterEntry
from kursvis.organisation.queries.registers import entries
from kursvis.organisation.rules.prices import price_of
from kursvis.organisation.rules.registers import Register


def price_on(provider_id: int, industry: RegisterEntry, day: date) -> Decimal | None:
    """Return the kronor a point that a provider is paid for an industry on a day, or None; for one query."""
    prices = Price.objects.filter(industry=industry).filter(
        Q(price_list__provider_id=provider_id) | Q(price_list__provider_id=None)
    )
    rows = [(price.price_list.facts(), price.per_point) for price in prices.select_related("price_list")]
    return price_of(rows, provider_id=provider_id, day=day)


def price_lists_of(authority_id: int) -> QuerySet[PriceList]:
    """Return an authority's price lists with how many prices each has, the latest first."""
    rows = PriceList.objects.filter(authority_id=authority_id).select_related("provider")
    return rows.annotate(priced=Count("prices")).order_by("-starts_on", "provider__name", "pk")


def listed(rows: QuerySet[PriceList], *, on: date, shows_inactive: bool) -> QuerySet[PriceList]:
    """Return what the page shows: what counts or will count, and all with *Visa inaktiva* (R09)."""
    return rows if shows_inactive else rows.filter(not_over(on))


def price_list_for(actor: Actor, uuid: UUID) -> PriceList:
    """Return a price list of an authority whose prices the actor sets, or 404."""
    reached = PriceList.objects.filter(authority_id__in=actor.authorities(Permission.EDIT_PRICES))
    return get_object_or_404(reached.select_related("authority", "provider"), uuid=uuid)


def prices_of(price_list: PriceList) -> list[Price]:
    """Return a list's prices, by the name of the industry."""
    return list(price_list.prices.select_related("industry").order_by("industry__name_key", "pk"))


def industries_to_price(authority_id: int, *, on: date) -> list[RegisterEntry]:
    """Return the industries that a list may have prices for: what is or will be in force, by name."""
    return list(entries(authority_id, Register.INDUSTRY).filter(not_over(on)))


def providers_of(authority_id: int) -> QuerySet[Provider]:
    """Return an authority's providers, by name."""
    return Provider.objects.filter(authority_id=authority_id).order_by("name")
