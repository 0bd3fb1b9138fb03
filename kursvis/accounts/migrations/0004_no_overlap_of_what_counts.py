"""Nobody holds, or has asked for, a role twice at a unit on one day; what was refused or ended does not count."""

from django.db import migrations

_EXCLUDE = """
ALTER TABLE accounts_assignment ADD CONSTRAINT assignment_does_not_overlap EXCLUDE USING gist (
    int8range(user_id, user_id, '[]') WITH &&,
    int8range(authority_id, authority_id, '[]') WITH &&,
    int8range(coalesce(school_id, 0), coalesce(school_id, 0), '[]') WITH &&,
    int8range(hashtext(role)::bigint, hashtext(role)::bigint, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
)"""


class Migration(migrations.Migration):
    """Nobody holds, or has asked for, a role twice at a unit on one day."""

    dependencies = [("accounts", "0003_activation_and_ways_in")]
    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE accounts_assignment DROP CONSTRAINT assignment_does_not_overlap;"
            + _EXCLUDE
            + " WHERE (status IN ('requested', 'granted'))",
            reverse_sql="ALTER TABLE accounts_assignment DROP CONSTRAINT assignment_does_not_overlap;" + _EXCLUDE,
        ),
    ]
