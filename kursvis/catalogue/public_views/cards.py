"""What a course and its starts say on a card in the open catalogue."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kursvis.catalogue.public_views.filters import address
from kursvis.catalogue.queries import agreement, study_forms
from kursvis.catalogue.queries.search import FoundCourse, starts_of
from kursvis.catalogue.rules import pace
from kursvis.catalogue.rules.facets import Facet, Wanted
from kursvis.core.reasons import Reason


def card(course_start: Any, against: list[Reason], *, today: date) -> dict[str, Any]:
    """Return what a card shows: the course start, why nobody may apply, how many days are left, and its pace."""
    facts = course_start.facts()
    a_week = pace.points_a_week(course_start.points, starts_on=course_start.starts_on, ends_on=course_start.ends_on)
    return {
        "course_start": course_start,
        "against": against,
        "days_left": (facts.apply_by - today).days,
        "opens_later": today < facts.opens_on,
        "points_a_week": pace.shown(a_week),
        "percent": pace.percent(a_week),
    }


def course_cards(
    courses: Iterable[FoundCourse], wanted: Wanted, *, today: date, most: int | None, name_forms: bool
) -> list[dict[str, Any]]:
    """Return a card for each course, with at most so many of its starts, for three queries whatever their number."""
    listed = [(course, course.starts[:most]) for course in courses]
    rows = {row.pk: row for row in starts_of(key for _, keys in listed for key in keys)}
    if name_forms:
        study_forms.name_study_forms(rows.values())
    against = agreement.against_applying_to(rows.values(), today=today)
    cards = []
    for course, keys in listed:
        starts = [card(rows[key], against[key], today=today) for key in keys if key in rows]
        if starts:
            one = starts[0]["course_start"].course
            cards.append(
                {
                    "course": one,
                    "starts": starts,
                    "count": len(course.starts),
                    "all": address(wanted.without(Facet.COURSE).choosing(Facet.COURSE, one.code)),
                    "is_cut": len(keys) < len(course.starts),
                }
            )
    return cards
