"""Reading imports: which there are, and their rows as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.models import (
    OfferImport,
    OfferImportRow,
)
from kursvis.catalogue.queries.import_held import courses_by_code
from kursvis.catalogue.rules.imports.columns import restored
from kursvis.catalogue.rules.imports.rows import Said, said_by
from kursvis.catalogue.rules.imports.verdicts import Verdict
from kursvis.core.reasons import Reason
from kursvis.core.wording import label
from kursvis.organisation.models import School
from kursvis.organisation.queries import schools_where
from kursvis.work import rules as run_rules
from kursvis.work.models import RunRow


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
    name: str
    status: str
    reasons: list[Reason]
    changes: list[Change]


def lines_of(offer_import: OfferImport, rows: Iterable[OfferImportRow]) -> list[Line]:
    """Return rows as the page shows them: read anew, with the register's name of the course, where they stand and why
    not."""
    page = list(rows)
    reading, standing = restored(offer_import.reading), run_rows(offer_import, page)
    read = [(row, said_by(row.cells, reading)[0]) for row in page]
    courses = courses_by_code(offer_import.school.authority_id, {said.code.upper() for _row, said in read})
    lines = []
    for row, said in read:
        course = courses.get(said.code.upper())
        kept = standing.get(row.pk)
        changes = [_change(name, *values) for name, values in row.changes.items() if name != "round"]
        reasons = run_rules.restored(kept.reasons) if kept else []
        name = course.name if course else said.name
        lines.append(Line(row, said, name, kept.status if kept else "", reasons, changes))
    return lines


def _change(name: str, old: str, new: str) -> Change:
    if name == "study_form":
        old, new = (str(label("study_form", value).text) for value in (old, new))
    return Change(name, old, new)


def to_erase(*, before: date) -> "QuerySet[OfferImport]":
    """Return the imports whose files are older than a day and not erased."""
    return OfferImport.objects.filter(erased_at=None, created_at__date__lt=before).defer("content")
