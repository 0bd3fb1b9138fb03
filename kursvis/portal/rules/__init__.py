"""How urgent something is to do, what the search finds, and what the log's steps are."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kursvis.core.reasons import Reason
from kursvis.organisation.rules.settings import Setting, Values, day_of_year

WARN_DAYS = 7


class Tone(StrEnum):
    """How a due date looks."""

    BAD = "bad"
    WARN = "warn"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Urgency:
    """How a due date looks, and how many days are left; None where nothing is due on a day."""

    tone: Tone
    days: int | None


def urgency(due: date | None, *, today: date) -> Urgency:
    """Return how urgent a due date is: late, today and tomorrow are bad, the coming week warns."""
    if due is None:
        return Urgency(Tone.NEUTRAL, None)
    days = (due - today).days
    if days <= 1:
        return Urgency(Tone.BAD, days)
    return Urgency(Tone.WARN if days <= WARN_DAYS else Tone.NEUTRAL, days)


def catalogue_due(ends_on: date, values: Values) -> date:
    """Return the last day for a catalogue to be in, as the municipality has decided (help page, R53).

    It is due some days after the end of the course; that of a course which ends no later than the last day of spring,
    on that day at the latest.
    """
    due = ends_on + timedelta(days=values[Setting.CATALOGUE_DAYS])
    last = day_of_year(values[Setting.CATALOGUE_LAST_DAY], year=ends_on.year)
    return min(due, last) if ends_on <= last else due


class SearchKind(StrEnum):
    """What a section of the search's result holds."""

    PERSONS = "persons"
    APPLICATIONS = "applications"
    GROUPS = "groups"
    COURSE_STARTS = "course_starts"
    STAFF = "staff"


class LogSort(StrEnum):
    """What sort of thing somebody did, whatever it was about."""

    CHANGED = "changed"
    READ = "read"
    SEARCHED = "searched"
    LOGGED_IN = "logged_in"


class LogProcess(StrEnum):
    """The process that a step of the log belongs to."""

    STUDENTS = "students"
    APPLICATIONS = "applications"
    STUDIES = "studies"
    GRADES = "grades"
    LETTERS = "letters"
    OFFER = "offer"
    STAFF = "staff"
    SETTINGS = "settings"
    LOG = "log"


READ_ENDINGS = (".opened", "_opened", ".own_extract", ".seen_as_it_was")
_SESSIONS = frozenset({"user.logged_in", "user.logged_out", "user.logged_out_everywhere", "user.timed_out"})
_P = LogProcess
_PROCESSES = {
    "student": _P.STUDENTS,
    "row": _P.STUDENTS,
    "choice": _P.APPLICATIONS,
    "condition": _P.APPLICATIONS,
    "run": _P.APPLICATIONS,
    "enrolment": _P.STUDIES,
    "group": _P.STUDIES,
    "grade": _P.GRADES,
    "catalogue": _P.GRADES,
    "result": _P.GRADES,
    "letter": _P.LETTERS,
    "message": _P.LETTERS,
    "course_start": _P.OFFER,
    "period": _P.OFFER,
    "round": _P.OFFER,
    "user": _P.STAFF,
    "directory_name": _P.STAFF,
    "delegation": _P.STAFF,
    "log": _P.LOG,
}


def sort_of(verb: str) -> LogSort:
    """Return what sort of thing a step of the log is."""
    if verb in _SESSIONS:
        return LogSort.LOGGED_IN
    if verb.endswith(".searched"):
        return LogSort.SEARCHED
    return LogSort.READ if verb.endswith(READ_ENDINGS) else LogSort.CHANGED


def process_of(verb: str) -> LogProcess:
    """Return the process that a step of the log belongs to; what has none of its own is the municipality's set-up."""
    return _PROCESSES.get(verb.partition(".")[0], LogProcess.SETTINGS)


MOST_DAYS_OF_LOG = 366
"""So many days the log is searched at once: then each search reads a bounded part of an index."""


def against_log_period(starts_on: date, ends_on: date) -> list[Reason]:
    """Return why the log cannot be searched from a day to a day."""
    if ends_on < starts_on:
        return [Reason("portal.log_days_in_wrong_order")]
    if (ends_on - starts_on).days >= MOST_DAYS_OF_LOG:
        return [Reason("portal.log_period_too_long", {"days": MOST_DAYS_OF_LOG})]
    return []


MOST_OWN_EXTRACTS = 20
EXTRACTS_COUNTED_WITHIN = timedelta(hours=1)


def against_another_extract(number: int) -> list[Reason]:
    """Return why somebody may not take out everything about herself once more: `number` is which one of the hour."""
    return [Reason("portal.too_many_extracts", {"most": MOST_OWN_EXTRACTS})] if number > MOST_OWN_EXTRACTS else []
