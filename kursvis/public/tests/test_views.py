import pytest
from django.test import Client

from kursvis.organisation.tests.factories import make_authority

pytestmark = pytest.mark.django_db


def test_everybody_reads_the_accessibility_statement_and_whom_to_tell(client: Client) -> None:
    authority = make_authority(email="vux@provkommun.example", phone="000-00 00")
    page = client.get("/tillganglighet/").content.decode()
    assert authority.adult_education_name in page
    assert 'href="mailto:vux@provkommun.example"' in page
    assert "Digg" in page


def test_the_statement_costs_few_queries_whatever_the_number_of_authorities(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(20):
        make_authority()
    with django_assert_max_num_queries(5):
        client.get("/tillganglighet/")
