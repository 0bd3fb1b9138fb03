"""Reading the organisation."""

from kursvis.organisation.queries.units import (
    active_schools,
    agreements_by_school,
    agreements_of,
    all_authorities,
    authorities_where,
    count_hidden,
    schools_for_picker,
    schools_where,
)

__all__ = [
    "active_schools",
    "agreements_by_school",
    "agreements_of",
    "all_authorities",
    "authorities_where",
    "count_hidden",
    "schools_for_picker",
    "schools_where",
]
