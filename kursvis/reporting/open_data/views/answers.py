"""How the data is sent: as a stream, or told to be known already."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseNotModified
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response


def unless_known(request: HttpRequest, tag: str, body: Iterator[str]) -> HttpResponseBase:
    """Return the body as a stream, or 304 to who has this version already."""
    if get_conditional_response(request, etag=tag) is not None:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = StreamingHttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = tag
    return response
