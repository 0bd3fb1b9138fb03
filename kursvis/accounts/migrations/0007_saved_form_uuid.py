"""What was saved of a form has an address of its own."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """What was saved of a form has an address of its own."""

    dependencies = [("accounts", "0006_user_by_name")]
    operations = [
        migrations.AddField(
            model_name="savedform",
            name="uuid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
    ]
