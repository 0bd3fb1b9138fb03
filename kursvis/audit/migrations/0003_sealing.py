"""Salt, digest and batch of an event; the batches. Filled by the next migration."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Salt, digest and batch of an event; the batches."""

    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("first_id", models.BigIntegerField()),
                ("last_id", models.BigIntegerField()),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1), ("number__gte", 1)), name="batch_holds_something"
                    )
                ],
            },
        ),
        migrations.AddField("event", "is_creation", models.BooleanField(default=False, help_text="The step made the subject.")),
        migrations.AddField(
            "event",
            "changed_fields",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=63),
                default=list,
                size=None,
                help_text="The subject's columns that the step changed; from what to what stands in the detail.",
            ),
        ),
        migrations.AddField("event", "salt", models.CharField(max_length=64, null=True)),
        migrations.AddField(
            "event", "detail_digest", models.CharField(default="", max_length=64), preserve_default=False
        ),
        migrations.AddField(
            "event",
            "batch_number",
            models.BigIntegerField(null=True, help_text="The batch that seals it; null until then."),
        ),
        migrations.AlterField("event", "actor_name", models.CharField(max_length=200, help_text="Empty when erased.")),
        migrations.AlterField("event", "detail", models.JSONField(default=dict, help_text="Empty when erased.")),
    ]
