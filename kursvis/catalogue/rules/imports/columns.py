"""What the columns of a stranger's file mean: recognised by their headings, chosen by a person in the end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import Any

from kursvis.catalogue.rules.offer import StudyForm
from kursvis.core.reasons import Reason

MOST_WEEKS = 520
_LOOKED_AT = 10
"""The rows at the top of a file among which its headings are looked for: above them may stand a title."""


class Column(StrEnum):
    """What a column of a file can mean."""

    SCHOOL = "school"
    CODE = "code"
    NAME = "name"
    STARTS_ON = "starts_on"
    ENDS_ON = "ends_on"
    POINTS = "points"
    SEATS = "seats"
    STUDY_FORM = "study_form"
    PLACE = "place"
    PATTERN = "weekly_pattern"
    NOTE = "schedule_note"
    DESCRIPTION = "description"
    INDUSTRY = "industry"
    REFERENCE = "reference"
    APPLY_BY = "apply_by"


C = Column
NEEDED = (C.CODE, C.STARTS_ON, C.ENDS_ON)
CONSTANTS = (C.SEATS, C.STUDY_FORM, C.PLACE)
"""What can be said once for all rows, where the file has no such column or an empty cell."""
_SYNONYMS: Mapping[Column, str] = {
    C.SCHOOL: "skola skolenhet skolenhetskod enhetskod enhet anordnare utbildningsanordnare skolnamn school provider",
    C.CODE: "kurskod kod nivåkod ämneskod kurs course coursecode code kursnivåkod kursensnivåkod skolverketskod",
    C.NAME: "namn kursnamn benämning kursbenämning kursensnamn title name coursename rubrik nivå nivånamn",
    C.STARTS_ON: "start startdatum kursstart startdag startar from från fromdatum begynnelsedatum startvecka "
    "start_date startdate starts kursstartdatum datumfrån",
    C.ENDS_ON: "slut slutdatum kursslut slutdag slutar tom till tomdatum slutvecka end enddate end_date ends datumtill",
    C.POINTS: "poäng kurspoäng nivåpoäng points p gymnasiepoäng verksamhetspoäng antalpoäng",
    C.SEATS: "platser antalplatser platsantal utbildningsplatser seats places maxantal antal maxdeltagare",
    C.STUDY_FORM: "studieform form undervisningsform studieupplägg distans studyform studysform utbildningsform",
    C.PLACE: "plats ort studieort lokal adress place location undervisningsort studieplats kursort sal",
    C.PATTERN: "tider tid schema lektionstider veckoschema schedule times undervisningstider dagar tiderivecka",
    C.NOTE: "meromtiderna schemaanmärkning anmärkningtider träffar fysiskaträffar",
    C.DESCRIPTION: "beskrivning kursbeskrivning information description info innehåll upplägg text",
    C.INDUSTRY: "bransch branschkod industry yrkesområde",
    C.REFERENCE: "referens beteckning egenbeteckning id kursid kurstillfälle kurstillfälleid kursstartid externtid "
    "reference utbildningstillfälle tillfälleskod",
}
_BY_HEADING = {word.replace("_", ""): column for column, words in _SYNONYMS.items() for word in words.split()}
_STUDY_FORMS: Mapping[StudyForm, str] = {
    StudyForm.CLASSROOM: "klassrum närstudier när närundervisning dagtid kväll klass lärarledd platsbunden classroom",
    StudyForm.DISTANCE: "distans distansstudier distansundervisning fjärr fjärrundervisning online nät webb distance",
    StudyForm.COMBINED: "kombinerad flex flexibel flexstudier hybrid blandad halvdistans närdistans combined",
    StudyForm.APPRENTICESHIP: "lärling lärlingsutbildning lärlingsvux apprenticeship",
    StudyForm.TRAINEE: "trainee",
}
_FORM_BY_WORD = {word: form for form, words in _STUDY_FORMS.items() for word in words.split()}


ADDED = ("Rad i filen", "Varför raden inte gick")
"""The headings of what is added to rows that are handed back to be corrected."""


@dataclass(frozen=True)
class Reading:
    """How a file is read: each meaning's column, what is said once for all rows, and by how many weeks days move."""

    columns: Mapping[Column, int] = field(default_factory=dict)
    constants: Mapping[Column, str] = field(default_factory=dict)
    weeks: int = 0
    year: int | None = None
    """The year of a day that says none, as *v. 34* or *17/8*."""

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept with the import."""
        return {
            "columns": {column.value: place for column, place in self.columns.items()},
            "constants": {column.value: value for column, value in self.constants.items()},
            "weeks": self.weeks,
            "year": self.year,
        }


def restored(kept: Mapping[str, Any]) -> Reading:
    """Return a kept mapping as it was given."""
    return Reading(
        columns={Column(name): int(place) for name, place in kept.get("columns", {}).items()},
        constants={Column(name): value for name, value in kept.get("constants", {}).items()},
        weeks=kept.get("weeks", 0),
        year=kept.get("year"),
    )


def bare(text: str) -> str:
    """Return a heading or a word without what people write differently: case, spaces, signs, what is in brackets."""
    return letters(re.sub(r"\([^()]*\)", "", text))


def letters(text: str) -> str:
    """Return a name's letters and figures, whatever its case: what is in brackets tells one school from another."""
    return re.sub(r"[\W_]+", "", text.lower())


def guessed(headings: Sequence[str]) -> dict[Column, int]:
    """Return which column each meaning probably has. The first that is named so gets it; none is used twice."""
    found: dict[Column, int] = {}
    for place, heading in enumerate(headings):
        column = _BY_HEADING.get(bare(heading))
        if column and column not in found:
            found[column] = place
    return found


def heading_key(headings: Sequence[str]) -> str:
    """Return by what two files look the same: their headings, but for those that a file of refused rows gets."""
    told = [bare(heading) for heading in headings if heading not in ADDED]
    return sha256("\n".join(told).rstrip("\n").encode()).hexdigest()


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows has the headings: the one in which most are recognised, else the first."""
    known = [len(guessed(row)) for row in rows[:_LOOKED_AT]]
    return known.index(max(known)) if known and max(known) > 1 else 0


def study_form_of(text: str) -> StudyForm | None:
    """Return the kind of study form that a word says, or None."""
    return _FORM_BY_WORD.get(bare(text))


def missing(column: Column) -> Reason:
    """Return the reason that a column which every file needs has not been chosen."""
    return Reason("catalogue.column_missing", {"column": ("import_column", column)})


def against_mapping(mapping: Reading) -> list[Reason]:
    """Return what is missing before a file can be read: course code, start and end; a column that is used twice."""
    reasons = [missing(column) for column in NEEDED if column not in mapping.columns]
    places = list(mapping.columns.values())
    twice = [column for column, place in mapping.columns.items() if places.count(place) > 1]
    if twice:
        reasons.append(Reason("catalogue.column_used_twice", {"column": ("import_column", twice[-1])}))
    return reasons
