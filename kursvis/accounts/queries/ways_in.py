"""Which ways in this installation has."""

from django.conf import settings


def has_electronic_id() -> bool:
    """Say whether anybody comes in by electronic ID: BankID, or the test e-ID of demo and tests."""
    return bool(settings.BANKID["address"] or settings.DEMO)
