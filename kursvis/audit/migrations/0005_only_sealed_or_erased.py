"""What may happen to an event: it gets its batch, or it is erased. To a batch nothing."""

from django.db import migrations, models

from kursvis.core.privileges import APP_ROLE, append_only

GUARD = """
CREATE FUNCTION audit_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed audit_event%ROWTYPE := OLD;
BEGIN
    IF OLD.batch_number IS NULL AND NEW.batch_number IS NOT NULL THEN
        allowed.batch_number := NEW.batch_number;
    ELSIF OLD.salt IS NOT NULL AND NEW.salt IS NULL THEN
        allowed.salt := NULL;
        allowed.detail := '{}';
        allowed.actor_name := '';
    END IF;
    IF NEW IS DISTINCT FROM allowed THEN
        RAISE EXCEPTION 'an event may only be sealed once, or erased whole' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_guard BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_guard();
"""
UNGUARD = "DROP TRIGGER audit_event_guard ON audit_event; DROP FUNCTION audit_event_guard()"
COLUMNS = "batch_number, salt, detail, actor_name"


class Migration(migrations.Migration):
    """What may happen to an event: it gets its batch, or it is erased."""

    dependencies = [("audit", "0004_digests")]
    operations = [
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                condition=models.Q(("salt__isnull", False), models.Q(("actor_name", ""), ("detail", {})), _connector="OR"),
                name="erased_event_names_nobody",
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(condition=models.Q(("detail_digest__regex", "^[0-9a-f]{64}$")), name="event_has_a_digest"),
        ),
        migrations.AddIndex(
            "event",
            models.Index(condition=models.Q(("batch_number__isnull", True)), fields=["id"], name="event_to_seal"),
        ),
        append_only("audit_batch"),
        migrations.RunSQL(
            f"GRANT UPDATE ({COLUMNS}) ON audit_event TO {APP_ROLE}",
            f"REVOKE UPDATE ({COLUMNS}) ON audit_event FROM {APP_ROLE}",
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
