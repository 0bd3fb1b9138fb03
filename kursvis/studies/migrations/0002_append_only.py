"""The path of an enrolment can only grow."""

from django.db import migrations
from kursvis.core.privileges import append_only


class Migration(migrations.Migration):
    """The path of an enrolment can only grow."""

    dependencies = [("studies", "0001_initial")]
    operations = [append_only("studies_enrolmentstep")]
