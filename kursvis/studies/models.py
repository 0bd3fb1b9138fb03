"""Groups, their teachers, and the students' enrolments."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kursvis.accounts.models import User
from kursvis.admissions.models import Choice
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.core.models import Row, choices, one_of, sort_key
from kursvis.organisation.models import Authority, RegisterEntry, School
from kursvis.people.models import Student
from kursvis.studies.rules import EnrolmentFacts, EnrolmentOutcome, GroupFacts, GroupKind


class Group(Row):
    """Students who study a course together at a school."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, related_name="+")
    course_start = models.ForeignKey(CourseStart, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=choices(GroupKind), default=GroupKind.ORDINARY.value)
    points = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=6, decimal_places=1, help_text="0.7 h a point unless overridden (R28).")
    industry = models.ForeignKey(
        RegisterEntry, on_delete=models.PROTECT, null=True, related_name="+", help_text="Decides what a point costs."
    )
    economy_mark = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    name_key = sort_key("name")

    objects: ClassVar[models.Manager["Group"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", GroupKind, "group_kind"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="group_dates_in_order"),
            models.CheckConstraint(
                condition=~Q(kind=GroupKind.PROVNING.value) | Q(ends_on=F("starts_on")),
                name="provning_group_is_one_day",
            ),
            models.UniqueConstraint(fields=["school", "name"], name="group_name_once_a_school"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["school", "-starts_on"], name="group_by_school")]

    def __str__(self) -> str:
        return self.name

    def facts(self) -> GroupFacts:
        """Return what placing needs."""
        return GroupFacts(
            school_id=self.school_id,
            course_id=self.course_id,
            course_start_id=self.course_start_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class GroupTeacher(models.Model):
    """A teacher of a group: sees it, and decides its grades (3 kap. 16 § skollagen)."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="teachers")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["GroupTeacher"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "user"], name="teacher_once_a_group"),
        ]


class Enrolment(Row):
    """A student's studies of a course in a group: facts, not phases."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="enrolments")
    choice = models.OneToOneField(Choice, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    outcome = models.CharField(max_length=30, choices=choices(EnrolmentOutcome), default=EnrolmentOutcome.NONE.value)
    outcome_on = models.DateField(null=True)
    has_locked_grade = models.BooleanField(default=False, help_text="Kept by grades.")

    objects: ClassVar[models.Manager["Enrolment"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("outcome", EnrolmentOutcome, "enrolment_outcome"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="enrolment_dates_in_order"),
            models.CheckConstraint(
                condition=Q(outcome="none", outcome_on__isnull=True)
                | (~Q(outcome="none") & Q(outcome_on__isnull=False)),
                name="enrolment_outcome_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_started") | Q(outcome_on__lte=F("starts_on")),
                name="not_started_is_dated_by_the_start",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="interrupted") | Q(outcome_on__gt=F("starts_on")),
                name="interruption_is_after_day_one",
            ),
            models.UniqueConstraint(fields=["id", "ends_on"], name="enrolment_end_for_grades"),
            models.UniqueConstraint(
                fields=["student", "group"],
                condition=~Q(outcome__in=["replaced", "registered_in_error"]),
                name="enrolment_once_a_group",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["group", "outcome"], name="enrolment_by_group"),
            models.Index(fields=["student", "-starts_on"], name="enrolment_by_student"),
        ]

    def facts(self) -> EnrolmentFacts:
        """Return what the rules need. Reads the student: select_related it."""
        return EnrolmentFacts(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            outcome=EnrolmentOutcome(self.outcome),
            outcome_on=self.outcome_on,
            has_locked_grade=self.has_locked_grade,
            student_user_id=self.student.user_id,
        )


class EnrolmentStep(models.Model):
    """The path of an enrolment: placed, dates moved, ended. Append-only by privilege."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=40)
    old = models.CharField(max_length=60, blank=True)
    new = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["EnrolmentStep"]] = models.Manager()
