"""Which version of the open data it is."""

from datetime import date
from hashlib import sha256

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max

from kursvis.audit.models import Event
from kursvis.reporting.open_data.queries.items import course_starts, edition_at

_BEHIND = (
    "organisation.agreement",
    "organisation.registerentry",
    "catalogue.nationalcourse",
    "catalogue.package",
    "catalogue.packagestart",
)
"""Whose steps change the data beside those that `course_starts` counts; an agreement: what can be applied for."""


def version_of(of: str, *, today: date) -> str:
    """Return the tag of a version of `of`, an address: another one when anything in any of the data is another.

    It is a weak one, for the answer may be compressed. A time (Last-Modified) is not given: seats are taken and given
    back at no time that is noted here.
    """
    rows = course_starts(today=today, removed_too=True).order_by()
    found = rows.aggregate(rows=Count("pk"), at=Max("edited"), seats=ArrayAgg("seats_taken", order_by="pk"))
    behind = Event.objects.filter(subject__in=_BEHIND).aggregate(last=Max("pk"))["last"]
    parts = (of, today, edition_at(), behind, found["rows"], found["at"], found["seats"])
    return f'W/"{sha256("|".join(map(str, parts)).encode()).hexdigest()[:32]}"'
