"""The date of a locked grade is the end date of the enrolment, and its path can only grow."""

from django.db import migrations
from kursvis.core.privileges import append_only


class Migration(migrations.Migration):
    """The date of a locked grade is the end date of the enrolment, and its path can only grow."""

    dependencies = [("grades", "0001_initial"), ("studies", "0002_append_only")]
    operations = [
        append_only("grades_gradestep", "grades_cataloguestep"),
        migrations.RunSQL(
            sql="""
            ALTER TABLE grades_grade ADD CONSTRAINT grade_date_is_end_date
                FOREIGN KEY (enrolment_id, grade_date) REFERENCES studies_enrolment (id, ends_on) ON UPDATE RESTRICT
            """,
            reverse_sql="ALTER TABLE grades_grade DROP CONSTRAINT grade_date_is_end_date",
        ),
    ]
