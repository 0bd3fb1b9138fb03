"""National courses, periods and rounds, and what the schools offer."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from kursvis.catalogue.rules.offer import CourseStartFacts, CourseStartStatus, StudyForm
from kursvis.catalogue.rules.register import CourseFacts
from kursvis.catalogue.rules.round_changes import PeriodDates
from kursvis.catalogue.rules.rounds import RoundDates
from kursvis.core.models import Row, choices, one_of, sort_key
from kursvis.organisation.models import Authority, School


class NationalCourse(Row):
    """A course or level of the national register (Skolverket), the same for every authority."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    points = models.PositiveIntegerField(null=True, help_text="Null where the register gives none (sfi, orientation).")
    level = models.CharField(max_length=30)
    subject_code = models.CharField(max_length=20, blank=True)
    subject_name = models.CharField(max_length=160, blank=True)
    school_form = models.CharField(max_length=10)
    curriculum = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=30)
    level_name = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    cancelled_from = models.DateField(null=True)
    status = models.CharField(max_length=30, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    alias_of = models.CharField(max_length=20, blank=True)
    searchable = models.BooleanField(default=True, help_text="False: never in the catalogue or a picker (R17, R33).")
    source = models.CharField(max_length=300)
    name_key = sort_key("name")
    search_key = sort_key(Concat("name", Value(" "), "code", Value(" "), "subject_name"))

    objects: ClassVar[models.Manager["NationalCourse"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="course_validity_in_order",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["level", "name_key"], name="course_by_name")]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def facts(self) -> CourseFacts:
        """Return what the rules of the register need."""
        return CourseFacts(
            code=self.code,
            kind=self.kind,
            level=self.level,
            school_form=self.school_form,
            curriculum=self.curriculum,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            cancelled_from=self.cancelled_from,
            searchable=self.searchable,
        )


class Prerequisite(models.Model):
    """The register's "Kursen bygger på": advice, never a block. Met when all rows of one alternative are met."""

    course = models.ForeignKey(NationalCourse, on_delete=models.CASCADE, related_name="prerequisites")
    alternative = models.PositiveSmallIntegerField()
    required = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)

    objects: ClassVar[models.Manager["Prerequisite"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "alternative", "required"], name="prerequisite_once"),
        ]


class RegisterEdition(Row):
    """An edition of the national register that was applied: when, by whom, and what it did. Never rewritten."""

    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the files.")
    courses = models.PositiveIntegerField(help_text="How many courses the files hold.")
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    prerequisites = models.PositiveIntegerField(help_text="How many courses build on something else than before.")

    objects: ClassVar[models.Manager["RegisterEdition"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="edition_digest_is_sha256"),
        ]


class Period(Row):
    """A season of the catalogue: when it opens, and by when the schools enter their offer (R13, R14)."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    opens_on = models.DateField()
    offer_by = models.DateField()

    objects: ClassVar[models.Manager["Period"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["authority", "name"], name="period_name_once"),
            models.CheckConstraint(condition=Q(offer_by__lte=F("opens_on")), name="period_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def dates(self) -> PeriodDates:
        """Return what the rules need."""
        return PeriodDates(opens_on=self.opens_on, offer_by=self.offer_by)


class Round(Row):
    """One row of the help page's table: last application day, basis, call, start."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="rounds")
    apply_by = models.DateField()
    basis_on = models.DateField()
    call_by = models.DateField()
    starts_on = models.DateField()

    objects: ClassVar[models.Manager["Round"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["period", "starts_on"], name="round_start_once"),
            models.CheckConstraint(
                condition=Q(apply_by__lt=F("basis_on")) & Q(basis_on__lte=F("call_by")) & Q(call_by__lt=F("starts_on")),
                name="round_dates_in_order",
            ),
        ]

    def dates(self) -> RoundDates:
        """Return what the rules need."""
        return RoundDates(self.apply_by, self.basis_on, self.call_by, self.starts_on)


class CourseStart(Row):
    """A course that a school offers from a day to a day, with a number of seats."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, related_name="starts")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="starts")
    starts_on = models.DateField()
    ends_on = models.DateField()
    points = models.PositiveIntegerField(help_text="The course's points; set locally where the register gives none.")
    seats = models.PositiveIntegerField()
    seats_taken = models.PositiveIntegerField(default=0)
    applicants = models.PositiveIntegerField(default=0)
    study_form = models.CharField(max_length=20, choices=choices(StudyForm))
    place = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    weekly_pattern = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=20, choices=choices(CourseStartStatus), default=CourseStartStatus.DRAFT.value)
    status_reason = models.CharField(max_length=500, blank=True)
    stopped = models.BooleanField(default=False, help_text="A manual stop of applications.")

    study_form_name: str = ""
    """What its municipality calls the study form; read by queries.study_forms for the pages that show it."""

    objects: ClassVar[models.Manager["CourseStart"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", CourseStartStatus, "course_start_status"),
            one_of("study_form", StudyForm, "course_start_study_form"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="course_start_dates_in_order"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="course_start_has_seats"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("seats")), name="course_start_not_overfull"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["status", "starts_on"], name="course_start_by_state"),
            models.Index(fields=["school", "status", "starts_on"], name="course_start_by_school"),
            models.Index(fields=["authority", "status", "starts_on"], name="course_start_by_authority"),
        ]

    @property
    def seats_left(self) -> int:
        """Return the seats that nobody is placed on."""
        return self.seats - self.seats_taken

    def facts(self) -> CourseStartFacts:
        """Return what the rules need. Reads the round and its period: select_related them."""
        return CourseStartFacts(
            status=CourseStartStatus(self.status),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            opens_on=self.round.period.opens_on,
            apply_by=self.round.apply_by,
            seats=self.seats,
            seats_taken=self.seats_taken,
            applicants=self.applicants,
            stopped=self.stopped,
            description=self.description,
            weekly_pattern=self.weekly_pattern,
        )
