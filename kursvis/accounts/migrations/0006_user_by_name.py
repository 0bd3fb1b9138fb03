"""Lists of staff are ordered, and searched by prefix, by name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists of staff are ordered, and searched by prefix, by name."""

    dependencies = [("accounts", "0005_links_and_warnings")]
    operations = [
        migrations.AddIndex("user", models.Index(fields=["name_key", "id"], name="user_by_name")),
    ]
