from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0008_forwarding_address")]

    operations = [
        migrations.AddField(
            "agreement",
            "levels",
            ArrayField(
                base_field=models.CharField(max_length=30),
                blank=True,
                default=list,
                help_text="Empty: all levels.",
                size=None,
            ),
        ),
        migrations.AddField(
            "agreement",
            "industries",
            ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                help_text="Codes of the register; empty: all.",
                size=None,
            ),
        ),
        migrations.AddConstraint(
            "agreement",
            models.CheckConstraint(
                condition=models.Q(
                    levels__contained_by=[
                        "gymnasial",
                        "grundläggande",
                        "sfi",
                        "anpassad grundläggande",
                        "anpassad gymnasial",
                    ]
                ),
                name="agreement_levels",
            ),
        ),
    ]
