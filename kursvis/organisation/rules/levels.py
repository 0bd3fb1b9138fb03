"""The levels of municipal adult education, as the national register writes them (20 kap. 4 § skollagen)."""

from enum import StrEnum


class Level(StrEnum):
    """A part of komvux; what an agreement may be limited to, and what every course of the register has."""

    UPPER_SECONDARY = "gymnasial"
    BASIC = "grundläggande"
    SFI = "sfi"
    ADAPTED_BASIC = "anpassad grundläggande"
    ADAPTED_UPPER_SECONDARY = "anpassad gymnasial"
