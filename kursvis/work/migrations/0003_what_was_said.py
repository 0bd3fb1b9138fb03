"""A run keeps what was said once for all its rows: why late offers come late."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0002_run_of_a_school")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="said",
            field=models.JSONField(
                default=dict, help_text="What was said once for all rows; the kind knows what it means."
            ),
        ),
    ]
