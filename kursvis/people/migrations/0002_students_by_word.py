"""Students are found by the words of their names, however many they are."""

from django.db import migrations

from kursvis.core.words import words_index


class Migration(migrations.Migration):
    """Students are found by the words of their names."""

    dependencies = [("people", "0001_initial")]
    operations = [words_index("people_student", "name_key", "student_by_word")]
