"""Imports for tests: files as people send them, and an import walked by the services and the worker."""

from collections.abc import Sequence
from typing import Any

from kursvis.access.actors import Person
from kursvis.access.rules import Role
from kursvis.accounts.queries import actor_of
from kursvis.accounts.tests.factories import make_staff
from kursvis.catalogue.models import OfferImport, OfferImportRow
from kursvis.catalogue.rules.imports.columns import Column, Reading, restored
from kursvis.catalogue.services import imports
from kursvis.core import time
from kursvis.organisation.models import School
from kursvis.work import services as work_services
from kursvis.work.models import RunRow
from kursvis.work.tests.worker import work

HEADINGS = ("Kurskod", "Start", "Slut", "Platser", "Studieform", "Ort")


def csv_of(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a file with these rows, as Excel in Swedish writes it."""
    lines = [headings, *rows]
    return "\r\n".join(";".join(str(cell) for cell in line) for line in lines).encode("utf-8-sig")


def administrator_of(school: School) -> Person:
    """Return somebody who edits the school's offer."""
    return actor_of(make_staff(Role.SCHOOL_ADMINISTRATOR, school=school), today=time.today())


def send(school: School, content: bytes, *, by: Person) -> OfferImport:
    """Return an import of a file, not looked through."""
    return imports.upload(school=school, content=content, file_name="utbud.csv", by=by, now=time.now())


def look_through(
    sent: OfferImport, *, by: Person, weeks: int = 0, constants: dict[Column, str] | None = None
) -> OfferImport:
    """Return the import after its dry run, read as the headings say."""
    guessed = restored(sent.reading)
    reading = Reading(columns=guessed.columns, constants=constants or {}, weeks=weeks)
    imports.look_through(offer_import=sent, reading=reading, by=by, now=time.now())
    work()
    return OfferImport.objects.select_related("run", "school__authority").get(pk=sent.pk)


def carried_out(sent: OfferImport, *, by: Person) -> OfferImport:
    """Return a looked through import after its start and its end."""
    assert sent.run
    work_services.start(run=sent.run, by=by, now=time.now())
    work()
    return OfferImport.objects.select_related("run", "school__authority").get(pk=sent.pk)


def taken_back(sent: OfferImport, *, by: Person) -> OfferImport:
    """Return an import after it has been taken back."""
    assert sent.run
    work_services.undo(run=sent.run, by=by, now=time.now())
    work()
    return OfferImport.objects.select_related("run", "school__authority").get(pk=sent.pk)


def verdicts(sent: OfferImport) -> list[str]:
    """Return what each row does, in the file's order."""
    return list(OfferImportRow.objects.filter(offer_import=sent).order_by("position").values_list("verdict", flat=True))


def codes(sent: OfferImport) -> list[list[str]]:
    """Return the reasons of each row, in the file's order."""
    kept = RunRow.objects.filter(run=sent.run).order_by("position").values_list("reasons", flat=True)
    return [[reason["code"].removeprefix("catalogue.") for reason in reasons] for reasons in kept]
