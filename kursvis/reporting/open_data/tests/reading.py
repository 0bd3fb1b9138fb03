"""Fetching the open data in tests, and holding the catalogue against its JSON Schema."""

import json
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.test import Client

from kursvis.reporting.open_data.views.catalogue import SCHEMA as SCHEMA_FILE

CATALOGUE, EMIL3 = "/oppna-data/kurskatalog.json", "/oppna-data/emil3/"
SCHEMA = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
_KINDS = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
_FORMATS = {
    "date": date.fromisoformat,
    "date-time": lambda text: datetime.fromisoformat(text).utcoffset() or [][0],
    "uri": lambda text: urlsplit(text).netloc or [][0],
    "uuid": UUID,
}


def get(client: Client, address: str, **headers: str) -> Any:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, response.content
    return json.loads(response.getvalue())


def in_emil(client: Client, kind: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = get(client, f"{EMIL3}{kind}{query}")[kind]
    return found


def differs(schema: dict[str, Any], value: Any, where: str = "") -> list[str]:
    """Return what in a value is not as the schema says, by the words of JSON Schema that it uses; nothing more is told.

    A field that the schema does not know is wrong too, though strangers must accept it.
    """
    wrong = [where] if "const" in schema and value != schema["const"] else []
    wrong += [where] if "enum" in schema and value not in schema["enum"] else []
    if "type" in schema and type(value) is not _KINDS[schema["type"]]:
        return [*wrong, where]
    wrong += [where] if "format" in schema and not _is(schema["format"], value) else []
    wrong += [where] if "minimum" in schema and not schema["minimum"] <= value <= schema["maximum"] else []
    if schema.get("type") == "object":
        wrong += [f"{where}.{name}" for name in set(schema["required"]) ^ set(value)]
        for name in set(schema["properties"]) & set(value):
            wrong += differs(schema["properties"][name], value[name], f"{where}.{name}")
    for item in value if schema.get("type") == "array" else ():
        wrong += differs(schema["items"], item, f"{where}[]")
    return wrong


def _is(form: str, text: str) -> bool:
    try:
        _FORMATS[form](text)
    except (ValueError, IndexError):
        return False
    return True
