"""Education authorities (huvudmän), providers, schools and their agreements."""

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from kursvis.core.models import Row, choices, one_of, sort_key
from kursvis.organisation.rules import AgreementFacts, AgreementKind, ProviderKind
from kursvis.organisation.rules.levels import Level
from kursvis.organisation.rules.prices import PriceListFacts
from kursvis.organisation.rules.registers import EntryFacts, Register
from kursvis.organisation.rules.settings import Setting


class Authority(Row):
    """An education authority (huvudman): every root row belongs to one."""

    name = models.CharField(max_length=120, unique=True)
    adult_education_name = models.CharField(max_length=120)
    municipality_code = models.CharField(max_length=4)
    organisation_number = models.CharField(max_length=11)
    catalogue_address = models.TextField(help_text="Postal address to which paper grade catalogues are sent.")
    forwarding_address = models.TextField(
        blank=True, help_text="Postal address of who forwards letters to persons whose data are protected."
    )
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    prefix = models.CharField(
        max_length=6, default="kom", help_text="First part of the user names of the municipality's own staff (R02)."
    )

    objects: ClassVar[models.Manager["Authority"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(prefix__regex=r"^[a-z]{2,6}$"), name="authority_prefix_is_2_to_6_letters"
            ),
            models.CheckConstraint(
                condition=Q(organisation_number__regex=r"^[0-9]{6}-[0-9]{4}$"), name="authority_has_organisation_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Provider(Row):
    """Who runs schools for an authority: the municipality itself or a contractor."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(max_length=120)
    organisation_number = models.CharField(max_length=11)
    kind = models.CharField(max_length=20, choices=choices(ProviderKind))
    name_key = sort_key("name")

    objects: ClassVar[models.Manager["Provider"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("kind", ProviderKind, "provider_kind"),
            models.UniqueConstraint(fields=["authority", "organisation_number"], name="provider_once_an_authority"),
            models.CheckConstraint(
                condition=Q(organisation_number__regex=r"^[0-9]{6}-[0-9]{4}$"), name="provider_has_organisation_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name


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
            models.CheckConstraint(condition=Q(prefix__regex=r"^[a-z]{2,6}$"), name="school_prefix_is_2_to_6_letters"),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(Row):
    """What lets a school offer education for the authority, from a day to a day."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(max_length=20, choices=choices(AgreementKind))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    levels = ArrayField(models.CharField(max_length=30), default=list, blank=True, help_text="Empty: all levels.")
    industries = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, help_text="Codes of the register; empty: all."
    )

    industry_names: tuple[str, ...] = ()
    """What its municipality calls its industries; read by queries.set_up for the pages that show them."""

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
            models.CheckConstraint(
                condition=Q(levels__contained_by=[level.value for level in Level]), name="agreement_levels"
            ),
        ]

    def facts(self, names: Mapping[str, str] | None = None) -> AgreementFacts:
        """Return what the rules need; `names` says what the municipality calls its industries, by code."""
        return AgreementFacts(
            kind=AgreementKind(self.kind),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            levels=tuple(self.levels),
            industries=tuple(self.industries),
            industry_names=tuple((names or {}).get(code, code) for code in self.industries),
        )


class RegisterEntry(Row):
    """One entry of one of the municipality's own registers: an industry, an economy mark, a reason, a condition …"""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="entries")
    register = models.CharField(max_length=20, choices=choices(Register))
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    text = models.TextField(blank=True, help_text="What the student reads, where the register tells her something.")
    meaning = models.CharField(max_length=20, blank=True, help_text="What it stands for, where the system acts on it.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    name_key = sort_key("name")

    objects: ClassVar[models.Manager["RegisterEntry"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("register", Register, "register_entry_register"),
            models.UniqueConstraint(fields=["authority", "register", "code"], name="register_entry_code_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="register_entry_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def facts(self) -> EntryFacts:
        """Return what the rules need."""
        return EntryFacts(
            register=Register(self.register),
            code=self.code,
            name=self.name,
            text=self.text,
            meaning=self.meaning,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class SettingValue(Row):
    """What a setting is from a day on. What has been is kept: a new value has a new day."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="setting_values")
    setting = models.CharField(max_length=30, choices=choices(Setting))
    value = models.PositiveIntegerField()
    starts_on = models.DateField()

    objects: ClassVar[models.Manager["SettingValue"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            one_of("setting", Setting, "setting_value_setting"),
            models.UniqueConstraint(fields=["authority", "setting", "starts_on"], name="setting_value_once_a_day"),
        ]


class PriceList(Row):
    """Prices from a day to a day, of one provider or (no provider) of everybody else."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="price_lists")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, related_name="price_lists")
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["PriceList"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="price_list_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def facts(self) -> PriceListFacts:
        """Return what the rules need."""
        return PriceListFacts(self.provider_id, self.starts_on, self.ends_on, name=self.name)


class Price(models.Model):
    """Kronor a point for one industry in one price list."""

    price_list = models.ForeignKey(PriceList, on_delete=models.CASCADE, related_name="prices")
    industry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="prices")
    per_point = models.DecimalField(max_digits=8, decimal_places=2)

    objects: ClassVar[models.Manager["Price"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["price_list", "industry"], name="price_once_an_industry"),
            models.CheckConstraint(condition=Q(per_point__gte=0), name="price_is_not_negative"),
        ]
