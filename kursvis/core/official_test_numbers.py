"""The Swedish Tax Agency's published test numbers: never given to a living person, so safe in demos and tests.

There is no arithmetic rule that covers them: the only safe question is whether a number stands in the list.
"""

from functools import lru_cache
from pathlib import Path

_LIST = Path(__file__).parent / "data" / "official_test_numbers.txt"


@lru_cache(maxsize=1)
def all_numbers() -> frozenset[str]:
    """Return every official test number, personal and coordination numbers, as 12 digits."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_official(number: str) -> bool:
    """Say whether a normalised number is an official test number."""
    return number in all_numbers()
