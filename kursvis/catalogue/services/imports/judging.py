"""What rows of a file would do to the offer, held against the same rules as a course start that is entered by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kursvis.access.actors import Actor
from kursvis.catalogue.models import CourseStart, NationalCourse, OfferImportRow, Round
from kursvis.catalogue.queries.import_held import Held, held_against
from kursvis.catalogue.rules import editing, register
from kursvis.catalogue.rules import offer as rules
from kursvis.catalogue.rules import rounds as round_rules
from kursvis.catalogue.rules.editing import EditedField
from kursvis.catalogue.rules.imports import verdicts
from kursvis.catalogue.rules.imports.columns import Column, restored
from kursvis.catalogue.rules.imports.rows import Said, key_of, said_by, same_place
from kursvis.catalogue.rules.imports.verdicts import Verdict
from kursvis.catalogue.rules.offer import CourseStartStatus, StudyForm
from kursvis.catalogue.rules.weekly_pattern import against_pattern
from kursvis.catalogue.services.imports.values import FIELDS, shown, values_of
from kursvis.core.reasons import Reason
from kursvis.core.time import swedish_date
from kursvis.organisation.models import School

S = CourseStartStatus


@dataclass
class Judged:
    """A row as it was found: what it does, why not, and the values that the course start has afterwards."""

    row: OfferImportRow
    said: Said
    reasons: list[Reason]
    verdict: Verdict = Verdict.REFUSED
    school: School | None = None
    existing: CourseStart | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    key: str = ""

    def seats_are_read(self) -> bool:
        """Say whether the number of seats is what the row says, or nothing: what cannot be read is said once."""
        return all(reason.values.get("column") != ("import_column", Column.SEATS) for reason in self.reasons)

    def changes(self) -> dict[str, list[str]]:
        """Return what becomes of each changed field, as text."""
        old = values_of(self.existing) if self.existing else {}
        return {name: [shown(name, old[name]), shown(name, self.values[name])] for name in self.changed}


def look_at(rows: Iterable[OfferImportRow], *, by: Actor, now: datetime) -> dict[int, Judged]:
    """Return what each row of one import would do, in the order of the file."""
    ordered = sorted(rows, key=lambda row: row.position)
    if not ordered:
        return {}
    offer_import = ordered[0].offer_import
    reading = restored(offer_import.reading)
    read = [(row, *said_by(row.cells, reading)) for row in ordered]
    today = swedish_date(now)
    all_said = [said for _row, said, _reasons in read]
    held = held_against(offer_import, all_said, actor=by, today=today, upto=ordered[0].position)
    judge = _Judge(held, today)
    return {row.pk: judge.judged(Judged(row, said, reasons)) for row, said, reasons in read}


class _Judge:
    """Goes through rows in their order, and remembers which course starts they are."""

    def __init__(self, held: Held, today: date) -> None:
        self.held = held
        self.today = today
        self.claimed: dict[int, int] = {}

    def judged(self, it: Judged) -> Judged:
        """Fill in what becomes of a row."""
        held, said = self.held, it.said
        it.school = held.school_of(said)
        form = held.study_form_of(said)
        it.key = key_of(said, it.school.pk if it.school else None, form)
        course = held.courses.get(said.code.upper())
        it.reasons += self._against_words(it, course, form)
        if course is None or form is None or it.school is None or said.starts_on is None or said.ends_on is None:
            return it
        known = self._known(it, course, form)
        if len(known) > 1:
            it.reasons.append(Reason("catalogue.row_matches_several", {"number": len(known)}))
            return it
        it.existing = known[0] if known else None
        round_, reasons = self._round(said.starts_on)
        if round_ is not None:
            reasons += verdicts.against_apply_by(said.apply_by, apply_by=round_.apply_by)
        it.reasons += reasons + self._against_twice(it)
        it.values = self._values(it, course, form, round_)
        new = [name for name in FIELDS if it.existing and it.values[name] != getattr(it.existing, name)]
        it.changed = [name for name in new if name != "round" or round_ is not None]
        it.reasons += self._against_offer(it) if it.existing is None else self._against_change(it)
        if not it.reasons:
            self._settle(it)
        return it

    def _settle(self, it: Judged) -> None:
        it.verdict = Verdict.NEW if it.existing is None else Verdict.CHANGED if it.changed else Verdict.UNCHANGED
        self.held.earlier[it.key] = it.row.position
        if it.existing:
            self.claimed[it.existing.pk] = it.row.position

    def _against_words(self, it: Judged, course: NationalCourse | None, form: StudyForm | None) -> list[Reason]:
        """Return why what a row names is nothing that is known, or nothing of the school's who imports."""
        said, reasons = it.said, []
        if said.code and course is None:
            reasons.append(Reason("catalogue.row_course_unknown", {"code": said.code}))
        if it.school is None:
            reasons.append(Reason("catalogue.row_school_unknown", {"school": said.school}))
        elif it.school.pk not in self.held.allowed:
            reasons.append(Reason("catalogue.row_of_another_school", {"school": it.school.name}))
        if form is None and said.study_form_word:
            reasons.append(Reason("catalogue.row_study_form_unknown", {"text": said.study_form_word}))
        elif form is None:
            reasons.append(Reason("catalogue.row_without_study_form"))
        if said.industry and self.held.industry_of(said) is None:
            reasons.append(Reason("catalogue.row_industry_unknown", {"text": said.industry}))
        return reasons

    def _known(self, it: Judged, course: NationalCourse, form: StudyForm) -> list[CourseStart]:
        """Return the course starts that the row may be: by its reference, else by school, course, days, form and place.

        A row without a place is the one without a place, where one has none.
        """
        said, school = it.said, it.school
        assert school
        assert said.starts_on
        assert said.ends_on
        if said.reference and (known := self.held.by_reference.get((school.pk, said.reference))):
            return [known]
        same = self.held.by_identity.get((school.pk, course.pk, said.starts_on, said.ends_on, form.value), [])
        if said.reference:
            same = [start for start in same if not start.reference]
        if said.place is not None:
            return [start for start in same if same_place(start.place) == same_place(said.place)]
        return [start for start in same if not start.place] or same

    def _round(self, starts_on: date) -> tuple[Round | None, list[Reason]]:
        """Return the round that starts on a day; where continuous admission has room for it one is made later."""
        if late := verdicts.against_starting(starts_on, today=self.today):
            return None, late
        if found := self.held.rounds.get(starts_on):
            return found, []
        against: list[Reason] = []
        for period in self.held.continuous:
            assert period.continuous is not None
            against = round_rules.against_start(
                starts_on, period.continuous, opens_on=period.opens_on, today=self.today
            )
            if not against:
                return None, []
        return None, against or verdicts.against_round(starts_on, others=self.held.start_days)

    def _against_twice(self, it: Judged) -> list[Reason]:
        first = self.held.earlier.get(it.key) or (self.claimed.get(it.existing.pk) if it.existing else None)
        return [Reason("catalogue.row_twice", {"row": first})] if first else []

    def _values(self, it: Judged, course: NationalCourse, form: StudyForm, round_: Round | None) -> dict[str, Any]:
        """Return the values that the row says; what it says nothing of stays as it is, or is empty."""
        said, old = it.said, it.existing
        said_of = {
            "points": said.points if said.points is not None else course.points,
            "seats": said.seats,
            "place": said.place,
            "description": said.description,
            "weekly_pattern": said.weekly_pattern,
            "schedule_note": said.schedule_note,
            "industry": self.held.industry_of(said),
            "reference": said.reference or None,
        }
        empty = {"points": 0, "seats": 0, "weekly_pattern": (), "industry": None}
        values = {
            name: value if value is not None else getattr(old, name) if old else empty.get(name, "")
            for name, value in said_of.items()
        }
        days = {"starts_on": said.starts_on, "ends_on": said.ends_on}
        return {"course": course, "round": round_, **days, "study_form": form.value, **values}

    def _against_offer(self, it: Judged, values: Mapping[str, Any] | None = None) -> list[Reason]:
        """Return what `services.offer.against_offer` returns, with all that it asks for read once."""
        given, school = values or it.values, it.school
        assert school
        dates = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
        course, industry, form = given["course"], given["industry"], StudyForm(given["study_form"])
        reasons = rules.against_dates(**dates)
        reasons += rules.against_agreement(
            self.held.agreements.get(school.pk, []),
            **dates,
            level=course.level,
            industry=industry.code if industry else "",
            today=self.today,
        )
        if industry:
            reasons += rules.against_industry(industry.facts(), is_own=True, starts_on=dates["starts_on"])
        in_use = self.held.uses(form, on=dates["starts_on"])
        reasons += rules.against_study_form(form, is_in_force=in_use, starts_on=dates["starts_on"])
        reasons += self._against_course(course, dates)
        reasons += rules.against_points(in_register=course.points, points=given["points"])
        if it.seats_are_read():
            taken = it.existing.seats_taken if it.existing else 0
            reasons += rules.against_seats(seats=given["seats"], seats_taken=taken)
        return reasons + against_pattern(given["weekly_pattern"])

    def _against_course(self, course: NationalCourse, dates: Mapping[str, date]) -> list[Reason]:
        reasons = register.against_offering(course.facts(), **dates)
        instead = self.held.instead.get(course.pk)
        if instead and any(reason.code == "catalogue.course_cancelled" for reason in reasons):
            named = {"code": course.code, "instead": instead.code, "name": instead.name}
            reasons.append(Reason("catalogue.row_level_instead", named))
        return reasons

    def _against_change(self, it: Judged) -> list[Reason]:
        """Return why a known course start may not become so: its state, its applicants, or what the rules say."""
        assert it.existing
        if not it.changed:
            return []
        facts = it.existing.facts()
        touched = [EditedField(name) for name in it.changed]
        reasons = editing.against_changing(facts, touched, today=self.today)
        reasons += verdicts.against_importing_over(facts)
        against = self._against_offer(it)
        stands = editing.said_before(values_of(it.existing), it.values)
        known = self._against_offer(it, stands) if against and it.existing.status != S.DRAFT else []
        return reasons + [reason for reason in against if reason not in known]
