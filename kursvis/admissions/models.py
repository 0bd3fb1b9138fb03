"""Applications, choices, decisions and conditions."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kursvis.accounts.models import User
from kursvis.admissions.rules import (
    ChoiceFacts,
    ChoiceStatus,
    ConditionStatus,
    DecisionKind,
    Ground,
    Outcome,
    ReturnReason,
)
from kursvis.admissions.rules.told import course_phase, own_state
from kursvis.catalogue.models import CourseStart, NationalCourse
from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import Authority
from kursvis.people.models import Student


class Application(Row):
    """What a student sends in: who she is reached by, what she aims for, and her choices."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=200)
    message = models.TextField(blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Application"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["authority", "number"], name="application_number_once"),
        ]


class Choice(Row):
    """One course start in an application, and where it stands. `outcome` is the latest decision's, kept beside it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="choices")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="+")
    course_start = models.ForeignKey(CourseStart, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=choices(ChoiceStatus), default=ChoiceStatus.DRAFT.value)
    outcome = models.CharField(max_length=20, choices=choices(Outcome), null=True)  # noqa: DJ001  (null: not decided)
    status_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=20, choices=choices(ReturnReason), blank=True)
    returned_as = models.CharField(
        max_length=120, blank=True, help_text="What the municipality called the reason of the return when it was told."
    )
    return_told = models.TextField(blank=True, help_text="What its register said to the student about that reason.")
    return_text = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["Choice"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", ChoiceStatus, "choice_status"),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True) | Q(outcome__in=[o.value for o in Outcome]), name="choice_outcome"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "withdrawn"]) | Q(outcome__isnull=False),
                name="choice_decided_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["distributed", "placed"]) | ~Q(outcome="refused"),
                name="refused_is_never_placed",
            ),
            models.CheckConstraint(condition=~Q(status="returned") | ~Q(return_reason=""), name="return_has_a_reason"),
            models.CheckConstraint(condition=Q(return_reason="") | ~Q(returned_as=""), name="return_reason_is_called"),
            models.UniqueConstraint(
                fields=["student", "course_start"],
                condition=~Q(status__in=["withdrawn", "replaced"]),
                name="choice_once_a_start",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["authority", "status", "status_at"], name="choice_by_state"),
            models.Index(fields=["course_start", "status"], name="choice_by_start"),
            models.Index(fields=["student"], name="choice_by_student"),
        ]

    def facts(self) -> ChoiceFacts:
        """Return what the rules need. Reads course start, student and condition: select_related them."""
        condition = getattr(self, "condition", None)
        return ChoiceFacts(
            status=ChoiceStatus(self.status),
            outcome=Outcome(self.outcome) if self.outcome else None,
            condition=ConditionStatus(condition.status) if condition and self.outcome == Outcome.ON_CONDITION else None,
            starts_on=self.course_start.starts_on,
            student_user_id=self.student.user_id,
        )

    def own_state(self, today: date) -> str:
        """Return the state as the applicant is told it on a day. Reads course start."""
        phase = course_phase(self.course_start.starts_on, self.course_start.ends_on, today=today)
        return own_state(ChoiceStatus(self.status), Outcome(self.outcome) if self.outcome else None, phase)


class ChoiceStep(models.Model):
    """The path of a choice: one row a move. Append-only by privilege."""

    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="steps")
    old = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager["ChoiceStep"]] = models.Manager()


class Decision(Row):
    """What was decided about a choice, by whom and on what ground.

    Append-only by privilege; the newest of a kind counts.
    """

    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=choices(DecisionKind))
    outcome = models.CharField(max_length=20, choices=choices(Outcome))
    grounds = ArrayField(models.CharField(max_length=20, choices=choices(Ground)), default=list)
    reason = models.TextField(blank=True)
    decider = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decider_name = models.CharField(max_length=200)
    delegation = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    appeal_text = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Decision"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", DecisionKind, "decision_kind"),
            one_of("outcome", Outcome, "decision_outcome"),
            models.CheckConstraint(condition=~Q(outcome="refused") | ~Q(reason=""), name="refusal_has_a_reason"),
        ]


class Condition(Row):
    """The condition of a grant (help page: "Om godkänd på underliggande kurs, annars avslag"), in its own words.

    Met by a passed grade locked here, or by recorded evidence.
    """

    choice = models.OneToOneField(Choice, on_delete=models.PROTECT, related_name="condition")
    required = models.ForeignKey(NationalCourse, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=choices(ConditionStatus), default=ConditionStatus.OPEN.value)
    named = models.CharField(max_length=120, help_text="What the municipality called the condition when it was told.")
    wording = models.TextField(blank=True, help_text="What its register said to the applicant about it.")
    evidence = models.CharField(max_length=500, blank=True)
    result_id = models.BigIntegerField(null=True, help_text="The result that met it, where one did.")
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["Condition"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("status", ConditionStatus, "condition_status"),
            models.CheckConstraint(condition=~Q(named=""), name="condition_is_named"),
            models.CheckConstraint(
                condition=Q(status="open", met_at__isnull=True) | Q(status="met", met_at__isnull=False),
                name="condition_met_has_a_time",
            ),
        ]
