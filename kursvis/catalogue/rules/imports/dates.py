"""Days as people and programs write them in Swedish files.

A week without a weekday is its Monday where a course starts and its Friday where it ends. A year in two figures is of
this century; a day without a year is a day only where somebody has said which year is meant.
"""

import re
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WEEKDAYS = ("må", "ti", "on", "to", "fr", "lö", "sö")
_EXCEL_BEGINS = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_051)
"""The numbers that Excel keeps for days from 2000 to 2099."""
_TIME = r"(?:[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"
_WEEKDAY = r"(?:(?P<weekday>må|ti|on|to|fr|lö|sö)[a-zåäö]*\.?,?\s+(?:den\s+)?)?"
_FORMS = (
    rf"(?P<y>\d{{4}})\s*[-/.]\s*(?P<m>\d{{1,2}})\s*[-/.]\s*(?P<d>\d{{1,2}}){_TIME}",
    r"(?P<y>\d{4}|\d{2})(?P<m>\d{2})(?P<d>\d{2})",
    r"(?P<y>\d{2})-(?P<m>\d{2})-(?P<d>\d{2})",
    r"(?P<d>\d{1,2})/(?P<m>\d{1,2})[-/ ](?P<y>\d{2})",
    rf"(?P<d>\d{{1,2}})\s*[-/.]\s*(?P<m>\d{{1,2}})\s*[-/., ]\s*(?P<y>\d{{4}}){_TIME}",
    r"(?P<d>\d{1,2})\.?\s*(?P<month>[a-zåäö]{3,9})\.?,?\s+(?P<y>\d{4})",
    r"(?P<weekday_of>(?:må|ti|on|to|fr|lö|sö)[a-zåäö]*)?\.?,?\s*v(?:ecka)?\.?\s*(?P<week>\d{1,2})[\s,/-]+(?P<y>\d{4})",
    r"(?P<y>\d{4})[\s,/-]*(?:v(?:ecka)?\.?|w)\s*(?P<week>\d{1,2})(?:-(?P<daynumber>[1-7]))?",
)
_WITHOUT_YEAR = (
    r"(?P<d>\d{1,2})/(?P<m>\d{1,2})",
    r"(?P<d>\d{1,2})\.?\s*(?P<month>[a-zåäö]{3,9})\.?",
    r"(?P<weekday_of>(?:må|ti|on|to|fr|lö|sö)[a-zåäö]*)?\.?,?\s*v(?:ecka)?\.?\s*(?P<week>\d{1,2})",
)
_READ = tuple(re.compile(_WEEKDAY + form, re.IGNORECASE) for form in _FORMS)
_READ_WITHOUT_YEAR = tuple(re.compile(_WEEKDAY + form, re.IGNORECASE) for form in _WITHOUT_YEAR)
_EXCEL = re.compile(r"(\d{5})(?:[.,]\d+)?")


def read_day(text: str, *, is_end: bool = False, year: int | None = None) -> date | None:
    """Return the day that a text says, or None for what is no day (also 2026-02-30, or week 54).

    With a year, also a text without one is a day of that year.
    """
    plain = " ".join(text.split()).strip()
    if found := _EXCEL.fullmatch(plain):
        return _EXCEL_BEGINS + timedelta(days=int(found[1])) if int(found[1]) in _EXCEL_DAYS else None
    for form in _READ:
        if found := form.fullmatch(plain):
            return _day(found.groupdict(), is_end=is_end)
    for form in _READ_WITHOUT_YEAR if year else ():
        if found := form.fullmatch(plain):
            return _day(found.groupdict() | {"y": str(year)}, is_end=is_end)
    return None


def lacks_year(text: str) -> bool:
    """Say whether a text would be a day if it said a year, as *v. 34* or *17/8*."""
    with_week_53, leap = 2026, 2028
    return read_day(text) is None and any(read_day(text, year=year) for year in (with_week_53, leap))


def _day(parts: dict[str, str | None], *, is_end: bool) -> date | None:
    year = int(parts["y"] or 0)
    year += 2000 if year < 100 else 0
    try:
        if parts.get("week"):
            return date.fromisocalendar(year, int(parts["week"] or 0), _weekday(parts, is_end=is_end))
        return date(year, _month(parts), int(parts["d"] or 0))
    except ValueError:
        return None


def _weekday(parts: dict[str, str | None], *, is_end: bool) -> int:
    if parts.get("daynumber"):
        return int(parts["daynumber"] or 1)
    name = (parts.get("weekday_of") or parts.get("weekday") or "").lower()[:2]
    if name in _WEEKDAYS:
        return _WEEKDAYS.index(name) + 1
    return 5 if is_end else 1


def _month(parts: dict[str, str | None]) -> int:
    if parts.get("m"):
        return int(parts["m"] or 0)
    name = (parts.get("month") or "").lower()[:3]
    return _MONTHS.index(name) + 1  # ValueError: no month
