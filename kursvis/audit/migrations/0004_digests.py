"""Events from before: a salt and a digest each. In parts of its own, so that it goes on where it was stopped."""

import hashlib
import json
import secrets
from typing import Any

from django.db import migrations

AT_A_TIME = 5_000
CREATIONS = {"student.created", "choice.drafted", "enrolment.placed", "grade.set"}
ROWS = {"people.student", "admissions.choice", "studies.enrolment", "grades.grade"}
READINGS = (".opened", ".pdf_opened")
FILL = """
UPDATE audit_event e SET salt = new.salt, detail_digest = new.digest, is_creation = new.creates,
       changed_fields = CASE WHEN new.changes AND NOT new.creates THEN ARRAY['*'] ELSE '{}' END
FROM (
    SELECT n.id, n.salt, n.digest, n.changes, n.may_create AND NOT EXISTS (
        SELECT 1 FROM audit_event x WHERE x.subject = w.subject AND x.subject_id = w.subject_id AND x.id < w.id
    ) AS creates
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::boolean[], %s::boolean[])
         AS n (id, salt, digest, changes, may_create)
    JOIN audit_event w ON w.id = n.id
) new
WHERE e.id = new.id
"""


def fill(apps: Any, schema_editor: Any) -> None:
    """Give each event without a digest its salt and digest. What it changed is not known: any field may have been."""
    events = apps.get_model("audit", "Event").objects.using(schema_editor.connection.alias)
    last = 0
    while True:
        found = events.filter(id__gt=last, detail_digest="").order_by("id")
        rows = list(found.values_list("id", "actor_name", "detail", "subject", "verb")[:AT_A_TIME])
        if not rows:
            return
        last = rows[-1][0]
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(FILL, list(map(list, zip(*map(_filled, rows), strict=True))))


def _filled(row: tuple[int, str, dict[str, Any], str, str]) -> tuple[int, str, str, bool, bool]:
    number, actor_name, detail, subject, verb = row
    salt = secrets.token_hex(32)
    told = json.dumps([actor_name, detail], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    changes = subject in ROWS and not verb.endswith(READINGS)
    return number, salt, hashlib.sha256((salt + told).encode()).hexdigest(), changes, verb in CREATIONS


class Migration(migrations.Migration):
    """Events from before: a salt and a digest each."""

    atomic = False
    dependencies = [("audit", "0003_sealing")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
