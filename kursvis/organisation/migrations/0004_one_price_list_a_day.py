"""A provider has one price list on one day; so have all others together."""

from django.db import migrations


class Migration(migrations.Migration):
    """A provider has one price list on one day."""

    dependencies = [("organisation", "0003_registers_settings_prices")]
    operations = [
        migrations.RunSQL(
            sql="""
            ALTER TABLE organisation_pricelist ADD CONSTRAINT price_list_does_not_overlap EXCLUDE USING gist (
                int8range(authority_id, authority_id, '[]') WITH &&,
                int8range(coalesce(provider_id, 0), coalesce(provider_id, 0), '[]') WITH &&,
                daterange(starts_on, ends_on, '[]') WITH &&
            )
            """,
            reverse_sql="ALTER TABLE organisation_pricelist DROP CONSTRAINT price_list_does_not_overlap",
        ),
    ]
