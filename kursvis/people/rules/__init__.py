"""Students: protection of identity (design section 6; rules.md part 7B)."""

from enum import StrEnum

from kursvis.core.reasons import Reason


class Protection(StrEnum):
    """Whether a person's data are protected in the population register."""

    NONE = "none"
    SECRECY_MARK = "secrecy_mark"
    PROTECTED_REGISTRATION = "protected_registration"


SCHOOL_ALIAS = "Skyddad person"
"""With a running number this is what every list, search and queue shows instead of a protected person's name."""


def against_opening(*, is_protected: bool, is_own: bool, is_named_reader: bool, reason: str) -> list[Reason]:
    """Return every reason why a person's data may not be shown to who asks.

    A protected person is opened only by a reader who is named for her, and who says why. Everybody may read her own.
    """
    if not is_protected or is_own:
        return []
    reasons = []
    if not is_named_reader:
        reasons.append(Reason("people.not_a_named_reader"))
    if not reason.strip():
        reasons.append(Reason("people.reason_missing"))
    return reasons
