"""Checks a document against the facts of EMIL 3 in emil3.json: required fields, types and code lists.

The facts are a restatement, not the authority's own schema; emil3.json says where they are from.
"""

import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

FACTS = json.loads(Path(__file__).with_name("emil3.json").read_text(encoding="utf-8"))
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _is_day(value: Any, kind: type[date]) -> bool:
    try:
        found = kind.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return len(value) == (19 if kind is datetime else 10) and getattr(found, "tzinfo", None) is None


PRIMITIVES = {
    "string": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "double": lambda value: isinstance(value, float),
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: _is_day(value, date),
    "date-time": lambda value: _is_day(value, datetime),
    "email": lambda value: isinstance(value, str) and _EMAIL.fullmatch(value) is not None,
}


def against(name: str, document: Any, where: str = "") -> list[str]:
    """Return everything in a document that is not as the facts say."""
    where = where or name
    if not isinstance(document, dict):
        return [f"{where}: no object"]
    fields = {key.rstrip("!+"): (key, kinds) for key, kinds in FACTS["objects"][name].items()}
    wrong = [f"{where}.{field}: unknown" for field in document if field not in fields]
    for field, (key, kinds) in fields.items():
        if field not in document:
            wrong += [f"{where}.{field}: missing"] if "!" in key else []
        elif key.endswith("+") and not document[field]:
            wrong.append(f"{where}.{field}: empty")
        else:
            wrong += _against_field(kinds, document[field], f"{where}.{field}")
    return wrong


def _against_field(kinds: str | list[str], value: Any, where: str) -> list[str]:
    if isinstance(kinds, str):
        return _against_value(kinds, value, where)
    if not isinstance(value, list):
        return [f"{where}: no list"]
    wrong = []
    for number, item in enumerate(value):
        of_each = [_against_value(kind, item, f"{where}[{number}]") for kind in kinds]
        wrong += min(of_each, key=len)
    return wrong


def _against_value(kind: str, value: Any, where: str) -> list[str]:
    if kind in PRIMITIVES:
        return [] if PRIMITIVES[kind](value) else [f"{where}: no {kind}"]
    if kind in FACTS["objects"]:
        return against(kind, value, where)
    if not isinstance(value, dict) or set(value) != {"type", "code"} or value["type"] != kind:
        return [f"{where}: no {kind}"]
    codes = FACTS["codes"][kind]
    is_known = value["code"] in codes if codes is not None else isinstance(value["code"], str) and value["code"]
    return [] if is_known else [f"{where}: {value['code']} is no {kind}"]
