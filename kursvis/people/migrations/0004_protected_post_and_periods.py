"""One reader's periods stay apart, and nothing is written to a protected person in the open.

The trigger locks the student's row for the moment, so that a message that is queued while she is being marked waits,
sees the mark, and is refused unless it is sealed.
"""

from django.db import migrations

NO_OVERLAP = """
ALTER TABLE people_protectedreader ADD CONSTRAINT protected_reader_does_not_overlap EXCLUDE USING gist (
    int8range(student_id, student_id, '[]') WITH &&,
    int8range(user_id, user_id, '[]') WITH &&,
    daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (ended_at IS NULL)
"""
CONCERNS = """
UPDATE post_message m SET concerns = s.uuid
FROM people_student s
WHERE m.authority_id = s.authority_id AND m.recipient = s.listed_name AND NOT EXISTS (
    SELECT 1 FROM people_student t
    WHERE t.authority_id = s.authority_id AND t.listed_name = s.listed_name AND t.id <> s.id
);
UPDATE post_message SET channel = 'protected', address = ''
WHERE sealed AND channel = 'print' AND concerns IS NOT NULL;
"""
SEALED = """
CREATE FUNCTION post_to_protected_is_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE protected_as text;
BEGIN
    IF NEW.concerns IS NULL OR NEW.sealed THEN RETURN NEW; END IF;
    SELECT protection INTO protected_as FROM people_student WHERE uuid = NEW.concerns FOR SHARE;
    IF protected_as <> 'none' THEN
        RAISE EXCEPTION 'a message that concerns a protected person is sealed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER post_to_protected_is_sealed BEFORE INSERT OR UPDATE OF sealed, concerns ON post_message
FOR EACH ROW EXECUTE FUNCTION post_to_protected_is_sealed()
"""


class Migration(migrations.Migration):
    """One reader's periods stay apart, and nothing is written to a protected person in the open."""

    dependencies = [("people", "0003_readers_are_named_by_somebody"), ("post", "0002_protected_post")]
    operations = [
        migrations.RunSQL(
            NO_OVERLAP, "ALTER TABLE people_protectedreader DROP CONSTRAINT protected_reader_does_not_overlap"
        ),
        migrations.RunSQL(CONCERNS, migrations.RunSQL.noop),
        migrations.RunSQL(
            SEALED,
            "DROP TRIGGER post_to_protected_is_sealed ON post_message; DROP FUNCTION post_to_protected_is_sealed()",
        ),
    ]
