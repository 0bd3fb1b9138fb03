"""The municipality's own staff get user names too: their first part, from the municipality's name until it chooses."""

from typing import Any

from django.db import migrations, models

from kursvis.organisation.rules.prefixes import prefix_of_authority


def from_the_name(apps: Any, schema_editor: Any) -> None:
    """Give each municipality the first letters of its name."""
    authorities = apps.get_model("organisation", "Authority").objects.using(schema_editor.connection.alias)
    for authority in authorities.all():
        authorities.filter(pk=authority.pk).update(prefix=prefix_of_authority(authority.name))


class Migration(migrations.Migration):
    """The first part of the user names of the municipality's own staff."""

    dependencies = [("organisation", "0004_one_price_list_a_day")]
    operations = [
        migrations.AddField(
            "authority",
            "prefix",
            models.CharField(
                default="kom", help_text="First part of the user names of the municipality's own staff (R02).", max_length=6
            ),
        ),
        migrations.RunPython(from_the_name, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "authority",
            models.CheckConstraint(
                condition=models.Q(prefix__regex=r"^[a-z]{2,6}$"), name="authority_prefix_is_2_to_6_letters"
            ),
        ),
    ]
