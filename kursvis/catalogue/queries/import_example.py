"""A file to try an import with: what is really offered at the school's municipality, and one row that is wrong."""

from datetime import date

from django.db.models import QuerySet

from kursvis.catalogue.models import NationalCourse
from kursvis.catalogue.queries.courses import courses_to_offer
from kursvis.catalogue.queries.rounds import rounds_to_offer_in
from kursvis.catalogue.rules.imports.written import csv_of
from kursvis.catalogue.rules.rounds import proposed_end
from kursvis.organisation.models import School

_HEADINGS = ("Kurskod", "Kurs", "Startdatum", "Slutdatum", "Platser", "Studieform", "Tider", "Lokal")
_LOOKED_FOR = ("matematik", "engelska", "svenska")


def example_file(schools: "QuerySet[School]", *, today: date) -> bytes:
    """Return the file: three courses in the next round of the schools' municipality, in different date forms."""
    round_ = rounds_to_offer_in(schools, today=today).first()
    starts_on = round_.starts_on if round_ else today
    ends_on = proposed_end(starts_on)
    ways = (
        (starts_on.isoformat(), ends_on.isoformat()),
        (f"{starts_on:%d.%m.%Y}", f"{ends_on:%d.%m.%Y}"),
        (f"{starts_on.day}/{starts_on.month} {starts_on.year}", f"{ends_on.day}/{ends_on.month} {ends_on.year}"),
    )
    rest = (["24", "Klassrum", "måndag och onsdag 9.00–11.30", "Sal 12"], ["30", "Distans", "", ""])
    rows = [
        [course.code, course.name, *days, *rest[place % 2]]
        for place, (course, days) in enumerate(zip(_courses(schools, today), ways, strict=False))
    ]
    wrong = ["FINNSINTE", "En rad som inte går", *ways[0], *rest[0]]
    return csv_of([_HEADINGS, *rows, wrong])


def _courses(schools: "QuerySet[School]", today: date) -> list[NationalCourse]:
    found = [next(iter(courses_to_offer(word, schools=schools, today=today)), None) for word in _LOOKED_FOR]
    return [course for course in found if course]
