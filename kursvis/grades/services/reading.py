"""Reading events: who opened a grade or a catalogue."""

from datetime import datetime

from kursvis.access.actors import Actor
from kursvis.audit import services as audit
from kursvis.grades.models import Catalogue, Grade


def opened_grade(*, grade: Grade, by: Actor, now: datetime) -> None:
    """Write that the grade's page was opened."""
    audit.record(
        verb="grade.opened",
        by=by,
        subject=grade,
        authority_id=grade.authority_id,
        student_id=grade.enrolment.student_id,
        now=now,
    )


def opened_catalogue(*, catalogue: Catalogue, by: Actor, now: datetime, as_pdf: bool = False) -> None:
    """Write that the catalogue's page, or its PDF, was opened."""
    audit.record(
        verb="catalogue.pdf_opened" if as_pdf else "catalogue.opened",
        by=by,
        subject=catalogue,
        authority_id=catalogue.authority_id,
        now=now,
        number=catalogue.number,
    )
