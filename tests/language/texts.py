"""Every text of the program that can be translated: of templates, and of modules."""

import ast
import re
from functools import cache
from pathlib import Path

from django.utils.translation.template import templatize

from tests.language.catalogue import ROOT

_CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
_TEMPLATE_CALL = re.compile(r"\b(n?gettext|_)\(((?:[^()\"']|u?\"(?:[^\"\\]|\\.)*\"|u?'(?:[^'\\]|\\.)*')*)\)")
_QUOTED = re.compile(r"u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")


def of_template(path: Path) -> set[str]:
    """Return the texts of a template, in every branch of it."""
    source = templatize(path.read_text(encoding="utf-8"))
    found = set()
    for call in _TEMPLATE_CALL.finditer(source):
        quoted = _QUOTED.search(call.group(2))
        if quoted:
            found.add(ast.literal_eval(quoted.group(1)))
    return found


def of_module(path: Path) -> set[str]:
    """Return the texts of a module that are looked up under one of the names of gettext."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if name in _CALLS and node.args and isinstance(node.args[0], ast.Constant):
            found.add(str(node.args[0].value))
    return found


@cache
def everything() -> frozenset[str]:
    """Return every text of the program."""
    files = [path for path in (ROOT / "kursvis").rglob("*") if "tests" not in path.parts]
    found = {text for path in files if path.suffix == ".html" for text in of_template(path)}
    return frozenset(found | {text for path in files if path.suffix == ".py" for text in of_module(path)})
