"""Reads a page as somebody who attacks does: its forms, its links, and what in it a browser would run."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit


@dataclass
class Field:
    """What a form sends under one name."""

    name: str
    kind: str
    value: str = ""
    options: list[str] = field(default_factory=list)
    checked: bool = False

    def offered(self) -> list[str]:
        """Return the values that the page offers, without the empty one."""
        return [value for value in self.options or [self.value] if value]


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """Return what somebody sends who fills it in: what stands there, and something in what is empty."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind in ("checkbox", "radio"):
                if one.checked or one.name not in sent:
                    before = sent.get(one.name, []) if one.kind == "checkbox" and one.checked else []
                    sent[one.name] = [*before, one.value]
            elif one.kind == "submit":
                sent.setdefault(one.name, [one.value])
            else:
                sent[one.name] = [one.value or _something(one)]
        return sent


TYPED = {
    "email": "nagon@example.org",
    "date": "2027-03-01",
    "number": "5",
    "password": "kursvis demo 2026",
    "hidden": "",
}
NAMED = {
    "personnummer": "19900101-9802",
    "organisation_number": "559900-0030",
    "unit_code": "99999944",
    "postal_code": "990 10",
    "value": "14",
    "code": "ATT",
    "prefix": "att",
}


def _something(one: Field) -> str:
    if one.kind == "select":
        return one.offered()[0] if one.offered() else ""
    return NAMED.get(one.name) or TYPED.get(one.kind, "Prov")


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.runs: list[str] = []
        self._by_id: dict[str, Form] = {}
        self._waiting: list[tuple[str, Field]] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._script = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        self._note_what_runs(tag, given)
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            self._form = Form(urljoin(self.address, given.get("action") or self.address), given.get("method", "get"))
            self.forms.append(self._form)
            self._by_id[given.get("id", "")] = self._form
        elif tag == "option" and self._select is not None:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.value = given.get("value", "")
        elif tag in ("input", "select", "textarea", "button") and given.get("name"):
            self._add(tag, given)

    def _add(self, tag: str, given: dict[str, str]) -> None:
        if "disabled" in given:
            return
        kind = {"input": given.get("type", "text"), "button": "submit"}.get(tag, tag)
        one = Field(given["name"], kind, given.get("value", "on" if kind == "checkbox" else ""))
        one.checked = "checked" in given
        self._select = one if tag == "select" else None
        if given.get("form"):
            self._waiting.append((given["form"], one))
        elif self._form is not None:
            self._form.fields.append(one)

    def _note_what_runs(self, tag: str, given: dict[str, str]) -> None:
        if tag == "script":
            self._script = given.get("src", "inline")
            if self._script == "inline" and given.get("type") not in ("application/json", "application/ld+json"):
                self.runs.append("inline script")
        if tag == "style":
            self.runs.append("inline style")
        for name, value in given.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.runs.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction") and value.strip().lower().startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                self.runs.append(f"{tag} {name} {value[:30]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = None

    def close(self) -> None:
        super().close()
        for form_id, one in self._waiting:
            if form_id in self._by_id:
                self._by_id[form_id].fields.append(one)


@dataclass(frozen=True)
class Page:
    """A page as it was read."""

    forms: list[Form]
    links: list[str]
    parameters: set[str]
    """What an address of the page is asked with: fields of searches, and parts of links."""
    runs: list[str]
    """What a browser would run though the policy forbids it: inline scripts, styles, handlers."""


def read(html: str, address: str) -> Page:
    """Return what a page holds."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    posts = [form for form in reader.forms if form.method.lower() == "post"]
    asked = {one.name for form in reader.forms if form.method.lower() == "get" for one in form.fields}
    links = [link for link in reader.links if not urlsplit(link).netloc]
    asked |= {name for link in links for name, _value in parse_qsl(urlsplit(link).query, keep_blank_values=True)}
    return Page(posts, links, asked, reader.runs)
