"""The Swedish sentences for reason codes and the labels of states, gathered from the `wording.py` of every app."""

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from kursvis.core.reasons import Reason


class Label(NamedTuple):
    """What people see for a value, and its tone: ok, warn, bad, info or neutral."""

    text: Any
    tone: str = "neutral"


@lru_cache(maxsize=1)
def _gathered() -> tuple[dict[str, Any], dict[str, dict[str, Label]]]:
    sentences: dict[str, Any] = {}
    labels: dict[str, dict[str, Label]] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("kursvis.") or find_spec(f"{config.name}.wording") is None:
            continue
        module = import_module(f"{config.name}.wording")
        sentences |= getattr(module, "REASONS", {})
        labels |= {
            kind: {str(value): label for value, label in values.items()}
            for kind, values in getattr(module, "LABELS", {}).items()
        }
    return sentences, labels


def sentences() -> dict[str, Any]:
    """Return every reason code with its sentence."""
    return _gathered()[0]


def labels() -> dict[str, dict[str, Label]]:
    """Return every kind of state with the labels of its values."""
    return _gathered()[1]


def sentence(reason: Reason) -> str:
    """Return the Swedish sentence of a reason. Raises KeyError for a code that nobody has worded."""
    values = {name: _said(value) for name, value in reason.values.items()}
    return str(sentences()[reason.code]).format(**values)


def _said(value: Any) -> Any:
    """Return a value as a sentence says it: a kind and a value by their label, a list one after the other."""
    if isinstance(value, list):
        return ", ".join(str(_said(one)) for one in value)
    return label(value[0], value[1]).text if isinstance(value, tuple) else value


def label(kind: str, value: Any) -> Label:
    """Return the label of a value of a kind, for instance ("choice", "placed")."""
    return labels()[kind][str(value)]


REASONS = {
    "core.changed_meanwhile": _(
        "Någon annan hann före: uppgiften ändrades medan du hade sidan öppen. Läs om sidan och se vad som gäller nu."
    ),
    "core.own_case": _("Du får inte handlägga ditt eget ärende (jäv). Be en kollega."),
    "core.personnummer_length": _("Skriv personnumret med tolv siffror: ÅÅÅÅMMDD-NNNN."),
    "core.personnummer_date": _("De åtta första siffrorna är inget datum. Kontrollera personnumret."),
    "core.personnummer_check_digit": _("Kontrollsiffran stämmer inte. Något i personnumret är felskrivet."),
}
