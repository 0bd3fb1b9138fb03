"""The entries that every municipality can begin with; and a study form has at most one entry on one day."""

from typing import Any

from django.db import migrations

from kursvis.organisation.rules.first_entries import FIRST_ENTRIES


def add_first_entries(apps: Any, schema_editor: Any) -> None:
    """Give each existing authority the entries, where its register lacks the code."""
    alias = schema_editor.connection.alias
    authorities = apps.get_model("organisation", "Authority").objects.using(alias)
    entries = apps.get_model("organisation", "RegisterEntry")
    entries.objects.using(alias).bulk_create(
        [
            entries(
                authority=authority,
                register=facts.register.value,
                code=facts.code,
                name=facts.name,
                text=facts.text,
                meaning=facts.meaning,
                starts_on=facts.starts_on,
            )
            for authority in authorities.all()
            for facts in FIRST_ENTRIES
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    """First entries."""

    dependencies = [("organisation", "0005_authority_prefix")]
    operations = [
        migrations.RunPython(add_first_entries, migrations.RunPython.noop),
        migrations.RunSQL(
            sql="""
            ALTER TABLE organisation_registerentry ADD CONSTRAINT study_form_entries_do_not_overlap EXCLUDE USING gist (
                int8range(authority_id, authority_id, '[]') WITH &&,
                (int8range(hashtext(meaning), hashtext(meaning), '[]')) WITH &&,
                daterange(starts_on, ends_on, '[]') WITH &&
            ) WHERE (register = 'study_form')
            """,
            reverse_sql="ALTER TABLE organisation_registerentry DROP CONSTRAINT study_form_entries_do_not_overlap",
        ),
    ]
