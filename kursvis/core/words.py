"""Finding rows by the words of a name: the beginning of each, in any order, through an index."""

import re

from django.db.migrations.operations import RunSQL
from django.db.models import BooleanField, Func, Value

from kursvis.core.models import as_sort_key


class HasWords(Func):
    """Whether a sort key holds words that begin as those of a query: `HasWords(F("name_key"), words_query(text))`.

    Backed by an index over the words (`words_index`): the same however many rows. Å and ä are found as a, ö as o.
    """

    template = "(to_tsvector('simple'::regconfig, translate(%(expressions)s))"
    arg_joiner = ", '{|}', 'aao')) @@ to_tsquery('simple'::regconfig, "
    output_field = BooleanField()


def words_query(text: str) -> Value:
    """Return what `HasWords` asks for: every word of the text, as the beginning of a word. No word finds nothing."""
    typed = re.sub(r"[\W_]", " ", text)
    words = as_sort_key(typed).translate(str.maketrans("{|}", "aao")).split()
    return Value(" & ".join(f"{word}:*" for word in words))


def words_index(table: str, column: str, name: str) -> RunSQL:
    """Return the migration that makes the index behind `HasWords`."""
    return RunSQL(
        sql=f"CREATE INDEX {name} ON {table} USING gin "
        f"(to_tsvector('simple'::regconfig, translate({column}, '{{|}}', 'aao')))",
        reverse_sql=f"DROP INDEX {name}",
    )
