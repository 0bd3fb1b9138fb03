from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_protected_post")]

    operations = [
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200, unique=True)),
                ("sent_at", models.DateTimeField()),
            ],
        ),
    ]
