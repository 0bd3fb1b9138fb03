"""Education authorities (huvudmän), providers, schools and their agreements."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kursvis.core.models import Row, choices, one_of, sort_key
from kursvis.organisation.rules import AgreementFacts, AgreementKind, ProviderKind


class Authority(Row):
    """An education authority (huvudman): every root row belongs to one."""

    name = models.CharField(max_length=120, unique=True)
    adult_education_name = models.CharField(max_length=120)
    municipality_code = models.CharField(max_length=4)
    organisation_number = models.CharField(max_length=11)
    catalogue_address = models.TextField(help_text="Postal address to which paper grade catalogues are sent.")
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager["Authority"]] = models.Manager()

    def __str__(self) -> str:
        return self.name


class Provider(Row):
    """Who runs schools for an authority: the municipality itself or a contractor."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(max_length=120)
    organisation_number = models.CharField(max_length=11)
    kind = models.CharField(max_length=20, choices=choices(ProviderKind))

    objects: ClassVar[models.Manager["Provider"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", ProviderKind, "provider_kind"),
            models.UniqueConstraint(fields=["authority", "organisation_number"], name="provider_once_an_authority"),
        ]


class School(Row):
    """A school unit (skolenhet) within one authority."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="schools")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(max_length=120)
    unit_code = models.CharField(max_length=8)
    prefix = models.CharField(max_length=6, help_text="First part of the user names of its staff (R02).")
    street = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=6)
    locality = models.CharField(max_length=80)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    name_key = sort_key("name")

    objects: ClassVar[models.Manager["School"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["authority", "unit_code"], name="school_unit_code_once"),
            models.UniqueConstraint(fields=["authority", "prefix"], name="school_prefix_once"),
            models.CheckConstraint(
                condition=Q(unit_code__regex=r"^[1-9][0-9]{7}$"), name="school_unit_code_is_8_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(Row):
    """What lets a school offer education for the authority, from a day to a day."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=20, choices=choices(AgreementKind))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager["Agreement"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", AgreementKind, "agreement_kind"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="agreement_dates_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind=AgreementKind.TEMPORARY.value) | Q(ends_on__isnull=False),
                name="temporary_agreement_has_an_end",
            ),
        ]

    def facts(self) -> AgreementFacts:
        """Return what the rules need."""
        return AgreementFacts(kind=AgreementKind(self.kind), starts_on=self.starts_on, ends_on=self.ends_on)
