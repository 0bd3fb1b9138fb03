"""Prefixes and organisation numbers have their form; providers are listed in Swedish order."""

import django.db.models.functions.text
from django.db import migrations, models

import kursvis.core.models

_PLAIN = "åäöæøéèêëáàâãíìîïóòôõúùûüýÿñçčćšśžźżłńğışß"
_SORTS = "{|}|}eeeeaaaaiiiioooouuuuyyncccsszzzlngiss"


class Migration(migrations.Migration):
    """Prefixes and organisation numbers have their form; providers are listed in Swedish order."""

    dependencies = [("organisation", "0006_first_entries")]
    operations = [
        migrations.AddField(
            "provider",
            "name_key",
            models.GeneratedField(
                db_persist=True,
                expression=kursvis.core.models.ByteOrder(
                    kursvis.core.models.Translate(
                        django.db.models.functions.text.Lower("name"), models.Value(_PLAIN), models.Value(_SORTS)
                    )
                ),
                output_field=models.CharField(db_collation="C", max_length=400),
            ),
        ),
        migrations.AddConstraint(
            "authority",
            models.CheckConstraint(
                condition=models.Q(organisation_number__regex=r"^[0-9]{6}-[0-9]{4}$"),
                name="authority_has_organisation_number",
            ),
        ),
        migrations.AddConstraint(
            "provider",
            models.CheckConstraint(
                condition=models.Q(organisation_number__regex=r"^[0-9]{6}-[0-9]{4}$"),
                name="provider_has_organisation_number",
            ),
        ),
        migrations.AddConstraint(
            "school",
            models.CheckConstraint(
                condition=models.Q(prefix__regex=r"^[a-z]{2,6}$"), name="school_prefix_is_2_to_6_letters"
            ),
        ),
    ]
