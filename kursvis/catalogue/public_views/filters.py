"""The filters of the open catalogue's search as the page shows them: choices with counts, and what is chosen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kursvis.catalogue.queries.search import Found
from kursvis.catalogue.rules.facets import TIME_NAMES, Facet, Wanted
from kursvis.catalogue.rules.pace import FULL_TIME, PACES
from kursvis.core.wording import label, labels

SHOWN = 8
"""So many choices are seen at once; the others are folded."""
MOST_DAYS = 12
_YES_OR_NOT = (Facet.OPEN, Facet.SEATS)
_IN_ORDER = (Facet.PACE, Facet.TIME, Facet.MONTH, Facet.DAY)
"""Facets whose choices have an order of their own; of others the commonest stands first."""
Names = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """A value that one may choose, and how many course starts it would leave."""

    facet: Facet
    value: str
    text: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A facet with its choices; those that are not seen at once stand in `folded`."""

    facet: Facet
    seen: list[Choice]
    folded: list[Choice]

    @property
    def is_yes_or_not(self) -> bool:
        """Say whether there is one choice only, that needs no heading."""
        return self.facet in _YES_OR_NOT


@dataclass(frozen=True)
class Link:
    """A way to another search: an address, what it says, and how many it finds where that is known."""

    href: str
    text: str
    count: int | None = None


def address(wanted: Wanted) -> str:
    """Return a search's one address."""
    return f"?{urlencode(wanted.in_address())}"


def filters_of(wanted: Wanted, found: Found, names: Names) -> list[Filter]:
    """Return the filters that help: with something to choose between, or something chosen."""
    filters = []
    for facet in Facet:
        choices = _choices(facet, wanted, found, names)
        if _helps(facet, choices, wanted):
            seen = [one for place, one in enumerate(choices) if place < SHOWN or one.is_chosen]
            filters.append(Filter(facet, seen, [one for one in choices if one not in seen]))
    return filters


def chosen_links(wanted: Wanted, names: Names) -> list[Link]:
    """Return what is chosen, each with the search without it."""
    return [Link(address(wanted.without(facet, value)), named(facet, value, names)) for facet, value in _each(wanted)]


def proposals(wanted: Wanted, found: Found, names: Names) -> list[Link]:
    """Return the filters without which something would be found, the one that leaves most first."""
    links = [
        Link(
            address(wanted.without(facet)),
            ", ".join(named(facet, value, names) for value in sorted(wanted.of(facet))),
            found.without.get(facet, 0),
        )
        for facet in wanted.chosen
    ]
    return sorted((link for link in links if link.count), key=lambda link: -(link.count or 0))


def named(facet: Facet, value: str, names: Names) -> str:
    """Return what people call a value; what cannot be read stays as it stands."""
    if facet in (Facet.AUTHORITY, Facet.SCHOOL):
        return names.get(value, value)
    if facet is Facet.MONTH:
        day = _day(f"{value}-01")
        return date_format(day, "F Y") if day else value
    if facet is Facet.DAY:
        day = _day(value)
        return _("{day} (v. {week})").format(day=value, week=day.isocalendar().week) if day else value
    if facet is Facet.PACE and value in map(str, PACES):
        return _("{share} %, omkring {points} poäng i veckan").format(share=value, points=FULL_TIME * int(value) // 100)
    kind = {Facet.LEVEL: "level", Facet.STUDY_FORM: "study_form", Facet.TIME: "time_name"}.get(facet)
    if facet in _YES_OR_NOT:
        return str(label("facet", facet).text)
    return str(labels()[kind][value].text) if kind and value in labels()[kind] else value


def _choices(facet: Facet, wanted: Wanted, found: Found, names: Names) -> list[Choice]:
    counts = dict.fromkeys(wanted.of(facet), 0) | found.counts.get(facet, {})
    if facet is Facet.COURSE:
        counts = {value: counts[value] for value in wanted.of(facet)}
    choices = [
        Choice(facet, value, named(facet, value, names), count, value in wanted.of(facet))
        for value, count in counts.items()
    ]
    return sorted(choices, key=_natural if facet in _IN_ORDER else lambda one: (-one.count, one.text))


def _natural(choice: Choice) -> tuple[int, str]:
    return (TIME_NAMES.get(choice.value, 0) if choice.facet is Facet.TIME else len(choice.value), choice.value)


def _helps(facet: Facet, choices: list[Choice], wanted: Wanted) -> bool:
    if wanted.of(facet) or facet in _YES_OR_NOT:
        return bool(choices)
    if facet is Facet.COURSE or facet is Facet.DAY and len(choices) > MOST_DAYS and not wanted.of(Facet.MONTH):
        return False
    return len(choices) > 1


def _each(wanted: Wanted) -> Iterable[tuple[Facet, str]]:
    return ((facet, value) for facet in Facet for value in sorted(wanted.of(facet)))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
