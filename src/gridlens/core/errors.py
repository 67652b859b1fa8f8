"""Errors that a person can act on; each becomes one kind of problem document (RFC 9457)."""

from collections.abc import Mapping
from typing import ClassVar


class GridlensError(Exception):
    """Something a person can mend. ``detail`` says what happened and what to do next.

    ``fields`` names the inputs at fault, each with its reason; ``extra`` adds members to the
    problem document for programs that handle this kind.
    """

    status: ClassVar[int] = 500
    kind: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"

    def __init__(
        self,
        detail: str,
        *,
        fields: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = dict(fields or {})
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


class Invalid(GridlensError):
    status = 400
    kind = "invalid"
    title = "The request is not valid"


class Unauthenticated(GridlensError):
    status = 401
    kind = "unauthenticated"
    title = "Sign in first"


class Refused(GridlensError):
    status = 403
    kind = "refused"
    title = "This is not allowed"


class NotFound(GridlensError):
    status = 404
    kind = "not-found"
    title = "Not found"


class Conflict(GridlensError):
    status = 409
    kind = "conflict"
    title = "Somebody else was faster"


class TooLarge(GridlensError):
    status = 413
    kind = "too-large"
    title = "Too large"


class TooMany(GridlensError):
    status = 429
    kind = "too-many"
    title = "Too many requests"


class AskerGone(GridlensError):
    """Whoever asked has left; nobody reads this answer."""

    status = 499
    kind = "asker-gone"
    title = "The asker is gone"

    def __init__(self) -> None:
        super().__init__("The connection was closed before the answer was ready. Ask again.")


class Unavailable(GridlensError):
    """Something outside this program does not answer; trying again later may work."""

    status = 503
    kind = "unavailable"
    title = "Not available right now"
