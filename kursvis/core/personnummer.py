"""Swedish personal identity numbers and coordination numbers (samordningsnummer): 12 digits, YYYYMMDDNNNC.

A coordination number has the day + 60. The Tax Agency also issues some whose date is no real date (month 00, day 60, or
89–91 in a short month), so their date is not checked.
"""

from calendar import monthrange
from datetime import date

from kursvis.core.reasons import Reason

_COORDINATION = 60
LAST_SYNTHETIC_YEAR = 1839
"""Nobody born so early has ever had a number: what is invented beyond the official test numbers lies in 1800–1839."""


def normalised(text: str, *, today: date | None = None) -> str:
    """Return the digits alone: "19900101-2385" becomes "199001012385". What is no number stays wrong for `against`.

    With `today` ten digits are understood too: "900101-2385" is younger than 100, "900101+2385" 100 or more.
    """
    digits = "".join(text.split()).replace("-", "").replace("+", "")
    if today is None or len(digits) != 10 or not _is_digits(digits):
        return digits
    year = today.year - (today.year - int(digits[:2])) % 100 - (100 if "+" in text else 0)
    if "+" not in text and (year, int(digits[2:4]), int(digits[4:6]) % _COORDINATION) > (
        today.year,
        today.month,
        today.day,
    ):
        year -= 100
    return f"{year:04d}"[:2] + digits


def shown(number: str) -> str:
    """Return the number as people write it: 19900101-2385."""
    return f"{number[:8]}-{number[8:]}" if len(number) == 12 else number


def against(number: str) -> list[Reason]:
    """Return what is wrong with a normalised number: length, date or check digit."""
    if len(number) != 12 or not _is_digits(number):
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
    """Return the date of birth of a right number; the nearest real one for a coordination number without a date."""
    year, month, day = int(number[:4]), min(max(int(number[4:6]), 1), 12), int(number[6:8]) % _COORDINATION
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def check_digit(nine_digits: str) -> str:
    """Return the last digit for YYMMDDNNN (Luhn)."""
    products = (int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(nine_digits))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _has_date(number: str) -> bool:
    year, month, day = int(number[:4]), int(number[4:6]), int(number[6:8])
    if year < 1800:
        return False
    if day >= _COORDINATION:
        return month <= 12 and day <= _COORDINATION + 31
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
