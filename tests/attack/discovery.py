"""Finds in the code what can be attacked: each finder is given a folder, so that a test can plant what it must find."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "kursvis"
ANSWERS = {"FileResponse", "StreamingHttpResponse", "JsonResponse"}
MAILS = {
    "EmailMessage",
    "EmailMultiAlternatives",
    "send_mail",
    "send_mass_mail",
    "mail_admins",
    "queue_email",
    "send_now",
}
UPLOADS = re.compile(r"request\.FILES|\b(File|Image|FilePath)Field\(|\bFileInput\b|type=\"file\"|multipart/form-data")
EXPORTS = re.compile(
    r"^\s*(import|from) (csv|openpyxl|xlsxwriter|xlwt|odf|zipfile|tarfile)\b"
    r"|text/csv|spreadsheet|rss\+xml|text/calendar"
)
RUNS_TEXT = {"eval", "exec", "compile", "mark_safe", "SafeString", "__import__"}
RUNS_MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "yaml",
    "subprocess",
    "requests",
    "httpx",
    "aiohttp",
    "telnetlib",
    "ftplib",
}
RUNS_CALLS = {"os.system", "os.popen", "urllib.request.urlopen", "Template", "Engine.from_string"}
SQL = {"raw", "extra", "RawSQL", "execute", "executemany", "copy"}
LOGINS = {"enter", "login", "force_login"}


def files(root: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    """Give each file of the program with its text; tests and migrations are no part of it."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix in (suffixes or (".py",)) and not {"tests", "migrations", "static"} & set(path.parts):
            yield name, path.read_text(encoding="utf-8")


def calls(root: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """Give each call with where it stands (file:function) and its name, as far as it is written out."""
    for name, text in files(root):
        tree = ast.parse(text)
        inside = {
            id(node): function.name
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield f"{name}:{inside.get(id(node), 'module')}", ast.unparse(node.func), node


def takers(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[str]:
    """Give the name of each address whose view reads what was posted, or may only be posted to."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from takers(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern) and takes_posts(pattern.callback):
            yield f"{namespace}:{pattern.name}"


def takes_posts(view: Any) -> bool:
    """Say whether a view takes a POST: its code, or that of a function beside it that it calls, says so."""
    inner = inspect.unwrap(view)
    module = inspect.getmodule(inner)
    return any("POST" in text for text in _texts(inner, module, set()))


def _texts(function: Any, module: ModuleType | None, seen: set[str]) -> Iterator[str]:
    seen.add(function.__name__)
    text = inspect.getsource(function)
    yield text
    for node in ast.walk(ast.parse(textwrap.dedent(text))):
        name = node.id if isinstance(node, ast.Name) else ""
        beside = getattr(module, name, None)
        if name not in seen and inspect.isfunction(beside) and inspect.getmodule(inspect.unwrap(beside)) is module:
            yield from _texts(inspect.unwrap(beside), module, seen)


def downloads(root: Path = PACKAGE) -> set[str]:
    """Return the functions that answer with something else than a page."""
    found = set()
    for place, name, call in calls(root):
        keywords = {keyword.arg for keyword in call.keywords}
        short = name.rpartition(".")[2]
        if short in ANSWERS or (short == "HttpResponse" and keywords & {"content_type", "headers"}):
            found.add(place)
    return found


def matching(pattern: re.Pattern[str], root: Path = PACKAGE) -> set[str]:
    """Return the files in which a line matches."""
    return {
        name for name, text in files(root, ".py", ".html") if any(pattern.search(line) for line in text.splitlines())
    }


def documents(root: Path = PACKAGE) -> set[str]:
    """Return the Typst templates, but for the shared look."""
    return {name for name, _text in files(root, ".typ") if name != "core/typst/paper.typ"}


def mail_makers(root: Path = PACKAGE) -> set[str]:
    """Return the functions that hand something to the post."""
    return {place for place, name, _call in calls(root) if name.rpartition(".")[2] in MAILS}


def doors(root: Path = PACKAGE) -> set[str]:
    """Return the functions that begin a session."""
    return {
        place
        for place, name, _call in calls(root)
        if name in ("entry.enter", "enter", "auth.login", "login", "update_session_auth_hash")
    }


def sql(root: Path = PACKAGE) -> set[str]:
    """Return the functions that write SQL themselves."""
    return {
        place
        for place, name, _call in calls(root)
        if name.rpartition(".")[2] in SQL and "." in name or name == "RawSQL"
    }


def runners(root: Path = PACKAGE) -> set[str]:
    """Return what could run, trust or fetch a text: file:what."""
    found = set()
    for name, text in files(root):
        for node in ast.walk(ast.parse(text)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {f"{name}:{one}" for one in modules if one.partition(".")[0] in RUNS_MODULES}
    for place, name, call in calls(root):
        short = name.rpartition(".")[2]
        file = place.partition(":")[0]
        if (
            name in RUNS_TEXT or name in RUNS_CALLS or short in ("mark_safe", "from_string", "urlopen")
        ) and name != "re.compile":
            found.add(f"{file}:{short}")
        if short == "format_html" and not (call.args and isinstance(call.args[0], ast.Constant)):
            found.add(f"{file}:format_html of what is no constant")
        if any(k.arg == "shell" for k in call.keywords):
            found.add(f"{file}:shell")
    for name, text in files(root, ".html"):
        found |= {f"{name}:{sign}" for sign in ("|safe", "autoescape off", "safeseq") if sign in text}
    return found


def what_runs_in_templates(root: Path = PACKAGE) -> set[str]:
    """Return templates with inline scripts, styles or handlers: the policy forbids them in every page."""
    signs = {
        "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE),
        "inline style": re.compile(r"<style\b|\sstyle=[\"']", re.IGNORECASE),
        "handler": re.compile(r"\son[a-z]+=[\"']", re.IGNORECASE),
        "script address": re.compile(r"(href|src|action)=[\"']\s*(javascript|data|vbscript):", re.IGNORECASE),
        "another site": re.compile(r"<(script|link|img|iframe)[^>]+(src|href)=[\"'](https?:)?//", re.IGNORECASE),
    }
    return {
        f"{name}: {what}" for name, text in files(root, ".html") for what, sign in signs.items() if sign.search(text)
    }
