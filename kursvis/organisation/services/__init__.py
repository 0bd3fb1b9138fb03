"""Setting up a municipality: its units and agreements, registers, prices, and what it decides."""

from kursvis.organisation.services.units import create_agreement, create_authority, create_provider, create_school

__all__ = ["create_agreement", "create_authority", "create_provider", "create_school"]
