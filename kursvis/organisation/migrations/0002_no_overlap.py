"""A school has one agreement on one day."""

from django.db import migrations


class Migration(migrations.Migration):
    """A school has one agreement on one day."""

    dependencies = [("organisation", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql="""
            ALTER TABLE organisation_agreement ADD CONSTRAINT agreement_does_not_overlap EXCLUDE USING gist (
                int8range(school_id, school_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&
            )
            """,
            reverse_sql="ALTER TABLE organisation_agreement DROP CONSTRAINT agreement_does_not_overlap",
        ),
    ]
