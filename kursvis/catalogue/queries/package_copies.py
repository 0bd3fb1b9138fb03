"""What a copy of a package with levels of Gy25 would be, before it is made."""

from dataclasses import dataclass
from datetime import date

from kursvis.catalogue.models import NationalCourse, Package
from kursvis.catalogue.queries import packages
from kursvis.catalogue.queries.courses import levels_instead
from kursvis.catalogue.rules import package_copies as rules
from kursvis.catalogue.rules.package_copies import CopiedPlaces, Fate
from kursvis.catalogue.rules.packages import Totals, totals
from kursvis.core.reasons import Reason


@dataclass(frozen=True)
class CopiedRow:
    """A course of a package as the page of its copy shows it."""

    number: int
    course: NationalCourse
    fate: Fate
    becomes: NationalCourse | None
    is_alternative: bool


@dataclass(frozen=True)
class Proposal:
    """A copy that is not made as yet: its courses, by code, and what becomes of each course of the package."""

    places: CopiedPlaces
    courses: dict[str, NationalCourse]
    rows: list[CopiedRow]
    before: Totals
    after: Totals

    @property
    def left_out(self) -> int:
        """How many courses have nothing that stands for them in the copy."""
        return sum(row.becomes is None for row in self.rows)

    def against(self) -> list[Reason]:
        """Return why the copy cannot be made."""
        return rules.against_copying(self.places)


def proposal(package: Package, *, today: date) -> Proposal:
    """Return the package with each course that nobody may begin any more replaced by its level, where one is known."""
    every = {course.code: course for place in packages.shown_places(package) for course in place.courses}
    ended = {code for code, course in every.items() if packages.against_putting_in(course, today)}
    levels = levels_instead(ended)
    places = rules.copied(
        packages.places_of(package),
        ended=ended,
        levels={code: level.code for code, level in levels.items()},
        ended_levels={level.code for level in levels.values() if packages.against_putting_in(level, today)},
    )
    courses = every | {level.code: level for level in levels.values()}
    rows = [
        CopiedRow(number, every[one.code], one.fate, courses[one.becomes] if one.becomes else None, at > 0)
        for number, place in enumerate(places, start=1)
        for at, one in enumerate(place)
    ]
    points = [[courses[code].points or 0 for code in codes] for codes in rules.places_of_copy(places)]
    return Proposal(places, courses, rows, packages.totals_of(package), totals(points))
