"""The path of a choice and the decisions can only grow."""

from django.db import migrations
from kursvis.core.privileges import append_only


class Migration(migrations.Migration):
    """The path of a choice and the decisions can only grow."""

    dependencies = [("admissions", "0001_initial")]
    operations = [append_only("admissions_choicestep", "admissions_decision")]
