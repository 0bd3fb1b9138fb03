"""A new edition of the national register beside the one in force: what it adds, changes and ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kursvis.catalogue.rules.register import CourseStatus
from kursvis.core.reasons import Reason

Fields = Mapping[str, Any]
"""The fields of one course, by name."""
Line = tuple[int, str, str, str, str]
"""One line of what a course builds on: alternative, code of the required course, kind, note, source."""
Pair = tuple[str, str]
"""Which level corresponds to a course: the level's code, and the source."""

SHOWN_FIELDS = (
    "name",
    "points",
    "level",
    "level_name",
    "subject_code",
    "subject_name",
    "school_form",
    "curriculum",
    "kind",
    "valid_from",
    "valid_to",
    "cancelled_from",
    "status",
    "alias_of",
    "searchable",
    "source",
)


@dataclass(frozen=True)
class PackageLine:
    """What the files, or the register, say of a package: its courses by code, each with its alternative (0: none)."""

    name: str
    programme: str
    description: str
    points: int | None
    source: str
    courses: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Edition:
    """Everything that the register's files say, by course code, with a digest of the files."""

    digest: str
    courses: Mapping[str, Fields]
    prerequisites: Mapping[str, Sequence[Line]]
    correspondences: Mapping[str, Pair]
    packages: Mapping[str, PackageLine]


@dataclass(frozen=True)
class FieldChange:
    """One field of a course before and after."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class CourseChange:
    """A course that is added, changed or ended. `fields` is empty where there is no before and after."""

    code: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class PrerequisiteChange:
    """What a course builds on, before and after: alternatives, each met as a whole."""

    code: str
    name: str
    old: tuple[tuple[str, ...], ...]
    new: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class CorrespondenceChange:
    """Which level corresponds to a course of Gy11, before and after; "" is none known."""

    code: str
    name: str
    old: str
    new: str


@dataclass(frozen=True)
class PackageChange:
    """A package before and after; None where there is no before, or no after."""

    code: str
    old: PackageLine | None
    new: PackageLine | None

    @property
    def name(self) -> str:
        """Return what it is called, after the change where there is an after."""
        return next(line.name for line in (self.new, self.old) if line)


@dataclass(frozen=True)
class Comparison:
    """What an edition does to the register in force, each list by course code."""

    added: tuple[CourseChange, ...]
    changed: tuple[CourseChange, ...]
    ended: tuple[CourseChange, ...]
    prerequisites: tuple[PrerequisiteChange, ...]
    correspondences: tuple[CorrespondenceChange, ...]
    packages: tuple[PackageChange, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Say whether nothing would be different."""
        of_courses = self.added or self.changed or self.ended
        return not (of_courses or self.prerequisites or self.correspondences or self.packages)


def ended_fields(course: Fields, *, today: date) -> dict[str, Any]:
    """Return what a course that left the files becomes: expired, in no picker, with a last day. Never deleted."""
    valid_to = course["valid_to"]
    if valid_to is None or valid_to > today:
        valid_to = max(today, course["valid_from"] or today)
    return {"status": CourseStatus.EXPIRED.value, "searchable": False, "valid_to": valid_to}


def compare(
    *,
    courses: Mapping[str, Fields],
    prerequisites: Mapping[str, Sequence[Line]],
    correspondences: Mapping[str, Pair],
    packages: Mapping[str, PackageLine],
    edition: Edition,
    today: date,
) -> Comparison:
    """Return what an edition adds, changes and ends of what is in force."""
    wanted = edition.courses
    changed = [_change(code, courses[code], fields) for code, fields in wanted.items() if code in courses]
    gone = {code: fields for code, fields in courses.items() if code not in wanted and not _has_ended(fields)}
    ended = [_change(code, fields, ended_fields(fields, today=today)) for code, fields in gone.items()]
    names = {code: str(fields["name"]) for code, fields in {**courses, **wanted}.items()}
    return Comparison(
        added=_sorted([CourseChange(code, str(wanted[code]["name"])) for code in wanted if code not in courses]),
        changed=_sorted([change for change in changed if change.fields]),
        ended=_sorted(ended),
        prerequisites=_other_advice(prerequisites, edition.prerequisites, names),
        correspondences=_other_levels(correspondences, edition.correspondences, names),
        packages=_other_packages(packages, edition.packages),
        unchanged=sum(not change.fields for change in changed),
    )


def against_applying_edition(*, shown: str, files: str, based_on: str, in_force: str) -> list[Reason]:
    """Return why the edition that somebody was shown may not be applied.

    The files, or the edition in force that they were compared with, are no longer those.
    """
    if shown != files:
        return [Reason("catalogue.edition_files_changed")]
    return [Reason("catalogue.edition_applied_already")] if based_on != in_force else []


def against_applying_nothing(comparison: Comparison) -> list[Reason]:
    """Return why there is nothing to apply: the register says what the edition says."""
    return [Reason("catalogue.edition_changes_nothing")] if comparison.is_empty else []


def _has_ended(fields: Fields) -> bool:
    return fields["status"] == CourseStatus.EXPIRED and not fields["searchable"]


def _change(code: str, old: Fields, new: Fields) -> CourseChange:
    differing = [FieldChange(name, old[name], new[name]) for name in SHOWN_FIELDS if name in new]
    return CourseChange(
        code, str(new.get("name", old["name"])), tuple(change for change in differing if change.old != change.new)
    )


def _sorted(changes: list[CourseChange]) -> tuple[CourseChange, ...]:
    return tuple(sorted(changes, key=lambda change: change.code))


def _other_advice(
    old: Mapping[str, Sequence[Line]], new: Mapping[str, Sequence[Line]], names: Mapping[str, str]
) -> tuple[PrerequisiteChange, ...]:
    return tuple(
        PrerequisiteChange(code, names[code], _alternatives(old.get(code, ())), _alternatives(new.get(code, ())))
        for code in sorted({*old, *new})
        if list(old.get(code, ())) != list(new.get(code, ()))
    )


def _other_levels(
    old: Mapping[str, Pair], new: Mapping[str, Pair], names: Mapping[str, str]
) -> tuple[CorrespondenceChange, ...]:
    return tuple(
        CorrespondenceChange(code, names[code], old.get(code, ("", ""))[0], new.get(code, ("", ""))[0])
        for code in sorted({*old, *new})
        if old.get(code) != new.get(code)
    )


def _other_packages(old: Mapping[str, PackageLine], new: Mapping[str, PackageLine]) -> tuple[PackageChange, ...]:
    return tuple(
        PackageChange(code, old.get(code), new.get(code))
        for code in sorted({*old, *new})
        if old.get(code) != new.get(code)
    )


def _alternatives(lines: Sequence[Line]) -> tuple[tuple[str, ...], ...]:
    found: dict[int, list[str]] = {}
    for alternative, code, _kind, note, _source in lines:
        found.setdefault(alternative, []).append(code or note)
    return tuple(tuple(found[alternative]) for alternative in sorted(found))
