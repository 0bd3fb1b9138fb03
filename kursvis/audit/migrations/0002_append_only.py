"""The log can only grow."""

from django.db import migrations
from kursvis.core.privileges import append_only


class Migration(migrations.Migration):
    """The log can only grow."""

    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_event")]
