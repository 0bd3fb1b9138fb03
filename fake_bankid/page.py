"""The page that plays the BankID app: what waits, and who one is."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import parse_qs, quote, urlsplit

from fake_bankid.orders import ApiError, Order, Orders, Person

_HEAD = """<!doctype html><html lang="sv"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>BankID (låtsas)</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;
background:#fff}button,select{font:inherit;padding:.5rem .8rem;margin:.25rem .25rem .25rem 0;max-width:100%}
section{border:1px solid #767676;border-radius:.5rem;padding:1rem;margin:1rem 0}pre{white-space:pre-wrap}</style>
</head><body><main><h1>BankID (låtsas)</h1>
<p>Det här är en påhittad app för demo och test. Den legitimerar ingen på riktigt.</p>"""
_FOOT = "</main></body></html>"


def show(orders: Orders, persons: Iterable[Person], address: str) -> str:
    """Return the page: the order that a link on this device names, else every order that waits for its code."""
    asked = parse_qs(urlsplit(address).query)
    told = f'<p role="status">{escape(asked["sagt"][0])}</p>' if "sagt" in asked else ""
    token = asked.get("autostarttoken", [""])[0]
    waiting = orders.open()
    if token:
        waiting = [order for order in waiting if order.auto_start_token == token]
    rows = "".join(_order(order, persons, on_this_device=bool(token)) for order in waiting)
    nothing = "<p>Ingen väntar på legitimering. Ladda om sidan när du har börjat logga in.</p>"
    return _HEAD + told + (rows or nothing) + _FOOT


def _order(order: Order, persons: Iterable[Person], *, on_this_device: bool) -> str:
    wanted = order.requirement.get("personalNumber")
    options = "".join(
        f'<option value="{p.personnummer}"{" selected" if p.personnummer == wanted else ""}>'
        f"{escape(p.given_name)} {escape(p.surname)} ({p.personnummer})</option>"
        for p in persons
    )
    what = "Skriv under" if order.kind == "sign" else "Identifiera"
    text = f"<pre>{escape(order.text)}</pre>" if order.text else ""
    back = escape(order.return_url) if on_this_device else ""
    return (
        f"<section><h2>{what}</h2>{text}"
        f'<form method="post"><input type="hidden" name="order" value="{order.ref}">'
        f'<input type="hidden" name="back" value="{back}">'
        f'<label>Jag är <select name="person">{options}</select></label><br>'
        f'<button name="do" value="approve">{what}</button>'
        '<button name="do" value="open">Öppna och vänta</button>'
        '<button name="do" value="refuse">Avbryt</button>'
        '<button name="do" value="blocked">Spärrat BankID</button></form></section>'
    )


def act(orders: Orders, persons: Mapping[str, Person], form: str) -> str:
    """Do what was pressed; return the address to go to: back to the relying party on the same device."""
    given = {name: values[0] for name, values in parse_qs(form).items()}
    try:
        order = orders.by_ref(given.get("order", ""))
    except ApiError as error:
        return _said(f"Det gick inte: {error.details}")
    press = given.get("do")
    if press == "approve" and given.get("person") in persons:
        orders.approve(order, persons[given["person"]])
        said = "Klart." if order.state == "complete" else "Det BankID:t går inte att använda här."
    elif press == "open":
        orders.hint(order, "userSign")
        said = "Öppnad. Skriv koden när du vill."
    else:
        orders.refuse(order, "certificateErr" if press == "blocked" else "userCancel")
        said = "Avbrutet."
    return given.get("back") or _said(said)


def _said(text: str) -> str:
    return f"/?sagt={quote(text)}"
