from django.db import migrations, models

SETTINGS = [
    "call_days",
    "grades_ahead_days",
    "catalogue_days",
    "catalogue_last_day",
    "assignment_ends_days",
    "reminder_days",
    "last_reminder_days",
    "failed_attempts",
    "inactive_days",
    "idle_minutes",
    "invitation_days",
    "reset_minutes",
]


class Migration(migrations.Migration):
    dependencies = [("organisation", "0009_agreements_have_limits")]

    operations = [
        migrations.AlterField(
            "settingvalue", "setting", models.CharField(choices=[(name, name) for name in SETTINGS], max_length=30)
        ),
        migrations.RemoveConstraint("settingvalue", "setting_value_setting"),
        migrations.AddConstraint(
            "settingvalue",
            models.CheckConstraint(condition=models.Q(("setting__in", SETTINGS)), name="setting_value_setting"),
        ),
    ]
