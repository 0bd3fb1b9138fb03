"""What has been applied to the register is not rewritten."""

from typing import ClassVar

from django.db import migrations

from kursvis.core.privileges import append_only


class Migration(migrations.Migration):
    """Append-only."""

    dependencies: ClassVar = [("catalogue", "0002_register_edition")]
    operations: ClassVar = [append_only("catalogue_registeredition")]
