"""Returns and conditions keep the words in which the municipality told them."""

from typing import Any

from django.db import migrations, models

CONDITION = "Om godkänd på underliggande kurs, annars avslag"
RETURNED_AS = {
    "condition_unmet": "Villkoret är inte uppfyllt",
    "no_seat": "Ingen plats kvar",
    "start_cancelled": "Kursen startar inte",
    "declined": "Den sökande har tackat nej",
    "other": "Annat skäl",
}
"""What was told until now."""


def as_it_was_told(apps: Any, schema_editor: Any) -> None:
    """Give the returns of before the words that were told then."""
    choices = apps.get_model("admissions", "Choice").objects.using(schema_editor.connection.alias)
    for reason, told in RETURNED_AS.items():
        choices.filter(return_reason=reason).update(returned_as=told)


class Migration(migrations.Migration):
    """Returns and conditions keep the words in which the municipality told them."""

    dependencies = [("admissions", "0002_append_only")]
    operations = [
        migrations.AddField(
            "choice",
            "returned_as",
            models.CharField(
                blank=True,
                default="",
                help_text="What the municipality called the reason of the return when it was told.",
                max_length=120,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "choice",
            "return_told",
            models.TextField(
                blank=True, default="", help_text="What its register said to the student about that reason."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "condition",
            "named",
            models.CharField(
                default=CONDITION,
                help_text="What the municipality called the condition when it was told.",
                max_length=120,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "condition",
            "wording",
            models.TextField(blank=True, default="", help_text="What its register said to the applicant about it."),
            preserve_default=False,
        ),
        migrations.RunPython(as_it_was_told, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "choice",
            models.CheckConstraint(
                condition=models.Q(return_reason="") | ~models.Q(returned_as=""), name="return_reason_is_called"
            ),
        ),
        migrations.AddConstraint(
            "condition",
            models.CheckConstraint(condition=~models.Q(named=""), name="condition_is_named"),
        ),
    ]
