"""A file is sent to a school's offer; somebody says how it is read; a run looks its rows through."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath

from django.db import transaction

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.catalogue.models import OfferImport, OfferImportRow
from kursvis.catalogue.queries import imports as queries
from kursvis.catalogue.rules.imports import columns
from kursvis.catalogue.rules.imports.columns import Reading
from kursvis.catalogue.rules.imports.files import Table, table_of
from kursvis.catalogue.rules.imports.written import csv_of
from kursvis.core.reasons import Reason, Refused, refuse_if
from kursvis.core.wording import sentence
from kursvis.organisation.models import School
from kursvis.work import queries as runs
from kursvis.work import rules as run_rules
from kursvis.work import services as work
from kursvis.work.models import Run
from kursvis.work.rules import RunStatus

RUN = "offer_import"
_NOT_STARTED = (RunStatus.READY, RunStatus.PREPARING)


@transaction.atomic
def upload(*, school: School, content: bytes, file_name: str, by: Actor, now: datetime) -> OfferImport:
    """Keep a file for a school's offer, with a proposal of how it is read: as one with the same headings was, or by
    what its headings are called. Nothing of the offer changes.

    Raises `Refused` when it is no table of text or workbook, or too large.
    """
    table = table_of(content)
    place = columns.heading_row([cells for _number, cells in table.rows])
    headings = list(table.rows[place][1])
    key = columns.heading_key(headings)
    headings += [""] * (max(len(cells) for _number, cells in table.rows[place:]) - len(headings))
    assert by.user_id is not None, "an import is a person's"
    added = OfferImport.objects.create(
        school=school,
        by_id=by.user_id,
        created_at=now,
        file_name=_shown_name(file_name),
        content=content,
        digest=sha256(content).hexdigest(),
        form=table.form,
        heading_row=place,
        headings=headings,
        heading_key=key,
        reading=queries.last_reading(school, key) or Reading(columns=columns.guessed(headings)).kept(),
    )
    told = {"school": school.name, "bytes": len(content), "rows": len(table.rows) - place - 1, "digest": added.digest}
    _record("uploaded", added, by=by, now=now, is_creation=True, **told)
    return added


@transaction.atomic
def look_through(*, offer_import: OfferImport, reading: Reading, by: Actor, now: datetime) -> Run:
    """Read the file so, and let the worker look its rows through; what an earlier dry run said is forgotten.

    The run of an earlier dry run is stopped, so that nobody starts it with rows that are not there any more. Raises
    `Refused` when course code, start or end has no column, when the file has been erased, and when rows of an earlier
    reading are being imported, or have been and are not taken back.
    """
    locked = OfferImport.objects.select_for_update(of=("self",), no_key=True).get(pk=offer_import.pk)
    locked.school = offer_import.school
    refuse_if(_against_reading(locked) or columns.against_mapping(reading))
    if locked.run and locked.run.status in _NOT_STARTED:
        work.stop(run=locked.run, by=by, now=now)
    OfferImportRow.objects.filter(offer_import=locked).delete()
    rows = OfferImportRow.objects.bulk_create(
        [
            OfferImportRow(offer_import=locked, position=number, cells=list(cells))
            for number, cells in table_in(locked).rows
        ],
        batch_size=1000,
    )
    school = locked.school
    run = work.create(
        kind=RUN, authority=school.authority, school=school, subject_ids=[row.pk for row in rows], by=by, now=now
    )
    locked.run, locked.reading = run, reading.kept()
    locked.save(update_fields=["run", "reading"])
    _record("read", locked, by=by, now=now, run=run.pk, reading=locked.reading, rows=len(rows))
    offer_import.run, offer_import.reading = run, locked.reading
    return run


def table_in(offer_import: OfferImport) -> Table:
    """Return what a kept file holds, with the rows under its headings. Raises `Refused` when it has been erased."""
    if offer_import.content is None:
        raise Refused(Reason("catalogue.file_erased"))
    table = table_of(bytes(offer_import.content))
    return replace(table, rows=table.rows[offer_import.heading_row + 1 :])


@transaction.atomic
def refused_rows(*, offer_import: OfferImport, by: Actor, now: datetime) -> bytes:
    """Return the rows that did not go as a CSV file, each with its number and why, to be corrected and sent again."""
    rows = list(queries.rows_of(offer_import, "gar_inte"))
    standing = queries.run_rows(offer_import, rows)
    kept = [place for place, heading in enumerate(offer_import.headings) if heading not in columns.ADDED]
    lines = [[*(offer_import.headings[place] for place in kept), *columns.ADDED]]
    for row in rows:
        why = " ".join(sentence(reason) for reason in run_rules.restored(standing[row.pk].reasons))
        cells = [row.cells[place] if place < len(row.cells) else "" for place in kept]
        lines.append([*cells, str(row.position), why])
    _record("refused_opened", offer_import, by=by, now=now, rows=len(rows))
    return csv_of(lines)


def _against_reading(offer_import: OfferImport) -> list[Reason]:
    if offer_import.content is None:
        return [Reason("catalogue.file_erased")]
    run = offer_import.run
    if run is None or run.status in (*_NOT_STARTED, RunStatus.UNDONE):
        return []
    if run.status == RunStatus.STOPPED and not runs.counts_of(run).done:
        return []
    return [Reason("catalogue.file_imported_already")]


def _shown_name(name: str) -> str:
    """Return what a file is called by who sends it, without folders and signs that cannot be seen."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(sign for sign in last if sign.isprintable())[:120] or "fil"


def _record(verb: str, offer_import: OfferImport, *, by: Actor, now: datetime, **detail: object) -> None:
    audit.record(
        verb=f"offer_import.{verb}",
        by=by,
        subject=offer_import,
        authority_id=offer_import.school.authority_id,
        now=now,
        **detail,  # type: ignore[arg-type]
    )
