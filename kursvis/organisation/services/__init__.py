"""Setting up a municipality: its units and agreements, registers, prices, and what it decides."""

from kursvis.organisation.services.agreements import change_agreement, create_agreement, remove_agreement
from kursvis.organisation.services.authorities import create_authority, edit_authority
from kursvis.organisation.services.units import create_provider, create_school, edit_provider, edit_school

__all__ = [
    "change_agreement",
    "create_agreement",
    "create_authority",
    "create_provider",
    "create_school",
    "edit_authority",
    "edit_provider",
    "edit_school",
    "remove_agreement",
]
