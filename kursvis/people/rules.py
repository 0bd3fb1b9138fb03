"""Students: protection of identity (design section 6; rules.md part 7B)."""

from enum import StrEnum


class Protection(StrEnum):
    """Whether a person's data are protected in the population register."""

    NONE = "none"
    SECRECY_MARK = "secrecy_mark"
    PROTECTED_REGISTRATION = "protected_registration"


SCHOOL_ALIAS = "Skyddad person"
"""With a running number this is what every list, search and queue shows instead of a protected person's name."""
