"""What one row of a file says about a course start, by how the file is read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kursvis.catalogue.rules.imports.columns import Column, Reading, study_form_of
from kursvis.catalogue.rules.imports.dates import lacks_year, read_day
from kursvis.catalogue.rules.offer import StudyForm
from kursvis.catalogue.rules.weekly_pattern import Pattern, read, written
from kursvis.core.reasons import Reason

C = Column
_NUMBER = re.compile(r"(\d{1,4}|\d \d{3})(?:[.,]0+)?\s*(?:p|poäng|platser|st)?\.?", re.IGNORECASE)
_NOTHING = re.compile("[-–—]+")
"""What people put in a cell where there is nothing to say."""
MOST_LETTERS = {C.PLACE: 120, C.NOTE: 300, C.DESCRIPTION: 5_000, C.REFERENCE: 60}


@dataclass(frozen=True)
class Said:
    """What a row says. None: the file has no such column, or the cell is empty; then what stands is left as it is."""

    code: str
    starts_on: date | None = None
    ends_on: date | None = None
    school: str = ""
    name: str = ""
    points: int | None = None
    seats: int | None = None
    study_form: StudyForm | None = None
    study_form_word: str = ""
    place: str | None = None
    weekly_pattern: Pattern | None = None
    schedule_note: str | None = None
    description: str | None = None
    industry: str | None = None
    reference: str = ""
    apply_by: date | None = None

    @property
    def schedule(self) -> str:
        """Return when the course meets, in Swedish words."""
        return ". ".join(filter(None, [written(self.weekly_pattern or ()).capitalize(), self.schedule_note]))


def said_by(cells: Sequence[str], reading: Reading) -> tuple[Said, list[Reason]]:
    """Return what a row says, and what of it cannot be read."""
    row = _Row(cells, reading)
    days = row.days()
    if not row.text(C.STARTS_ON) or not row.text(C.ENDS_ON):
        row.reasons.append(Reason("catalogue.row_without_dates"))
    code = row.text(C.CODE).replace(" ", "")
    if not code:
        row.reasons.append(Reason("catalogue.row_without_code"))
    pattern, note = row.times()
    word = row.text(C.STUDY_FORM)
    said = Said(
        code=code,
        starts_on=days[C.STARTS_ON],
        ends_on=days[C.ENDS_ON],
        apply_by=days[C.APPLY_BY],
        school=row.text(C.SCHOOL),
        name=row.text(C.NAME),
        points=row.number(C.POINTS),
        seats=row.number(C.SEATS),
        study_form=StudyForm(word) if word in set(StudyForm) else study_form_of(word),
        study_form_word=word,
        place=row.within(C.PLACE),
        weekly_pattern=pattern,
        schedule_note=note,
        description=row.within(C.DESCRIPTION),
        industry=row.text(C.INDUSTRY) or None,
        reference=row.within(C.REFERENCE) or "",
    )
    return said, row.reasons


def key_of(said: Said, school_id: int | None, study_form: StudyForm | None) -> str:
    """Return by what two rows are the same course start: its reference, else school, course, days, form and place."""
    if said.reference:
        return f"{school_id}|#{said.reference}"
    form = study_form.value if study_form else said.study_form_word
    return "|".join(
        map(str, (school_id, said.code.upper(), said.starts_on, said.ends_on, form, same_place(said.place or "")))
    )


def same_place(place: str) -> str:
    """Return a place as two are compared: Sal 1.2 is not Sal 12, whatever their case and spaces."""
    return " ".join(place.lower().split())


class _Row:
    """Reads the cells of a row and gathers what cannot be read."""

    def __init__(self, cells: Sequence[str], reading: Reading) -> None:
        self.cells = cells
        self.reading = reading
        self.reasons: list[Reason] = []

    def text(self, column: Column) -> str:
        place = self.reading.columns.get(column)
        found = self.cells[place].strip() if place is not None and place < len(self.cells) else ""
        if _NOTHING.fullmatch(found):
            found = ""
        return found or self.reading.constants.get(column, "")

    def days(self) -> dict[Column, date | None]:
        """Return the days, moved. Without a year, an end before the start is in the next year, a last application day
        after it in the year before."""
        weeks, year = timedelta(weeks=self.reading.weeks), self.reading.year
        found = {column: self._day(column, year) for column in (C.STARTS_ON, C.ENDS_ON, C.APPLY_BY)}
        starts_on = found[C.STARTS_ON]
        for column, years in ((C.ENDS_ON, 1), (C.APPLY_BY, -1)):
            day = found[column]
            if year and starts_on and day and lacks_year(self.text(column)) and (day - starts_on).days * years < 0:
                found[column] = self._day(column, starts_on.year + years)
        return {column: day + weeks if day else None for column, day in found.items()}

    def _day(self, column: Column, year: int | None) -> date | None:
        text = self.text(column)
        if not text:
            return None
        day = read_day(text, is_end=column is C.ENDS_ON, year=year)
        if day is not None and 2000 <= day.year <= 2099:
            return day
        if year is None and lacks_year(text):
            told = {"column": ("import_column", column), "text": text[:60]}
            self.reasons.append(Reason("catalogue.day_without_year", told))
        else:
            self._unread(column, text)
        return None

    def number(self, column: Column) -> int | None:
        text = self.text(column)
        if not text:
            return None
        found = _NUMBER.fullmatch(text)
        if not found:
            self._unread(column, text)
            return None
        return int(found[1].replace(" ", ""))

    def within(self, column: Column) -> str | None:
        text = self.text(column)
        if len(text) > MOST_LETTERS[column]:
            most = {"column": ("import_column", column), "most": MOST_LETTERS[column]}
            self.reasons.append(Reason("catalogue.cell_too_long", most))
            return None
        return text or None

    def times(self) -> tuple[Pattern | None, str | None]:
        """Return the times of the week; what cannot be read as such is said in words, so that nothing is lost."""
        note, text = self.within(C.NOTE), self.text(C.PATTERN)
        if not text:
            return None, note
        pattern, unread = read(text)
        if not unread:
            return pattern, note
        words = ". ".join(filter(None, [text, note]))
        if len(words) > MOST_LETTERS[C.NOTE]:
            self.reasons.append(Reason("catalogue.weekly_pattern_unread", {"text": text[:60]}))
            return None, note
        return None, words

    def _unread(self, column: Column, text: str) -> None:
        self.reasons.append(Reason("catalogue.cell_unread", {"column": ("import_column", column), "text": text[:60]}))
