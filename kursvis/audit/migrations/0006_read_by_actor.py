"""What somebody did is found by her, and whose rows a search showed by them."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Find what somebody did by her, and the searches that showed a student by the student."""

    dependencies = [("audit", "0005_only_sealed_or_erased")]
    operations = [
        migrations.AddIndex("event", models.Index(fields=["actor_id", "at"], name="event_by_actor")),
        migrations.AddIndex(
            "event",
            django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("verb", "student.searched")),
                fields=["detail"],
                name="event_by_whom_it_showed",
                opclasses=["jsonb_path_ops"],
            ),
        ),
    ]
