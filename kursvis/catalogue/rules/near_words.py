"""Words near what somebody typed, among those that would find something."""

from collections.abc import Iterable
from difflib import get_close_matches

from kursvis.catalogue.rules.search import MOST_WORDS, STOP_WORDS, synonyms, understood, words_of

_SHORTEST, _LONGEST = 3, 30
_LIKENESS = 0.72
MOST_PROPOSALS = 3


def proposed_texts(typed: str, names: Iterable[str]) -> list[str]:
    """Return the text with a word exchanged for one that stands in the names or is known as an everyday word.

    Words that are known already are left as they are; so is what is too short or too long to be a slip. Of
    texts that would be read in the same way one is proposed.
    """
    known = {word for name in names for word in words_of(name) if len(word) >= _SHORTEST and word not in STOP_WORDS}
    known |= {word for words in synonyms() if len(words) == 1 for word in words}
    words = words_of(typed)[:MOST_WORDS]
    texts: list[str] = []
    for at, word in enumerate(words):
        if word in known or not _SHORTEST <= len(word) <= _LONGEST:
            continue
        for near in get_close_matches(word, sorted(known), n=MOST_PROPOSALS, cutoff=_LIKENESS):
            texts.append(" ".join([*words[:at], near, *words[at + 1 :]]))
    by_reading = {understood(text).shown: text for text in reversed(texts)}
    return [text for text in texts if text in by_reading.values()][:MOST_PROPOSALS]
