"""A letter is kept as it was sent."""

from django.db import migrations
from kursvis.core.privileges import append_only


class Migration(migrations.Migration):
    """A letter is kept as it was sent."""

    dependencies = [("letters", "0001_initial")]
    operations = [append_only("letters_letter")]
