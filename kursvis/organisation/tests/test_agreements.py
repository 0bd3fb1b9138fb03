"""A school's agreements: entered, changed, ended and taken away; and eight people who press at once."""

from datetime import date, timedelta
from typing import Any

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.audit.models import Event
from kursvis.audit.queries import about
from kursvis.core import time
from kursvis.core.reasons import Refused
from kursvis.core.tests.races import AT_ONCE, race
from kursvis.organisation import services
from kursvis.organisation.models import Agreement, School
from kursvis.organisation.rules import AgreementKind
from kursvis.organisation.tests.factories import make_agreement, make_school

NOW = time.at_noon(date(2026, 11, 23))
TODAY = date(2026, 11, 23)
WHO: dict[str, Any] = {"by": SYSTEM, "now": NOW}
K = AgreementKind


def change(agreement: Agreement, **new: Any) -> None:
    values = {"kind": K(agreement.kind), "starts_on": agreement.starts_on, "ends_on": agreement.ends_on}
    services.change_agreement(agreement=agreement, **(values | new), **WHO)


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code.removeprefix("organisation.") for reason in refusal.value.reasons]


@pytest.mark.django_db
class TestChanging:
    def test_the_last_day_is_moved_earlier_and_later_and_the_log_keeps_old_and_new(self) -> None:
        school = make_school(agreement=None)
        agreement = make_agreement(school=school, kind=K.ORDINARY)
        change(agreement, ends_on=date(2026, 12, 31))
        agreement.refresh_from_db()
        assert agreement.ends_on == date(2026, 12, 31)
        change(agreement, ends_on=date(2027, 6, 30))
        change(agreement, ends_on=date(2027, 6, 30))  # nothing new: nothing in the log
        changes = [event.detail for event in about(school) if event.verb == "agreement.changed"]
        assert changes == [
            {"agreement": str(agreement.uuid), "ends_on": [None, "2026-12-31"]},
            {"agreement": str(agreement.uuid), "ends_on": ["2026-12-31", "2027-06-30"]},
        ]

    def test_what_has_been_is_not_rewritten(self) -> None:
        school = make_school(agreement=None)
        agreement = make_agreement(school=school, kind=K.ORDINARY, ends_on=date(2026, 12, 31))
        for new, expected in (
            ({"starts_on": date(2026, 1, 1)}, ["agreement_has_begun"]),
            ({"kind": K.TEMPORARY}, ["agreement_has_begun"]),
            ({"ends_on": TODAY - timedelta(days=1)}, ["last_day_has_been"]),
        ):
            with pytest.raises(Refused) as refusal:
                change(agreement, **new)
            assert code_of(refusal) == expected
        assert not Event.objects.filter(verb="agreement.changed").exists()

    def test_before_its_first_day_everything_may_change_and_it_may_be_taken_away(self) -> None:
        school = make_school(agreement=None)
        agreement = make_agreement(school=school, kind=K.ORDINARY, starts_on=date(2027, 1, 1))
        change(agreement, kind=K.TEMPORARY, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
        agreement.refresh_from_db()
        assert (agreement.kind, agreement.starts_on) == ("temporary", date(2026, 12, 1))
        services.remove_agreement(agreement=agreement, **WHO)
        assert not school.agreements.exists()
        event = Event.objects.get(verb="agreement.removed")
        assert event.subject_id == school.pk and event.detail["starts_on"] == "2026-12-01"
        with pytest.raises(Refused) as refusal:
            services.remove_agreement(agreement=agreement, **WHO)
        assert refusal.value.reasons[0].code == "core.changed_meanwhile"

    def test_one_that_has_begun_is_not_taken_away(self) -> None:
        agreement = make_agreement(school=make_school(agreement=None), kind=K.ORDINARY, starts_on=TODAY)
        with pytest.raises(Refused) as refusal:
            services.remove_agreement(agreement=agreement, **WHO)
        assert code_of(refusal) == ["agreement_has_begun"]
        assert Agreement.objects.filter(pk=agreement.pk).exists()

    @pytest.mark.parametrize(
        "kind, starts_on, ends_on, expected",
        [
            (K.TEMPORARY, date(2027, 1, 1), None, ["temporary_needs_an_end"]),
            (K.ORDINARY, date(2027, 1, 2), date(2027, 1, 1), ["ends_before_start"]),
            (K.ORDINARY, date(2026, 12, 31), None, ["agreements_overlap"]),
            (K.ORDINARY, date(2019, 1, 1), date(2020, 1, 1), ["agreements_overlap"]),
        ],
    )
    def test_a_new_one_is_refused_with_the_reason(
        self, kind: AgreementKind, starts_on: date, ends_on: date | None, expected: list[str]
    ) -> None:
        school = make_school(agreement=None)
        make_agreement(school=school, kind=K.ORDINARY, ends_on=date(2026, 12, 31))
        with pytest.raises(Refused) as refusal:
            services.create_agreement(school=school, kind=kind, starts_on=starts_on, ends_on=ends_on, **WHO)
        assert code_of(refusal) == expected

    def test_a_longer_agreement_may_not_grow_into_the_next(self) -> None:
        school = make_school(agreement=None)
        first = make_agreement(school=school, kind=K.ORDINARY, ends_on=date(2026, 12, 31))
        make_agreement(school=school, kind=K.ORDINARY, starts_on=date(2027, 1, 1))
        with pytest.raises(Refused) as refusal:
            change(first, ends_on=None)
        assert code_of(refusal) == ["agreement_without_end_overlaps"]


@pytest.mark.usefixtures("committed")
class TestAtOnce:
    def _enter(self, school: School, number: int) -> None:
        services.create_agreement(
            school=school, kind=K.ORDINARY, starts_on=date(2026, 1, 1) + timedelta(days=number), ends_on=None, **WHO
        )

    def test_one_of_eight_overlapping_agreements_is_entered_and_the_others_are_told(self) -> None:
        school = make_school(agreement=None)
        results = race(lambda number: self._enter(school, number))
        assert results == ["organisation.agreement_without_end_overlaps"] * (AT_ONCE - 1) + ["won"]
        assert school.agreements.count() == 1

    def test_one_of_eight_takes_the_prefix(self) -> None:
        provider = make_school().provider

        def enter(number: int) -> None:
            services.create_school(
                provider=provider,
                name=f"Skola {number}",
                unit_code=f"9999990{number}",
                prefix="samma",
                street="Skolgatan 1",
                postal_code="990 10",
                locality="Provstad",
                email="skola@example.org",
                **WHO,
            )

        assert race(enter) == ["organisation.prefix_taken"] * (AT_ONCE - 1) + ["won"]
        assert School.objects.filter(prefix="samma").count() == 1
