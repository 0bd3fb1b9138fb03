"""Which course starts a search text finds: every word in the course, the school, the place or the description."""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kursvis.catalogue.models import CourseStart
from kursvis.catalogue.models.search import LANGUAGE
from kursvis.catalogue.rules.search import Query, Term
from kursvis.core.models import as_sort_key

SHORTEST_PART = 3
"""So many letters are looked for inside words ("kunskap" in samhällskunskap), of a meaning more; fewer as words."""
_Where = Callable[[str, bool, bool], Q]
"""Where a word is found: the word, whether only as a whole, whether it may be only the beginning of one."""


def matching(rows: "QuerySet[CourseStart]", query: Query) -> "QuerySet[CourseStart]":
    """Return the rows where every term is found, marked (`hit`) by where; all of them where nothing is asked for.

    0: it is the course's code; 1: in its name, subject or level; 2: only in the school, the place or the description.
    """
    if not query.terms:
        return rows.annotate(hit=Value(1, IntegerField()))
    code = "".join(term.word for term in query.terms)
    in_course = reduce(and_, [_found(term, _in_course, query) for term in query.terms])
    hit = Case(
        When(course__code__iexact=code, then=Value(0)),
        When(in_course, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    everywhere = reduce(and_, [_found(term, _anywhere, query) for term in query.terms])
    return rows.filter(everywhere).annotate(hit=hit)


def _found(term: Term, where: _Where, query: Query) -> Q:
    """Say where a term is found: the word as typed, or every word of a meaning."""
    # a word that stands for another is short ("usk"): inside other words it would only be found by chance
    typed = [where(word, bool(term.meanings) or query.exact, term.unfinished) for word in term.word.split()]
    meanings = [
        reduce(and_, [where(word, len(word) <= SHORTEST_PART, False) for word in meaning]) for meaning in term.meanings
    ]
    return reduce(or_, [reduce(and_, typed), *meanings])


def _in_course(word: str, is_whole: bool, unfinished: bool) -> Q:
    key = as_sort_key(word)
    found = Q(course__words=_stem(word, unfinished))
    return found if is_whole or len(word) < SHORTEST_PART else found | Q(course__search_key__contains=key)


def _anywhere(word: str, is_whole: bool, unfinished: bool) -> Q:
    in_school = Q() if is_whole or len(word) < SHORTEST_PART else Q(school__name_key__contains=as_sort_key(word))
    return _in_course(word, is_whole, unfinished) | Q(words=_stem(word, unfinished)) | in_school


def _stem(word: str, unfinished: bool) -> SearchQuery:
    """Return what is asked of a column of stems. The word holds letters and digits only (`rules.search.words_of`)."""
    if not unfinished:
        return SearchQuery(word, config=LANGUAGE)
    begins = f"{word}:*"
    return SearchQuery(begins, config=LANGUAGE, search_type="raw") | SearchQuery(
        begins, config="simple", search_type="raw"
    )
