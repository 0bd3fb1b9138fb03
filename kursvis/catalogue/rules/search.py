"""How the words of a search are read: everyday words stand for the register's, and every word must be found."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
SYNONYMS = DATA / "synonyms.csv"
"""What people write, and the words of the register. Several lines with the same word are alternatives."""
MOST_CHARACTERS = 100
MOST_WORDS = 8
STOP_WORDS = frozenset((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
"""PostgreSQL's Swedish stop words, and words that say nothing of which course."""
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Term:
    """Something that must be found: the word as it was typed, or all words of one of its meanings."""

    word: str
    meanings: tuple[tuple[str, ...], ...] = ()
    unfinished: bool = False
    """The last word may be only the beginning of one."""


@dataclass(frozen=True)
class Query:
    """A search text as it was read."""

    typed: str = ""
    terms: tuple[Term, ...] = ()
    shown: str = ""
    """The text with everyday words replaced, as the page says it."""
    exact: bool = False

    @property
    def is_translated(self) -> bool:
        """Say whether a word was taken for another."""
        return any(term.meanings for term in self.terms)

    @property
    def finds_nothing(self) -> bool:
        """Say whether something was typed that holds no word."""
        return bool(self.typed) and not self.terms


def plain(text: str) -> str:
    """Return a text without what no text in the database can hold, its letters put together (å is one letter)."""
    kept = "".join(c for c in text if c != "\0" and not 0xD800 <= ord(c) <= 0xDFFF)
    return unicodedata.normalize("NFC", kept)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters; signs part words and are no part of them."""
    return _NO_WORD.sub(" ", plain(text).lower()).split()


def understood(text: str, *, exact: bool = False) -> Query:
    """Return how a search text is read: the longest everyday words first; exactly, each word as it stands."""
    words = words_of(text)[:MOST_WORDS]
    if exact:
        return Query(text, tuple(Term(word) for word in words), " ".join(words), exact=True)
    terms: list[Term] = []
    shown: list[str] = []
    for typed, meanings in _parted(words):
        if not meanings and typed in STOP_WORDS and not set(words) <= STOP_WORDS:
            shown.append(typed)
            continue
        terms.append(Term(typed, tuple(_telling(meaning) for meaning in meanings)))
        shown.append(" / ".join(meanings) or typed)
    if words and terms and not terms[-1].meanings and terms[-1].word == words[-1]:
        terms[-1] = Term(terms[-1].word, unfinished=True)
    return Query(text, tuple(terms), " ".join(shown))


def mentions(text: str, query: Query) -> bool:
    """Say whether a text holds every term of a search: the word as typed, or every word of a meaning."""
    words = words_of(text)

    def holds(word: str) -> bool:
        return any(word in one if len(word) > 2 else word == one for one in words)

    def is_there(term: Term) -> bool:
        return any(all(holds(word) for word in alternative) for alternative in (term.word.split(), *term.meanings))

    return all(is_there(term) for term in query.terms)


def read(text: str) -> str:
    """Return the search text with everyday words replaced by those of the register."""
    words = [*text.split()]
    return " ".join(meanings[0] if meanings else typed for typed, meanings in _parted(words))


@lru_cache(maxsize=1)
def synonyms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the everyday words, each with its meanings."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    with SYNONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = tuple(words_of(row["word"]))
            found[key] = (*found.get(key, ()), row["means"])
    return found


def _telling(meaning: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(meaning) if word not in STOP_WORDS)


def _parted(words: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Part words into everyday words with their meanings, and other words without."""
    longest = max(map(len, synonyms()))
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            meanings = synonyms().get(tuple(word.lower() for word in words[at : at + length]), ())
            if meanings or length == 1:
                yield " ".join(words[at : at + length]), meanings
                at += length
                break
