"""An edition counts correspondences and packages; a package has its source's points; what a local course is."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add what editions, packages and local courses need."""

    dependencies = [("catalogue", "0007_day_of_entry")]

    operations = [
        migrations.AddField(
            model_name="package",
            name="points",
            field=models.PositiveIntegerField(
                help_text="What the source says; null: what its courses add up to.", null=True
            ),
        ),
        migrations.AddField(
            model_name="registeredition",
            name="correspondences",
            field=models.PositiveIntegerField(default=0, help_text="How many courses correspond to another level."),
        ),
        migrations.AddField(
            model_name="registeredition",
            name="packages",
            field=models.PositiveIntegerField(default=0, help_text="How many packages are new, changed or ended."),
        ),
        migrations.AddConstraint(
            model_name="nationalcourse",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("authority", None),
                    Q(kind="local_subcourse", part_of__isnull=False, points__gt=0),
                    Q(kind="individual", part_of=None, points__gt=0),
                    _connector="OR",
                ),
                name="local_course_is_part_or_individual",
            ),
        ),
    ]
