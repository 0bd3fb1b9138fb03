"""Keep the day an offer first came in. What has come in before this is taken to have come in in time."""

from django.db import migrations, models

IN_TIME = """
UPDATE catalogue_coursestart s SET submitted_on = p.offer_by
FROM catalogue_round r JOIN catalogue_period p ON p.id = r.period_id
WHERE s.round_id = r.id AND (s.status <> 'draft' OR s.status_reason <> '' OR s.late_reason <> '')
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_search_columns")]

    operations = [
        migrations.AddField(
            "coursestart",
            "submitted_on",
            models.DateField(help_text="The day it first was sent to the municipality, in its period.", null=True),
        ),
        migrations.RunSQL(IN_TIME, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "coursestart",
            models.CheckConstraint(
                condition=models.Q(late_reason="") | models.Q(submitted_on__isnull=False),
                name="course_start_late_came_in",
            ),
        ),
    ]
