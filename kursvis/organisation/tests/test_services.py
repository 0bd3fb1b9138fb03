from datetime import date

import pytest

from kursvis.access.actors import SYSTEM
from kursvis.audit.queries import about
from kursvis.core import time
from kursvis.organisation import services
from kursvis.organisation.rules import AgreementKind, ProviderKind

pytestmark = pytest.mark.django_db


def test_an_authority_with_provider_school_and_agreement_leaves_one_event_each() -> None:
    now = time.now()
    authority = services.create_authority(
        name="Provkommun",
        adult_education_name="Provkommuns vuxenutbildning",
        municipality_code="9999",
        organisation_number="559900-0014",
        catalogue_address="Provkommun\n999 99 Provstad",
        email="vux@example.org",
        by=SYSTEM,
        now=now,
    )
    provider = services.create_provider(
        authority=authority,
        name="Egen regi",
        organisation_number="559900-0014",
        kind=ProviderKind.OWN,
        by=SYSTEM,
        now=now,
    )
    school = services.create_school(
        provider=provider,
        name="Provskolan",
        unit_code="12345678",
        prefix="prov",
        street="Skolgatan 1",
        postal_code="999 99",
        locality="Provstad",
        email="skola@example.org",
        by=SYSTEM,
        now=now,
    )
    agreement = services.create_agreement(
        school=school,
        kind=AgreementKind.TEMPORARY,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        by=SYSTEM,
        now=now,
    )
    assert school.authority == authority
    for row, verb in (
        (authority, "authority.created"),
        (provider, "provider.created"),
        (school, "school.created"),
        (school, "agreement.created"),
    ):
        event = about(row).get(verb=verb)
        assert (event.authority_id, event.actor_name) == (authority.pk, "Kursvis")
    assert about(school).get(verb="agreement.created").detail["agreement"] == str(agreement.uuid)
