"""An order at BankID: how it is shown, how often it is asked for, and what each answer means (RP API 6.0).

Sources: BankID's relying party guidelines, as described in the project's notes on electronic identification.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from kursvis.access.rules import Action
from kursvis.accounts.rules.locks import Limit
from kursvis.core.reasons import Reason

ASKED_EVERY = timedelta(seconds=2)
"""BankID is asked for an order at most this often."""
RESTARTED_FOR = timedelta(minutes=3)
"""An order that nobody opened is quietly replaced for this long, counted from the first one."""

ORDERS_FROM_AN_ADDRESS = Limit(100, timedelta(minutes=15))
"""Orders that came to nothing; a whole school may stand behind one address."""
ORDERS_OF_A_NAME = Limit(20, timedelta(minutes=15))
"""Orders for one account: two at once for a person end each other, so nobody may flood hers."""


class OrderStatus(StrEnum):
    """Where an order stands."""

    PENDING = "pending"
    COMPLETE = "complete"
    FAILED = "failed"


class Hint(StrEnum):
    """What BankID says more about an order. Any other text must be accepted too."""

    OUTSTANDING = "outstandingTransaction"
    NO_CLIENT = "noClient"
    STARTED = "started"
    USER_MRTD = "userMrtd"
    USER_CALL_CONFIRM = "userCallConfirm"
    USER_SIGN = "userSign"
    EXPIRED = "expiredTransaction"
    CERTIFICATE_ERROR = "certificateErr"
    USER_CANCEL = "userCancel"
    CANCELLED = "cancelled"
    START_FAILED = "startFailed"
    USER_DECLINED_CALL = "userDeclinedCall"
    NOT_SUPPORTED = "notSupportedByUserApp"
    RISK_BLOCKED = "transactionRiskBlocked"


class Way(StrEnum):
    """How the app is opened: on the device with the page, or by a QR code that another device reads."""

    SAME_DEVICE = "same_device"
    QR = "qr"


class Purpose(StrEnum):
    """What an order is for. One for one purpose is never used for another."""

    LOGIN = "login"
    CONFIRM = "confirm"
    SIGN = "sign"


@dataclass(frozen=True)
class Wanted:
    """What is asked of her: to log in; or to sign a text that she sees, which confirms a step or signs a document.

    `hidden` is signed too but not shown: the digest of the document.
    """

    purpose: Purpose = Purpose.LOGIN
    action: Action | None = None
    user_id: int | None = None
    text: str = ""
    hidden: bytes = b""


LOGIN = Wanted()


class Message(StrEnum):
    """The recommended messages, by BankID's own names."""

    RFA1 = "RFA1"
    RFA3 = "RFA3"
    RFA4 = "RFA4"
    RFA5 = "RFA5"
    RFA6 = "RFA6"
    RFA8 = "RFA8"
    RFA9_LOGIN = "RFA9_LOGIN"
    RFA9_SIGN = "RFA9_SIGN"
    RFA13 = "RFA13"
    RFA15A = "RFA15A"
    RFA15B = "RFA15B"
    RFA16 = "RFA16"
    RFA17A = "RFA17A"
    RFA17B = "RFA17B"
    RFA21 = "RFA21"
    RFA22 = "RFA22"
    RFA23 = "RFA23"


@dataclass(frozen=True)
class Answer:
    """What BankID said about an order, or why it could not be asked."""

    status: OrderStatus
    hint: str = ""
    personnummer: str = ""
    given_name: str = ""
    surname: str = ""
    device_ip: str = ""
    signature: str = ""
    ocsp: str = ""


_PENDING: dict[str, Message] = {
    Hint.NO_CLIENT: Message.RFA1,
    Hint.USER_MRTD: Message.RFA23,
    Hint.USER_CALL_CONFIRM: Message.RFA21,
}
_FAILED: dict[str, Message] = {
    Hint.EXPIRED: Message.RFA8,
    Hint.CERTIFICATE_ERROR: Message.RFA16,
    Hint.USER_CANCEL: Message.RFA6,
    Hint.CANCELLED: Message.RFA3,
}
_ERRORS: dict[str, Message] = {
    "alreadyInProgress": Message.RFA4,
    "methodNotAllowed": Message.RFA5,
    "requestTimeout": Message.RFA5,
    "tooManyRequests": Message.RFA5,
    "internalError": Message.RFA5,
    "maintenance": Message.RFA5,
}


def message_for(status: OrderStatus, hint: str, *, way: Way, on_phone: bool, signs: bool) -> Message:
    """Return the recommended message; an unknown hint gives BankID's message for anything else."""
    qr = way is Way.QR
    if status is OrderStatus.FAILED:
        if hint == Hint.START_FAILED:
            return Message.RFA17B if qr else Message.RFA17A
        return _FAILED.get(hint, Message.RFA22)
    if hint == Hint.OUTSTANDING:
        return Message.RFA1 if qr else Message.RFA13
    if hint == Hint.STARTED:
        return Message.RFA15B if on_phone or qr else Message.RFA15A
    if hint == Hint.USER_SIGN:
        return Message.RFA9_SIGN if signs else Message.RFA9_LOGIN
    return _PENDING.get(hint, Message.RFA21)


def message_for_error(code: str) -> Message:
    """Return the recommended message for an error code of the API, also one that nobody has heard of."""
    return _ERRORS.get(code, Message.RFA22)


def qr_text(*, token: str, secret: str, started_at: datetime, now: datetime) -> str:
    """Return what the QR code says this second. The secret stays here; only its code for the second is shown."""
    seconds = str(max(0, int((now - started_at).total_seconds())))
    code = hmac.new(secret.encode("ascii"), seconds.encode("ascii"), hashlib.sha256).hexdigest()
    return f"bankid.{token}.{seconds}.{code}"


def shows_qr(status: OrderStatus, hint: str, way: Way) -> bool:
    """Say whether the QR code is shown: only until the app has the order."""
    return way is Way.QR and status is OrderStatus.PENDING and hint in ("", Hint.OUTSTANDING)


def start_address(token: str, *, on_phone: bool, app: str = "") -> str:
    """Return the address that opens the app on this device. Where it goes back to is in the order's `returnUrl`.

    `app` is the address of a stand-in's page, where one is used.
    """
    opener = app or ("https://app.bankid.com/" if on_phone else "bankid:///")
    return f"{opener}?autostarttoken={quote(token)}&redirect=null"


def is_phone(user_agent: str) -> bool:
    """Say whether a browser runs on a phone or tablet, where the app is opened by an ordinary link."""
    return any(word in user_agent for word in ("Android", "iPhone", "iPad", "Mobile"))


def may_ask(*, asked_at: datetime | None, now: datetime) -> bool:
    """Say whether BankID may be asked again."""
    return asked_at is None or now - asked_at >= ASKED_EVERY


def is_restarted(answer: Answer, *, way: Way, first_started_at: datetime, now: datetime) -> bool:
    """Say whether a new order quietly takes the place of one that nobody opened."""
    unopened = answer.status is OrderStatus.FAILED and answer.hint == Hint.START_FAILED
    return unopened and way is Way.QR and now - first_started_at < RESTARTED_FOR


@dataclass(frozen=True)
class Vouched:
    """A complete order, as it is about to be used."""

    way: Way
    expected: str
    personnummer: str
    ip: str
    device_ip: str
    has_returned: bool


def against_using(order: Vouched) -> list[Reason]:
    """Return why a complete order lets nobody in: it is another person's, or came from another device than the page's.

    On the same device the app brings her back to the browser that began, or is seen from the same address; else
    somebody may have sent her the link that opens the app (session fixation).
    """
    if order.expected and order.personnummer != order.expected:
        return [Reason("accounts.bankid_somebody_else")]
    if order.way is Way.SAME_DEVICE and not order.has_returned and order.ip != order.device_ip:
        return [Reason("accounts.bankid_another_device")]
    return []


def against_more_orders(*, from_address: int, of_name: int) -> list[Reason]:
    """Return why no more orders are begun for a while: too many from one address, or for one account."""
    if from_address > ORDERS_FROM_AN_ADDRESS.most:
        return [Reason("accounts.bankid_too_many_from_here")]
    return [Reason("accounts.bankid_too_many_of_one")] if of_name > ORDERS_OF_A_NAME.most else []


def against_purpose(*, asked_for: Purpose, used_for: Purpose, is_the_users: bool) -> list[Reason]:
    """Return why an order is not used: it was for something else, or it was begun by another user."""
    return [] if asked_for is used_for and is_the_users else [Reason("accounts.bankid_is_used")]
