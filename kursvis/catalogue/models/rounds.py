"""When courses are applied for and begin: periods and their rounds."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kursvis.catalogue.rules.round_changes import PeriodDates
from kursvis.catalogue.rules.rounds import Continuous, PeriodKind, RoundDates
from kursvis.core.models import Row, choices, one_of
from kursvis.organisation.models import Authority


class Period(Row):
    """A season of the catalogue: when it opens, and by when the schools enter their offer (R13, R14).

    With continuous admission a course may start on any working day up to `last_start_on`; each day that a school offers
    something becomes a round, whose days lie `apply_days` and `basis_days` before it.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    opens_on = models.DateField()
    offer_by = models.DateField()
    kind = models.CharField(max_length=12, choices=choices(PeriodKind), default=PeriodKind.ROUNDS.value)
    last_start_on = models.DateField(null=True)
    apply_days = models.PositiveSmallIntegerField(null=True, help_text="Days from the last to apply to the start.")
    basis_days = models.PositiveSmallIntegerField(null=True, help_text="Days from the basis (UBA) to the start.")

    objects: ClassVar[models.Manager["Period"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", PeriodKind, "period_kind"),
            models.CheckConstraint(
                condition=Q(kind=PeriodKind.ROUNDS.value, last_start_on=None, apply_days=None, basis_days=None)
                | Q(
                    kind=PeriodKind.CONTINUOUS.value,
                    last_start_on__gt=F("opens_on"),
                    apply_days__gt=F("basis_days"),
                    basis_days__gt=0,
                ),
                name="period_continuous_has_its_days",
            ),
            models.UniqueConstraint(fields=["authority", "name"], name="period_name_once"),
            models.CheckConstraint(condition=Q(offer_by__lte=F("opens_on")), name="period_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def dates(self) -> PeriodDates:
        """Return what the rules need."""
        return PeriodDates(opens_on=self.opens_on, offer_by=self.offer_by, continuous=self.continuous)

    @property
    def continuous(self) -> Continuous | None:
        """Return what is decided of continuous admission, or None for a period of rounds."""
        if self.last_start_on is None or self.apply_days is None or self.basis_days is None:
            return None
        return Continuous(self.last_start_on, self.apply_days, self.basis_days)


class Round(Row):
    """One row of the help page's table: last application day, basis, call, start."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="rounds")
    apply_by = models.DateField()
    basis_on = models.DateField()
    call_by = models.DateField()
    starts_on = models.DateField()

    stage: str = ""
    """Where it stands today; read by queries.rounds for the pages that show it."""

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
