"""Which ways in this installation has."""

from django.conf import settings
from django.db.models import Exists, OuterRef

from kursvis.accounts.models import DirectoryName, User


def has_electronic_id() -> bool:
    """Say whether anybody comes in by electronic ID: BankID, or the test e-ID of demo and tests."""
    return bool(settings.BANKID["address"] or settings.DEMO)


def named_in_a_directory() -> Exists:
    """Return the condition on users whom a directory that is in use knows."""
    return Exists(DirectoryName.objects.filter(user=OuterRef("pk"), directory__is_active=True))


def has_name_in_a_directory(user: User) -> bool:
    """Say whether a directory that is in use knows the user."""
    return DirectoryName.objects.filter(user=user, directory__is_active=True).exists()
