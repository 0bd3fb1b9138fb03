"""A dash may say why: a reason of the municipality's register."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A dash may say why: a reason of the municipality's register."""

    dependencies = [("grades", "0002_date_is_end")]
    operations = [
        migrations.AddField(
            "grade",
            "no_grade_reason",
            models.CharField(
                blank=True,
                default="",
                help_text="Why there is a dash, as the municipality's register called it then.",
                max_length=120,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "grade",
            models.CheckConstraint(
                condition=models.Q(no_grade_reason="") | models.Q(value="\N{EN DASH}"),
                name="only_a_dash_has_a_no_grade_reason",
            ),
        ),
    ]
