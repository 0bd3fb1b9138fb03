"""What the pages of catalogues show."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from kursvis.grades.models import Catalogue, CatalogueEntry, CatalogueStep, Grade
from kursvis.grades.rules import CatalogueFacts, CatalogueStatus


def with_counts(rows: QuerySet[Catalogue]) -> QuerySet[Catalogue]:
    """Return catalogues with what their list shows, and how many grades each holds."""
    return rows.select_related("group__course", "group__school").annotate(grade_count=Count("entries"))


def entries_in(catalogue: Catalogue) -> QuerySet[CatalogueEntry]:
    """Return the catalogue's grades as printed, in the order of the paper."""
    return catalogue.entries.select_related("grade__enrolment__student").order_by("pk")


def entries_of(grade: Grade) -> QuerySet[CatalogueEntry]:
    """Return the catalogues that the grade stands or stood in, newest first."""
    return (
        CatalogueEntry.objects.filter(grade=grade).select_related("catalogue").defer("catalogue__pdf").order_by("-pk")
    )


def others_in(entry: CatalogueEntry) -> int:
    """Return how many other grades stand in the entry's catalogue."""
    return CatalogueEntry.objects.filter(catalogue_id=entry.catalogue_id, valid=True).filter(~Q(pk=entry.pk)).count()


def catalogue_path_of(catalogue: Catalogue) -> QuerySet[CatalogueStep]:
    """Return what happened to the catalogue, newest first, with who did it."""
    return CatalogueStep.objects.filter(catalogue=catalogue).select_related("by").order_by("-id")


def catalogue_facts(catalogue: Catalogue, entries: Iterable[CatalogueEntry]) -> CatalogueFacts:
    """Return what the rules need to know about a catalogue with these entries."""
    students = frozenset(entry.grade.enrolment.student.user_id for entry in entries)
    return CatalogueFacts(CatalogueStatus(catalogue.status), students)
