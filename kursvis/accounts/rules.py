"""Accounts: one user per natural person; roles are assigned at a unit for a period."""

import unicodedata


def user_name(*, prefix: str, first_name: str, last_name: str, taken: frozenset[str] = frozenset()) -> str:
    """Return the user name: school prefix + 2 letters of the first name + 3 of the surname (help page R02).

    Letters are lower case without accents (å and ä become a, ö becomes o, é becomes e); what is no letter falls away. A short name gives
    fewer letters. When the name is taken a number from 2 is added.
    """
    base = prefix.lower() + _letters(first_name)[:2] + _letters(last_name)[:3]
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"


def _letters(name: str) -> str:
    folded = name.lower().replace("ø", "o").replace("æ", "a").replace("ß", "s").replace("ł", "l").replace("đ", "d")
    plain = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in plain if "a" <= letter <= "z")
