"""A file that a school has imported into the season to come: new drafts, and rows that did not go."""

from datetime import date

from kursvis.catalogue.models import CourseStart, Round
from kursvis.catalogue.rules.imports.columns import restored
from kursvis.catalogue.rules.imports.written import csv_of
from kursvis.catalogue.rules.rounds import proposed_end
from kursvis.catalogue.services import imports
from kursvis.core import time
from kursvis.demo.rules.season import coming_season
from kursvis.demo.services.offer import Stage
from kursvis.work import services as work

SCHOOL = "norr"
HEADINGS = ("Kurs-kod", "Benämning", "Start", "Slut", "Antal platser", "Form", "Dagar och tider", "Egen beteckning")
_ROWS = (
    ("PSYL1000X", "Psykologi, nivå 1", "20", "Distans", "onsdag 18–19"),
    ("WEBB1000X", "Webbutveckling, nivå 1", "25 st", "Flex", "tisdag 9–12"),
    ("MATMAT01a", "Matematik 1a", "30", "Distans", ""),
    ("FOET1000X", "Företagsekonomi, nivå 1", "många", "Distans", ""),
)


def import_an_offer(stage: Stage, *, today: date) -> None:
    """Send the file, look it through and carry it out, as the school and the worker do."""
    school, by, now = stage.schools[SCHOOL], stage.administrator(SCHOOL), time.at_noon(today)
    rounds = Round.objects.filter(period__authority=school.authority, period__name=coming_season(today).name)
    starts_on = rounds.order_by("starts_on")[0].starts_on
    days = (f"{starts_on.day}/{starts_on.month} {starts_on.year}", proposed_end(starts_on).isoformat())
    rows = [(code, name, *days, *rest, f"LN-{place}") for place, (code, name, *rest) in enumerate(_ROWS, start=1)]
    content = csv_of([("Lärcentrum Norr, nästa termins kurser",), HEADINGS, *rows])
    sent = imports.upload(school=school, content=content, file_name="nästa termin.csv", by=by, now=now)
    run = imports.look_through(offer_import=sent, reading=restored(sent.reading), by=by, now=now)
    work.prepare_chunk(run_id=run.pk, now=now)
    run.refresh_from_db()
    work.start(run=run, by=by, now=now)
    work.carry_out_chunk(run_id=run.pk, now=now)
    assert CourseStart.objects.filter(school=school, reference="LN-1").exists()
