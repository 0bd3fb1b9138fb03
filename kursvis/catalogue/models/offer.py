"""What the schools offer: course starts, and what a school enters them from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from kursvis.catalogue.models.courses import NationalCourse
from kursvis.catalogue.models.rounds import Round
from kursvis.catalogue.models.search import pace_column, times_of_day_column, words_column
from kursvis.catalogue.models.weekly_pattern import PatternCheck, WeeklyPatternField
from kursvis.catalogue.rules import late
from kursvis.catalogue.rules.completeness import Part, missing
from kursvis.catalogue.rules.offer import CourseStartFacts, CourseStartStatus, StudyForm
from kursvis.catalogue.rules.rounds import PeriodKind
from kursvis.catalogue.rules.weekly_pattern import written
from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import Authority, RegisterEntry, School


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
    weekly_pattern = WeeklyPatternField()
    schedule_note = models.CharField(max_length=300, blank=True, help_text="What the weekly pattern can not say.")
    industry = models.ForeignKey(
        RegisterEntry, on_delete=models.PROTECT, null=True, related_name="+", help_text="Asked for by some agreements."
    )
    reference = models.CharField(max_length=60, blank=True, help_text="The school's own name of it, in an import.")
    submitted_on = models.DateField(
        null=True, help_text="The day it first was sent to the municipality, in its period."
    )
    late_reason = models.CharField(max_length=500, blank=True, help_text="Why it came in after the period's last day.")
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=choices(CourseStartStatus), default=CourseStartStatus.DRAFT.value)
    status_reason = models.CharField(max_length=500, blank=True)
    stopped = models.BooleanField(default=False, help_text="A manual stop of applications.")
    words = words_column("place", "schedule_note", "description")
    pace = pace_column()
    times_of_day = times_of_day_column("weekly_pattern")

    study_form_name: str = ""
    """What its municipality calls the study form; read by queries.study_forms for the pages that show it."""

    objects: ClassVar[models.Manager["CourseStart"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", CourseStartStatus, "course_start_status"),
            one_of("study_form", StudyForm, "course_start_study_form"),
            PatternCheck(field="weekly_pattern", name="course_start_pattern"),
            models.UniqueConstraint(
                fields=["school", "reference"], condition=~Q(reference=""), name="course_start_reference_once"
            ),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="course_start_dates_in_order"),
            models.UniqueConstraint(
                fields=["copied_from", "round"],
                condition=~Q(status=CourseStartStatus.CANCELLED.value),
                name="course_start_copied_once",
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="course_start_has_seats"),
            models.CheckConstraint(
                condition=Q(late_reason="") | Q(submitted_on__isnull=False), name="course_start_late_came_in"
            ),
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

    @property
    def schedule(self) -> str:
        """Return when the course meets, in Swedish words: the weekly pattern, and what the school has added."""
        return ". ".join(filter(None, [written(self.weekly_pattern).capitalize(), self.schedule_note]))

    @property
    def missing(self) -> list[Part]:
        """Return what an applicant would want to know and is not told (R15)."""
        return missing(self.facts())

    @property
    def completeness(self) -> str:
        """Return how much of it an applicant is told, in figures: *4 av 5*."""
        return _("{told} av {all}").format(told=len(Part) - len(self.missing), all=len(Part))

    def entry(self) -> late.Entry:
        """Return when it came in and by when it should have. Reads the round and its period: select_related them."""
        period = self.round.period
        return late.Entry(PeriodKind(period.kind), period.offer_by, self.submitted_on, self.late_reason)

    @property
    def days_late(self) -> int:
        """Return how many days after the period's last day it came in; 0 when it came in in time, or has not yet."""
        return late.came_in_late(self.entry())

    def facts(self) -> CourseStartFacts:
        """Return what the rules need. Reads the school, the round and its period: select_related them."""
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
            schedule=self.schedule,
            study_form=StudyForm(self.study_form),
            place=self.place,
            has_times=bool(self.weekly_pattern),
            has_contact=bool(self.school.phone),
        )


class CourseStartChange(models.Model):
    """Changed dates or place that applicants are told of (R16): what it was, what it became, when they were told."""

    course_start = models.ForeignKey(CourseStart, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    changes = models.JSONField(help_text="Field: [what it was, what it became], as text.")
    told_at = models.DateTimeField(null=True)
    told = models.PositiveIntegerField(null=True, help_text="How many applicants were told.")

    objects: ClassVar[models.Manager["CourseStartChange"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told__isnull=True) | Q(told_at__isnull=False, told__isnull=False),
                name="course_start_change_told_has_a_number",
            )
        ]


class OfferTemplate(Row):
    """What a school enters again and again, kept under a name."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    course = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, null=True, related_name="+")
    seats = models.PositiveIntegerField(null=True)
    study_form = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    weekly_pattern = WeeklyPatternField()
    schedule_note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["OfferTemplate"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["school", "name"], name="offer_template_name_once"),
            models.CheckConstraint(
                condition=Q(study_form="") | Q(study_form__in=[form.value for form in StudyForm]),
                name="offer_template_study_form",
            ),
            PatternCheck(field="weekly_pattern", name="offer_template_pattern"),
        ]

    @property
    def schedule(self) -> str:
        """Return when the course meets, in Swedish words, as a course start says it."""
        return CourseStart(weekly_pattern=self.weekly_pattern, schedule_note=self.schedule_note).schedule
