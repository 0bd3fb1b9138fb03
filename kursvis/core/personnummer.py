"""Swedish personal identity numbers (personnummer) and coordination numbers (samordningsnummer): 12 digits, YYYYMMDDNNNC.

A coordination number has the day + 60. The Tax Agency also issues some whose date is no real date (month 00, day 60, or
89–91 in a short month), so their date is not checked.
"""

from calendar import monthrange
from datetime import date

from kursvis.core.reasons import Reason

_COORDINATION = 60


def normalised(text: str) -> str:
    """Return the digits alone: "19900101-2385" becomes "199001012385". What is no number stays wrong for `against`."""
    return text.strip().replace("-", "").replace(" ", "")


def shown(number: str) -> str:
    """Return the number as people write it: 19900101-2385."""
    return f"{number[:8]}-{number[8:]}" if len(number) == 12 else number


def against(number: str) -> list[Reason]:
    """Return what is wrong with a normalised number: length, date or check digit."""
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return [Reason("core.personnummer_length")]
    if not _has_date(number):
        return [Reason("core.personnummer_date")]
    if check_digit(number[2:11]) != number[11]:
        return [Reason("core.personnummer_check_digit")]
    return []


def is_coordination_number(number: str) -> bool:
    """Say whether a right number is a coordination number."""
    return int(number[6:8]) >= _COORDINATION


def birth_date(number: str) -> date:
    """Return the date of birth of a right number; where a coordination number has no real date, the nearest real one."""
    year, month, day = int(number[:4]), min(max(int(number[4:6]), 1), 12), int(number[6:8]) % _COORDINATION
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def check_digit(nine_digits: str) -> str:
    """Return the last digit for YYMMDDNNN (Luhn)."""
    products = (int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(nine_digits))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def _has_date(number: str) -> bool:
    year, month, day = int(number[:4]), int(number[4:6]), int(number[6:8])
    if year < 1800:
        return False
    if day >= _COORDINATION:
        return month <= 12 and day <= _COORDINATION + 31
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
