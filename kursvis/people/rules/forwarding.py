"""Post to protected persons goes through the tax agency, which knows where they live (rules.md 7.12). Pure."""

from kursvis.core.reasons import Reason


def against_forwarding(address: str) -> list[Reason]:
    """Return why nothing can be sent on: the municipality has not said where such letters are sent."""
    return [] if address.strip() else [Reason("people.forwarding_address_missing")]
