"""Reading imports, and everything that a chunk of their rows is held against: so many queries, however many rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Upper
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import (
    Correspondence,
    CourseStart,
    NationalCourse,
    OfferImport,
    OfferImportRow,
    Period,
    Round,
)
from kursvis.catalogue.rules.imports.columns import bare, letters, restored
from kursvis.catalogue.rules.imports.rows import Said, said_by
from kursvis.catalogue.rules.imports.verdicts import GOES, Verdict
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.core.reasons import Reason
from kursvis.core.wording import label
from kursvis.organisation.models import RegisterEntry, School
from kursvis.organisation.queries import agreements_by_school, schools_where
from kursvis.organisation.rules import AgreementFacts
from kursvis.organisation.rules.registers import Register, in_force
from kursvis.work import rules as run_rules
from kursvis.work.models import RunRow

Identity = tuple[int, int, date, date, str]


def readable_by(actor: Actor) -> "QuerySet[OfferImport]":
    """Return the imports of the schools whose offer the actor edits, newest first, without the files themselves."""
    schools = schools_where(actor, Permission.EDIT_OFFER).order_by()
    rows = OfferImport.objects.filter(school__in=schools).defer("content")
    return rows.select_related("school__authority", "by", "run__by", "run__undone_by", "run__authority").order_by("-pk")


def get_for(actor: Actor, uuid: UUID) -> OfferImport:
    """Return an import that the actor reaches, or 404."""
    return get_object_or_404(readable_by(actor), uuid=uuid)


def last_reading(school: School, heading_key: str) -> dict[str, object] | None:
    """Return how the school last read a file with the same headings, once it has looked one through."""
    same = OfferImport.objects.filter(school=school, heading_key=heading_key, run__isnull=False)
    return same.order_by("-pk").values_list("reading", flat=True).first()


def counts_of(offer_import: OfferImport) -> dict[Verdict, int]:
    """Return how many rows have each verdict."""
    rows = OfferImportRow.objects.filter(offer_import=offer_import).order_by()
    found = dict(rows.values_list("verdict").annotate(rows=Count("pk")))
    return {verdict: found.get(verdict.value, 0) for verdict in Verdict}


TABS = ("nya", "andrade", "gar_inte", "oforandrade", "alla")
_VERDICTS = {"nya": Verdict.NEW, "andrade": Verdict.CHANGED, "oforandrade": Verdict.UNCHANGED}


def rows_of(offer_import: OfferImport, tab: str) -> "QuerySet[OfferImportRow]":
    """Return the rows of a part of the list: by verdict, or those that do not go or did not, in the file's order."""
    rows = OfferImportRow.objects.filter(offer_import=offer_import).select_related("course_start").order_by("position")
    if tab == "gar_inte":
        against = RunRow.objects.filter(run=offer_import.run, status__in=["against", "refused", "not_undone"])
        return rows.filter(pk__in=against.values("subject_id")).exclude(verdict=Verdict.UNCHANGED.value)
    return rows.filter(verdict=_VERDICTS[tab].value) if tab in _VERDICTS else rows


@dataclass(frozen=True)
class RowTab:
    """A part of the rows' list, and how many stand in it."""

    name: str
    count: int
    is_on: bool


def tabs_of(offer_import: OfferImport, wanted: str | None) -> list[RowTab]:
    """Return the parts of the rows' list that hold any; without a wish what does not go comes first."""
    verdicts = counts_of(offer_import)
    counted = {name: verdicts[verdict] for name, verdict in _VERDICTS.items()}
    counted |= {"gar_inte": rows_of(offer_import, "gar_inte").count(), "alla": sum(verdicts.values())}
    filled = {name: counted[name] for name in TABS if counted[name] or name == "alla"}
    on = wanted if wanted in filled else "gar_inte" if "gar_inte" in filled else "alla"
    return [RowTab(name, number, name == on) for name, number in filled.items()]


def run_rows(offer_import: OfferImport, rows: Iterable[OfferImportRow]) -> dict[int, RunRow]:
    """Return where the rows stand in the run, by the rows' keys."""
    found = RunRow.objects.filter(run=offer_import.run, subject_id__in=[row.pk for row in rows])
    return {row.subject_id: row for row in found}


@dataclass(frozen=True)
class Change:
    """One field of a course start as the list of rows shows it: what it is, and what it becomes."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One row of the file as the page of its import shows it."""

    row: OfferImportRow
    said: Said
    status: str
    reasons: list[Reason]
    changes: list[Change]


def lines_of(offer_import: OfferImport, rows: Iterable[OfferImportRow]) -> list[Line]:
    """Return rows as the page shows them: read anew, with where they stand in the run and why not."""
    page = list(rows)
    reading, standing = restored(offer_import.reading), run_rows(offer_import, page)
    lines = []
    for row in page:
        said, _unread = said_by(row.cells, reading)
        kept = standing.get(row.pk)
        changes = [_change(name, *values) for name, values in row.changes.items() if name != "round"]
        reasons = run_rules.restored(kept.reasons) if kept else []
        lines.append(Line(row, said, kept.status if kept else "", reasons, changes))
    return lines


def _change(name: str, old: str, new: str) -> Change:
    if name == "study_form":
        old, new = (str(label("study_form", value).text) for value in (old, new))
    return Change(name, old, new)


def to_erase(*, before: date) -> "QuerySet[OfferImport]":
    """Return the imports whose files are older than a day and not erased."""
    return OfferImport.objects.filter(erased_at=None, created_at__date__lt=before).defer("content")


@dataclass(frozen=True)
class Held:
    """What rows are held against: the register, the schools' agreements, rounds and offers, and earlier rows."""

    home: School
    schools: dict[str, School]
    allowed: frozenset[int]
    courses: dict[str, NationalCourse]
    instead: dict[int, NationalCourse]
    agreements: dict[int, list[AgreementFacts]]
    rounds: dict[date, Round]
    start_days: list[date]
    continuous: list[Period]
    entries: list[RegisterEntry]
    by_reference: dict[tuple[int, str], CourseStart]
    by_identity: dict[Identity, list[CourseStart]]
    earlier: dict[str, int]

    def school_of(self, said: Said) -> School | None:
        """Return the school that a row names by its name, its unit code or its prefix; the import's own without."""
        return self.schools.get(letters(said.school)) if said.school else self.home

    def study_form_of(self, said: Said) -> StudyForm | None:
        """Return the kind of study form that a row names, also by the municipality's own name for it."""
        if said.study_form:
            return said.study_form
        named = self._entries(Register.STUDY_FORM, said.study_form_word, said.starts_on)
        return StudyForm(named[0].meaning) if named else None

    def industry_of(self, said: Said) -> RegisterEntry | None:
        """Return the industry that a row names by code or name."""
        named = self._entries(Register.INDUSTRY, said.industry or "", said.starts_on)
        return named[0] if named else None

    def uses(self, kind: StudyForm, *, on: date) -> bool:
        """Say whether the municipality uses a kind of study form on a day."""
        forms = [entry for entry in self.entries if entry.register == Register.STUDY_FORM.value]
        return any(entry.meaning == kind.value and in_force(entry.facts(), day=on) for entry in forms)

    def _entries(self, register: Register, word: str, on: date | None) -> list[RegisterEntry]:
        wanted = bare(word)
        found = [e for e in self.entries if e.register == register.value and wanted in (bare(e.code), bare(e.name))]
        return sorted(found, key=lambda entry: _nearness(entry, word, on)) if wanted else []


def _nearness(entry: RegisterEntry, word: str, on: date | None) -> tuple[bool, bool]:
    """Order entries: first what is called just so, then what is in force."""
    is_so = letters(word) in (letters(entry.code), letters(entry.name))
    return not is_so, not (on and in_force(entry.facts(), day=on))


def held_against(offer_import: OfferImport, said: Collection[Said], *, actor: Actor, today: date, upto: int) -> Held:
    """Read all that rows of an import are held against; `upto` is the position of the first of them."""
    home = offer_import.school
    schools = _schools(home)
    used = {school.pk: school for row in said if (school := schools.get(letters(row.school)) if row.school else home)}
    days = {row.starts_on for row in said if row.starts_on}
    rounds = Round.objects.filter(period__authority_id=home.authority_id, starts_on__gt=today)
    rounds = rounds.select_related("period__authority").order_by("-period__last_start_on", "-pk")
    courses = _courses(home.authority_id, {row.code.upper() for row in said})
    starts = _starts(used, days, {row.reference for row in said if row.reference})
    by_day = {round_.starts_on: round_ for round_ in rounds.filter(starts_on__in=days)}
    registers = [Register.STUDY_FORM.value, Register.INDUSTRY.value]
    return Held(
        home=home,
        schools=schools,
        allowed=frozenset(schools_where(actor, Permission.EDIT_OFFER).order_by().values_list("pk", flat=True)),
        courses=courses,
        instead=_instead(courses.values()),
        agreements=agreements_by_school(used),
        rounds=by_day,
        start_days=[] if len(by_day) == len(days) else sorted(set(rounds.values_list("starts_on", flat=True))),
        continuous=list(Period.objects.filter(authority_id=home.authority_id, last_start_on__gt=today).order_by("pk")),
        entries=list(RegisterEntry.objects.filter(authority_id=home.authority_id, register__in=registers)),
        by_reference={(row.school_id, row.reference): row for row in starts if row.reference},
        by_identity=_by_identity(starts),
        earlier=_earlier(offer_import, upto),
    )


def _schools(home: School) -> dict[str, School]:
    """Return the schools by what a row may call them. A name that two have is nobody's: their codes tell them apart."""
    called: dict[str, set[School]] = defaultdict(set)
    for school in School.objects.filter(authority_id=home.authority_id).select_related("authority"):
        for name in (school.prefix, school.unit_code, school.name):
            called[letters(name)].add(school)
    return {name: schools.pop() for name, schools in called.items() if len(schools) == 1}


def _courses(authority_id: int, codes: set[str]) -> dict[str, NationalCourse]:
    """Return the courses by their codes in capitals (MATMAT01A is MATMAT01a), the own before a national one."""
    reached = NationalCourse.objects.filter(Q(authority=None) | Q(authority_id=authority_id))
    rows = list(reached.alias(typed=Upper("code")).filter(typed__in=codes))
    return {row.code.upper(): row for row in sorted(rows, key=lambda row: row.authority_id is not None)}


def _instead(courses: Iterable[NationalCourse]) -> dict[int, NationalCourse]:
    keys = [course.pk for course in courses if course.cancelled_from]
    pairs = Correspondence.objects.filter(course_id__in=keys).select_related("level") if keys else ()
    return {pair.course_id: pair.level for pair in pairs}


def _starts(schools: Collection[int], days: set[date], references: set[str]) -> list[CourseStart]:
    rows = CourseStart.objects.filter(Q(starts_on__in=days) | Q(reference__in=references), school_id__in=list(schools))
    return list(rows.select_related("course", "round__period", "industry", "school").order_by("pk"))


def _by_identity(starts: Iterable[CourseStart]) -> dict[Identity, list[CourseStart]]:
    found: dict[Identity, list[CourseStart]] = defaultdict(list)
    for row in starts:
        if row.status != CourseStartStatus.CANCELLED:
            found[(row.school_id, row.course_id, row.starts_on, row.ends_on, row.study_form)].append(row)
    return found


def _earlier(offer_import: OfferImport, upto: int) -> dict[str, int]:
    """Return the rows before these that go, or have nothing to change, by what makes them the same."""
    counted = sorted(GOES | {Verdict.UNCHANGED})
    rows = OfferImportRow.objects.filter(offer_import=offer_import, position__lt=upto, verdict__in=counted)
    return dict(rows.order_by().values_list("key", "position"))
