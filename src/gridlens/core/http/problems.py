"""Every error as a problem document (RFC 9457) that says what to do next."""

import traceback
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR
from sqlalchemy.exc import DBAPIError

from gridlens.core.disk import DiskFull, is_disk_full
from gridlens.core.errors import GridlensError
from gridlens.core.http.request_id import request_id

MEDIA_TYPE = "application/problem+json"
GONE = "client disconnected prematurely"
BODY_READER = "litestar.serialization.msgspec_hooks"
log = structlog.get_logger()

AnyRequest = Request[Any, Any, Any]

SAID_BY_STATUS = {
    400: ("invalid", "The request is not valid"),
    401: ("unauthenticated", "Sign in first"),
    403: ("refused", "This is not allowed"),
    404: ("not-found", "Not found"),
    405: ("method-not-allowed", "This address does not take that method"),
    413: ("too-large", "Too large"),
    415: ("media-type", "This kind of content is not taken here"),
    429: ("too-many", "Too many requests"),
}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``type`` is a path of this server that names the kind; ``fields`` the inputs at fault."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    fields: dict[str, str] = {}


def on_gridlens_error(request: AnyRequest, error: GridlensError) -> Response[Any]:
    if error.status >= HTTP_500_INTERNAL_SERVER_ERROR:
        log.warning("request_failed", kind=error.kind, detail=error.detail)
    problem = _problem(request, error.kind, error.title, error.status, error.detail, error.fields)
    return _answer(problem, error.extra, error.headers)


def on_http_exception(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What Litestar refuses by itself: unknown paths, wrong types, bad JSON."""
    kind, title = SAID_BY_STATUS.get(error.status_code, ("error", "The request failed"))
    fields: dict[str, str] = {}
    detail = error.detail
    if isinstance(error, ValidationException):
        fields = {str(each.get("key", "body")): str(each.get("message", "")) for each in _listed(error.extra)}
        detail = (
            "Correct the named fields and send again."
            if fields
            else "The request cannot be read. Correct it and send again."
        )
    elif error.status_code == 400:
        # What our own code refuses says so in full sentences; this is the reader of bodies.
        detail = f"The request cannot be read: {error.detail.rstrip('.')}. Correct it and send again."
    elif error.status_code == 404:
        detail = "There is nothing at this address. It may have been deleted or never existed."
    elif error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "another method")
        detail = f"This address does not take {request.method}. Use {allowed}."
    elif error.status_code == 413:
        detail = "The request is larger than this server takes. Send less, or upload it as a file."
    elif error.detail == GONE:
        # Nobody reads this answer; it is here so that the log does not tell of a mistake of ours.
        return _answer(_problem(request, "invalid", "The request ended early", 400, detail, {}), {}, {})
    elif error.status_code >= HTTP_500_INTERNAL_SERVER_ERROR:
        return on_unexpected(request, error)
    return _answer(_problem(request, kind, title, error.status_code, detail, fields), {}, error.headers or {})


def on_database_error(request: AnyRequest, error: DBAPIError) -> Response[Any]:
    """The metadata database failed: the change did not happen, and that is said."""
    log.exception("metadata_database_failed", exc_info=error)
    if is_disk_full(error):
        return on_gridlens_error(request, DiskFull())
    text = str(error.orig).lower()
    if "locked" in text or "deadlock" in text or "lock wait" in text:
        detail = "The database was busy and nothing was changed. Try again in a moment."
    else:
        detail = "The database of Gridlens does not answer. Nothing was changed. Try again in a moment."
    return _answer(_problem(request, "unavailable", "Not available right now", 503, detail, {}), {}, {})


def on_recursion(request: AnyRequest, error: RecursionError) -> Response[Any]:
    """A body nested deeper than any honest one; anything else that recurses is a mistake of ours."""
    if "deserializing" not in str(error):
        return on_unexpected(request, error)
    detail = "The request is nested too deeply to be read. Send it with fewer levels."
    return _answer(_problem(request, "invalid", "The request is not valid", 400, detail, {}), {}, {})


def on_broken_text(request: AnyRequest, error: UnicodeDecodeError) -> Response[Any]:
    """A body whose text is not UTF-8; anywhere else such an error is a mistake of ours."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    if frames[-1].f_globals.get("__name__") != BODY_READER:
        return on_unexpected(request, error)
    detail = "The request is not valid UTF-8. Send its text in that encoding."
    return _answer(_problem(request, "invalid", "The request is not valid", 400, detail, {}), {}, {})


def on_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """A mistake of ours: the log has everything, the reader the id to ask with."""
    if is_disk_full(error):
        return on_gridlens_error(request, DiskFull())
    log.error("unexpected_error", exc_info=error, path=request.url.path)
    detail = (
        "This is a mistake of ours and nothing was changed. Try again, and report the request id if it stays."
    )
    return _answer(_problem(request, "internal", "Something went wrong here", 500, detail, {}), {}, {})


def _problem(
    request: AnyRequest, kind: str, title: str, status: int, detail: str, fields: dict[str, str]
) -> Problem:
    return Problem(
        type=f"/problems/{kind}",
        title=title,
        status=status,
        detail=detail,
        instance=request.url.path,
        request_id=request_id(),
        fields=fields,
    )


def _answer(problem: Problem, extra: dict[str, object], headers: Any) -> Response[Any]:
    content = {**extra, **msgspec.to_builtins(problem)}
    return Response(content, status_code=problem.status, media_type=MEDIA_TYPE, headers=dict(headers))


def _listed(extra: object) -> list[dict[str, object]]:
    return [each for each in extra if isinstance(each, dict)] if isinstance(extra, list) else []
