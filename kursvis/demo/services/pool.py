"""Invented students: names by how common they are, official test numbers, fictional addresses."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kursvis.core import official_test_numbers, personnummer
from kursvis.demo.rules.cast import CAST
from kursvis.demo.rules.colleagues import COLLEAGUES

DATA = Path(__file__).resolve().parents[1] / "data"
SWEDISH_SHARE = 0.45
STREETS = ("Storgatan", "Björkvägen", "Skolgatan", "Sjövägen", "Ringvägen", "Kvarngatan", "Hamngatan", "Lärkvägen")
PLACES = (("990 10", "Mälarvik"), ("990 12", "Mälarvik"), ("990 14", "Mälarvik"), ("990 20", "Näsby"))


@dataclass(frozen=True)
class Invented:
    """A person who does not exist."""

    first_name: str
    last_name: str
    personnummer: str
    birth_date: date
    street: str
    postal_code: str
    locality: str


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, str], tuple[list[str], list[int]]]:
    """Return (group, kind) → names with their weights; the group "" is the most common names of all."""
    found: dict[tuple[str, str], tuple[list[str], list[int]]] = {}
    for file in ("names.csv", "name_groups.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                names, weights = found.setdefault((row.get("group", ""), row["kind"]), ([], []))
                names.append(row["name"])
                weights.append(int(row["weight"]))
    return found


@lru_cache(maxsize=1)
def _groups() -> tuple[list[str], list[int]]:
    with (DATA / "name_groups.csv").open(encoding="utf-8", newline="") as rows:
        weights = {row["group"]: int(row["group_weight"]) for row in csv.DictReader(rows)}
    return list(weights), list(weights.values())


def _adults(today: date) -> list[str]:
    """Return the official test numbers of personal-number kind for ages 20–64, without the staff's and the cast's."""
    taken = {person.personnummer for person in (*CAST, *COLLEAGUES)}
    numbers = [n for n in official_test_numbers.all_numbers() if not personnummer.is_coordination_number(n)]
    return sorted(n for n in numbers if n not in taken and 20 <= today.year - int(n[:4]) <= 64)


def invented_people(*, today: date, seed: int = 2026) -> Iterator[Invented]:
    """Yield invented adults, always the same for a seed, until the official test numbers are used up."""
    chance = random.Random(seed)  # no secrets here
    numbers = _adults(today)
    chance.shuffle(numbers)
    for number in numbers:
        group = "" if chance.random() < SWEDISH_SHARE else chance.choices(*_groups())[0]
        given = "given_m" if int(number[10]) % 2 else "given_f"
        postal_code, locality = chance.choice(PLACES)
        yield Invented(
            first_name=_drawn(chance, group, given),
            last_name=_drawn(chance, group, "surname"),
            personnummer=number,
            birth_date=personnummer.birth_date(number),
            street=f"{chance.choice(STREETS)} {chance.randint(1, 60)}",
            postal_code=postal_code,
            locality=locality,
        )


def _drawn(chance: random.Random, group: str, kind: str) -> str:
    names, weights = _names()[group, kind]
    return chance.choices(names, weights)[0]
