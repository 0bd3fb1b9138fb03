"""How the words of a search are read: everyday words stand for the register's."""

EVERYDAY_WORDS = {
    "matte": "matematik",
    "mattan": "matematik",
    "eng": "engelska",
    "sva": "svenska som andraspråk",
    "sas": "svenska som andraspråk",
    "samhälle": "samhällskunskap",
    "samhäll": "samhällskunskap",
    "gympa": "idrott",
    "usk": "omsorg",
    "undersköterska": "omsorg",
}
"""What people write in a search box, and the word in the name or the subject of the course."""


def read(text: str) -> str:
    """Return the search text with everyday words replaced by those of the register."""
    return " ".join(EVERYDAY_WORDS.get(word.lower(), word) for word in text.split())
