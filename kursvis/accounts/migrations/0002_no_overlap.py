"""Nobody holds a role twice at a unit on one day."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nobody holds a role twice at a unit on one day."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql="""
            ALTER TABLE accounts_assignment ADD CONSTRAINT assignment_does_not_overlap EXCLUDE USING gist (
                int8range(user_id, user_id, '[]') WITH &&,
                int8range(authority_id, authority_id, '[]') WITH &&,
                int8range(coalesce(school_id, 0), coalesce(school_id, 0), '[]') WITH &&,
                int8range(hashtext(role)::bigint, hashtext(role)::bigint, '[]') WITH &&,
                daterange(starts_on, ends_on, '[]') WITH &&
            )
            """,
            reverse_sql="ALTER TABLE accounts_assignment DROP CONSTRAINT assignment_does_not_overlap",
        ),
    ]
