"""When in the week a course meets: read from what people write, written back in one way, compared for clashes.

A lesson is a weekday (1 is Monday, as in ISO 8601) and two times in minutes since midnight; nothing passes midnight.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, groupby

from kursvis.core.reasons import Reason

MINUTES_A_DAY = 24 * 60
NOON = 12 * 60
EVENING = 17 * 60
"""From 17.00 it is evening: who works days can come."""
_SATURDAY = 6
_BY_NAME = {"må": 1, "ti": 2, "on": 3, "to": 4, "fr": 5, "lö": 6, "sö": 7}
DAYS = {1: "måndag", 2: "tisdag", 3: "onsdag", 4: "torsdag", 5: "fredag", 6: "lördag", 7: "söndag"}
_DAY = r"(?:må(?:n(?:dag(?:ar)?)?)?|ti(?:s(?:dag(?:ar)?)?)?|on(?:s(?:dag(?:ar)?)?)?|to(?:r(?:s(?:dag(?:ar)?)?)?)?"
_DAY += r"|fr(?:e(?:dag(?:ar)?)?)?|lö(?:r(?:dag(?:ar)?)?)?|sö(?:n(?:dag(?:ar)?)?)?)\b\.?"
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_DAYS_AND_TIMES = re.compile(
    rf"\s*(?P<days>{_DAY}(?:\s*(?:,|och|&|\+|[-–—]|till)\s*{_DAY})*)"
    rf"\s*:?\s*(?:kl\.?\s*)?(?P<from>{_TIME})\s*(?:[-–—]|till)\s*(?P<to>{_TIME})\s*(?:[,;/\n]|och\b|$)",
    re.IGNORECASE,
)
_DAYS_APART = re.compile(rf"({_DAY})|([-–—]|till)", re.IGNORECASE)


class TimeOfDay(StrEnum):
    """When in the day a course meets, as an applicant narrows a search."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    WEEKEND = "weekend"


@dataclass(frozen=True, order=True)
class Lesson:
    """One meeting in the week. `starts` and `ends` are minutes since midnight."""

    day: int
    starts: int
    ends: int


Pattern = tuple[Lesson, ...]


def read(text: str) -> tuple[Pattern, list[Reason]]:
    """Return the lessons that a text says (*mån och ons 17.30–20.30, fre 9–12*), and what is wrong with it."""
    lessons: list[Lesson] = []
    rest = text.strip()
    while rest:
        found = _DAYS_AND_TIMES.match(rest)
        days = _days(found["days"]) if found else []
        if not found or not days:
            return (), [Reason("catalogue.weekly_pattern_unread", {"text": rest[:60]})]
        times = _minutes(found["from"]), _minutes(found["to"])
        lessons += [Lesson(day, *times) for day in days]
        rest = rest[found.end() :].strip()
    pattern = tuple(sorted(set(lessons)))
    reasons = against_pattern(pattern)
    return ((), reasons) if reasons else (pattern, [])


def against_pattern(pattern: Pattern) -> list[Reason]:
    """Return what is wrong with the lessons: an end before its start, a time that is none, two at the same time."""
    for lesson in pattern:
        if not (lesson.day in DAYS and 0 <= lesson.starts < lesson.ends <= MINUTES_A_DAY):
            return [Reason("catalogue.lesson_times_wrong", {"text": _clock(lesson.starts) + "–" + _clock(lesson.ends)})]
    for one, other in combinations(pattern, 2):
        if overlap(one, other):
            return [Reason("catalogue.lessons_overlap", {"text": written((one, other))})]
    return []


def overlap(one: Lesson, other: Lesson) -> bool:
    """Say whether two lessons are at the same time; one that begins when the other ends is not."""
    return one.day == other.day and one.starts < other.ends and other.starts < one.ends


def clashes(one: Iterable[Lesson], other: Sequence[Lesson]) -> list[tuple[Lesson, Lesson]]:
    """Return the lessons of two courses that are at the same time in a week."""
    return [(a, b) for a in one for b in other if overlap(a, b)]


def times_of_day(pattern: Pattern) -> frozenset[TimeOfDay]:
    """Return when in the day the lessons are: Saturday and Sunday are weekend, and nothing else."""
    found = set()
    for lesson in pattern:
        if lesson.day >= _SATURDAY:
            found.add(TimeOfDay.WEEKEND)
        elif lesson.starts >= EVENING:
            found.add(TimeOfDay.EVENING)
        else:
            found.add(TimeOfDay.AFTERNOON if lesson.starts >= NOON else TimeOfDay.MORNING)
    return frozenset(found)


def written(pattern: Pattern, *, days: Mapping[int, str] = DAYS, conjunction: str = "och") -> str:
    """Return the lessons in words: days with the same times together. `read` reads it back when it is in Swedish."""
    times = sorted(pattern, key=lambda lesson: (_first_day(pattern, lesson), lesson.starts, lesson.ends, lesson.day))
    parts = []
    for (starts, ends), lessons in groupby(times, key=lambda lesson: (lesson.starts, lesson.ends)):
        names = [days[lesson.day] for lesson in lessons]
        together = f" {conjunction} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        parts.append(f"{together} {_clock(starts)}–{_clock(ends)}")
    return ", ".join(parts)


def _first_day(pattern: Pattern, lesson: Lesson) -> int:
    same = [other.day for other in pattern if (other.starts, other.ends) == (lesson.starts, lesson.ends)]
    return min(same)


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours}.{rest:02d}"


def _minutes(text: str) -> int:
    hours, _, minutes = text.replace(":", ".").partition(".")
    past = int(minutes or 0)
    return int(hours) * 60 + past if past < 60 else MINUTES_A_DAY + 1


def _days(text: str) -> list[int]:
    """Return the days; none when a span runs backwards (*fredag till måndag*)."""
    days: list[int] = []
    through = False
    for name, to in _DAYS_APART.findall(text):
        if to:
            through = True
            continue
        day = _BY_NAME[name[:2].lower()]
        if through and day <= days[-1]:
            return []
        days += range(days[-1] + 1, day + 1) if through else [day]
        through = False
    return days
