"""What may stand in a request, and what is answered otherwise."""

import base64
import ipaddress
import json
from typing import Any

from fake_bankid.orders import ApiError

FIELDS = {
    "endUserIp", "requirement", "userVisibleData", "userNonVisibleData", "userVisibleDataFormat", "returnUrl",
    "returnRisk", "web", "app",
}  # fmt: skip
REQUIREMENTS = {"pinCode", "mrtd", "personalNumber", "cardReader", "certificatePolicies", "risk"}
MOST_VISIBLE = {"auth": 1_500, "sign": 40_000}
MOST_HIDDEN = {"auth": 1_500, "sign": 200_000}


def wrong(details: str) -> ApiError:
    """Return the answer to a request that is not as it should be."""
    return ApiError(400, "invalidParameters", details)


def parsed(content: bytes, content_type: str) -> dict[str, Any]:
    """Return the JSON of a body. The content type is exact: a charset is refused."""
    if content_type != "application/json":
        raise ApiError(415, "unsupportedMediaType", "Content-Type must be application/json")
    try:
        body = json.loads(content)
    except ValueError:
        raise wrong("Not JSON") from None
    if not isinstance(body, dict):
        raise wrong("Not an object")
    return body


def checked_order(kind: str, body: dict[str, Any]) -> str:
    """Check the body of auth or sign; return the text that the person sees."""
    if unknown := set(body) - FIELDS:
        raise wrong(f"Unknown field {min(unknown)}")
    try:
        ipaddress.ip_address(body.get("endUserIp", ""))
    except ValueError:
        raise wrong("Invalid endUserIp") from None
    if "web" in body and "app" in body:
        raise wrong("web and app exclude each other")
    _check_requirement(body.get("requirement", {}))
    _check_hidden(kind, body.get("userNonVisibleData", ""))
    return _visible(kind, body.get("userVisibleData"))


def order_ref(body: dict[str, Any]) -> str:
    """Return the order that collect and cancel name."""
    if set(body) != {"orderRef"} or not isinstance(body["orderRef"], str):
        raise wrong("orderRef is missing")
    found: str = body["orderRef"]
    return found


def _check_requirement(requirement: Any) -> None:
    if not isinstance(requirement, dict) or set(requirement) - REQUIREMENTS:
        raise wrong("Invalid requirement")
    number = requirement.get("personalNumber", "000000000000")
    if not (isinstance(number, str) and number.isdigit() and len(number) == 12):
        raise wrong("Invalid personalNumber")


def _check_hidden(kind: str, data: Any) -> None:
    if not isinstance(data, str) or len(data) > MOST_HIDDEN[kind]:
        raise wrong("userNonVisibleData is too long")
    try:
        base64.b64decode(data, validate=True)
    except ValueError:
        raise wrong("userNonVisibleData is not base64") from None


def _visible(kind: str, data: Any) -> str:
    if data is None:
        if kind == "sign":
            raise wrong("userVisibleData is missing")
        return ""
    if not isinstance(data, str) or len(data) > MOST_VISIBLE[kind]:
        raise wrong("userVisibleData is too long")
    try:
        return base64.b64decode(data, validate=True).decode("utf-8")
    except ValueError:
        raise wrong("userVisibleData is not base64 of UTF-8") from None
