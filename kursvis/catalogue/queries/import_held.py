"""Everything that a chunk of an import's rows is held against: so many queries, however many rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Upper

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
from kursvis.catalogue.rules.imports.columns import bare, letters
from kursvis.catalogue.rules.imports.rows import Said
from kursvis.catalogue.rules.imports.verdicts import GOES, Verdict
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.organisation.models import RegisterEntry, School
from kursvis.organisation.queries import agreements_by_school, schools_where
from kursvis.organisation.rules import AgreementFacts
from kursvis.organisation.rules.registers import Register, in_force

Identity = tuple[int, int, date, date, str]


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
    courses = courses_by_code(home.authority_id, {row.code.upper() for row in said})
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


def courses_by_code(authority_id: int, codes: set[str]) -> dict[str, NationalCourse]:
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
