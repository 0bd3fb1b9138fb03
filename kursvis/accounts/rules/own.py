"""What somebody may change of her own account."""

from kursvis.core.reasons import Reason


def against_wrong_password(*, is_right: bool) -> list[Reason]:
    """Return the refusal of a change for which the own password was not shown."""
    return [] if is_right else [Reason("accounts.wrong_password")]
