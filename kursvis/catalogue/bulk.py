"""What can be done with many rows of the offer at once: importing them from a file."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from kursvis.access.actors import Actor
from kursvis.access.rules import Permission
from kursvis.catalogue.bulk_steps import STEPS
from kursvis.catalogue.models import OfferImport, OfferImportRow
from kursvis.catalogue.rules.imports.columns import Column, restored
from kursvis.catalogue.rules.imports.verdicts import Verdict
from kursvis.catalogue.services import imports
from kursvis.core.reasons import Reason, Refused
from kursvis.work.kinds import Kind, Outcome, Rows, Shown, Together

CHUNK = 200
"""Rows written in one transaction: a few statements, about as long as a run's chunk of single steps takes."""


def _rows(keys: Collection[int], authority_id: int) -> dict[int, OfferImportRow]:
    rows = OfferImportRow.objects.filter(pk__in=keys, offer_import__school__authority_id=authority_id)
    return rows.select_related("offer_import__school__authority").defer("offer_import__content").in_bulk()


def _shown(row: OfferImportRow) -> Shown:
    columns = restored(row.offer_import.reading).columns
    code, name = (row.cells[place] if (place := columns.get(c, -1)) in range(len(row.cells)) else "" for c in _NAMED)
    return Shown(name=name or code, under=code, detail=str(row.position), address=_page(row.offer_import))


_NAMED = (Column.CODE, Column.NAME)


def _against(rows: Rows, by: Actor, now: datetime) -> dict[int, list[Reason]]:
    """Look the rows through, and keep with each what it would do; one that changes nothing is left as it is."""
    judged = imports.look_at(rows.values(), by=by, now=now)
    for it in judged.values():
        it.row.verdict, it.row.changes, it.row.key = (
            it.verdict.value,
            it.changes() if not it.reasons else {},
            it.key[:400],
        )
        it.row.course_start = it.existing
    OfferImportRow.objects.bulk_update(
        [it.row for it in judged.values()], ["verdict", "changes", "key", "course_start"]
    )
    same = [Reason("catalogue.row_unchanged")]
    return {key: same if it.verdict is Verdict.UNCHANGED else it.reasons for key, it in judged.items()}


def _do(row: OfferImportRow, by: Actor, now: datetime, run_id: int) -> dict[str, Any]:
    return _one(imports.apply_rows(rows=[row], by=by, now=now, run_id=run_id)[row.pk])


def _undo(row: OfferImportRow, kept: Mapping[str, Any], by: Actor, now: datetime, run_id: int) -> None:
    _one(imports.take_rows_back(rows=[(row, kept)], by=by, now=now, run_id=run_id)[row.pk])


def _one(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, list):
        raise Refused(*outcome)
    return outcome


def _do_all(rows: Sequence[OfferImportRow], by: Actor, now: datetime, run_id: int) -> dict[int, Outcome]:
    return imports.apply_rows(rows=rows, by=by, now=now, run_id=run_id)


def _undo_all(
    rows: Sequence[tuple[OfferImportRow, Mapping[str, Any]]], by: Actor, now: datetime, run_id: int
) -> dict[int, Outcome]:
    return imports.take_rows_back(rows=rows, by=by, now=now, run_id=run_id)


def _page(offer_import: OfferImport) -> str:
    return reverse("catalogue:show_import", args=[offer_import.uuid])


def _page_of_run(run_id: int) -> str:
    found = OfferImport.objects.filter(run_id=run_id).only("uuid").first()
    return _page(found) if found else reverse("catalogue:import_offer")


KINDS = (
    Kind(
        name=imports.RUN,
        permission=Permission.EDIT_OFFER,
        list_name="catalogue:list_course_starts",
        rows=_rows,
        shown=_shown,
        against=_against,
        do=_do,
        undo=_undo,
        together=Together(chunk=CHUNK, do=_do_all, undo=_undo_all),
        page=_page_of_run,
    ),
    *STEPS,
)
