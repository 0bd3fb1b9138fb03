"""What a search of the open catalogue is narrowed by, and how the address says it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kursvis.catalogue.rules.search import MOST_CHARACTERS, plain
from kursvis.catalogue.rules.weekly_pattern import Pattern, TimeOfDay, times_of_day


class Facet(StrEnum):
    """A filter; its value is its name in the address. Of one facet any chosen value may hold, of several facets all."""

    AUTHORITY = "kommun"
    LEVEL = "niva"
    SUBJECT = "amne"
    STUDY_FORM = "form"
    PACE = "takt"
    TIME = "tid"
    MONTH = "manad"
    DAY = "start"
    PLACE = "plats"
    SCHOOL = "skola"
    SEATS = "platser"
    OPEN = "oppen"
    COURSE = "kurs"


YES = "ja"
"""The only value of the facets that are either chosen or not."""
TIME_BITS = {TimeOfDay.MORNING: 1, TimeOfDay.AFTERNOON: 2, TimeOfDay.EVENING: 4, TimeOfDay.WEEKEND: 8}
NO_FIXED_TIMES = 16
TIME_NAMES = {"formiddag": 1, "eftermiddag": 2, "kvall": 4, "helg": 8, "inga": NO_FIXED_TIMES}
"""What the address calls the times of day."""
MOST_VALUES = 50
MOST_CHOSEN = 100
"""Of all facets together: each chosen value is a link on the page that names all the others."""
MOST_LENGTH = 160


@dataclass(frozen=True)
class Wanted:
    """What somebody searches for: her words, and the values that she has chosen of each facet."""

    typed: str = ""
    exact: bool = False
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)

    def of(self, facet: Facet) -> frozenset[str]:
        """Return the values chosen of a facet."""
        return self.chosen.get(facet, frozenset())

    def without(self, facet: Facet, value: str | None = None) -> "Wanted":
        """Return the same without one value of a facet, or without all of them."""
        rest = self.of(facet) - {value} if value is not None else frozenset()
        return replace(self, chosen=_only_chosen({**self.chosen, facet: rest}))

    def choosing(self, facet: Facet, value: str) -> "Wanted":
        """Return the same with one value more."""
        return replace(self, chosen={**self.chosen, facet: self.of(facet) | {value}})

    def asking(self, typed: str, *, exact: bool = False) -> "Wanted":
        """Return the same for other words."""
        return replace(self, typed=typed, exact=exact)

    def in_address(self) -> list[tuple[str, str]]:
        """Return names and values for the address, always in the same order: one search has one address."""
        words = [("q", self.typed)] * bool(self.typed) + [("exakt", YES)] * (self.exact and bool(self.typed))
        return words + [(facet.value, value) for facet in Facet for value in sorted(self.of(facet))]


def read_address(values: Mapping[str, Iterable[str]]) -> Wanted:
    """Return what an address asks for. What is too long, empty or no text is left out; nothing is refused."""
    typed = plain("".join(list(values.get("q", ()))[-1:]))[:MOST_CHARACTERS].strip()
    chosen = {facet: frozenset(list(_values(values.get(facet.value, ())))[:MOST_VALUES]) for facet in Facet}
    return Wanted(typed, YES in values.get("exakt", ()), _only_chosen(_first_of(chosen)))


def time_bits(pattern: Pattern) -> int:
    """Return the times of day of a weekly pattern as bits; without lessons it has no fixed times."""
    return sum(TIME_BITS[time] for time in times_of_day(pattern)) or NO_FIXED_TIMES


def place_of(place: str) -> str:
    """Return the place that one narrows by: what stands after an address's last comma, which is the town."""
    return place.rpartition(",")[2].strip(" ")


def _values(given: Iterable[str]) -> Iterable[str]:
    cleaned = (plain(value).strip() for value in given)
    return (value for value in cleaned if value and len(value) <= MOST_LENGTH)


def _first_of(chosen: Mapping[Facet, frozenset[str]]) -> dict[Facet, frozenset[str]]:
    room, kept = MOST_CHOSEN, {}
    for facet, values in chosen.items():
        kept[facet] = frozenset(sorted(values)[:room])
        room -= len(kept[facet])
    return kept


def _only_chosen(chosen: Mapping[Facet, frozenset[str]]) -> dict[Facet, frozenset[str]]:
    return {facet: values for facet, values in chosen.items() if values}
