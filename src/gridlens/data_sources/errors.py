"""What can go wrong with a source, each with what to do about it."""

from gridlens.core.errors import Conflict, Invalid, NotFound, Refused, TooLarge, TooMany, Unavailable


class SourceNotFound(NotFound):
    kind = "source-not-found"
    title = "There is no such source"

    def __init__(self) -> None:
        super().__init__("This data source does not exist, or was deleted. Choose another one.")


class SourceUnreachable(Unavailable):
    """The server cannot be reached, or went away in the middle."""

    kind = "source-unreachable"
    title = "The data source cannot be reached"


class SignInRefused(Invalid):
    """The server does not take the user, the password or the database."""

    kind = "source-sign-in"
    title = "The data source refused the connection"


class TlsFailed(Invalid):
    kind = "source-tls"
    title = "No safe connection could be made"


class QueryFailed(Invalid):
    """The engine did not accept or could not finish the statement; ``detail`` carries its reason."""

    kind = "query-failed"
    title = "The query failed"


class TableGone(Conflict):
    """The statement names a table or column that is no longer there."""

    kind = "table-gone"
    title = "The data source has changed"


class WriteRefused(Refused):
    """The statement would do more than read."""

    kind = "write-refused"
    title = "Only reading is allowed"


class NotPermitted(Refused):
    """The source's own user may not read this."""

    kind = "source-permission"
    title = "The data source does not allow this"


class QueryTimedOut(Unavailable):
    status = 504
    kind = "query-timeout"
    title = "The query took too long"

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query was stopped after {seconds:g} s. Narrow the time range, add a filter, or ask for "
            "totals instead of single rows."
        )


class QueryStopped(Conflict):
    kind = "query-stopped"
    title = "The query was stopped"

    def __init__(self) -> None:
        super().__init__("The query was stopped before it had finished. Run it again when you need it.")


class QueryTooHeavy(TooLarge):
    kind = "query-too-heavy"
    title = "The query needs too much memory"

    def __init__(self) -> None:
        super().__init__(
            "The query or its result needs more memory than one query may take. Choose fewer columns or "
            "rows, or ask for totals."
        )


class SourceBusy(TooMany):
    kind = "source-busy"
    title = "The data source is busy"

    def __init__(self) -> None:
        super().__init__("Too many queries wait for this data source. Try again in a moment.")


class FileRefused(Invalid):
    """A database file or upload that cannot be taken."""

    kind = "file-refused"
    title = "This file cannot be used"


class StepUpRequired(Refused):
    kind = "step-up-required"
    title = "Confirm that it is you"

    def __init__(self, wish: str) -> None:
        super().__init__(f"To {wish}, enter your password and a code again.")


class TaskNotFound(NotFound):
    kind = "task-not-found"
    title = "There is no such task"

    def __init__(self) -> None:
        super().__init__("This task does not exist, or was finished long ago.")


class UploadNotFound(NotFound):
    kind = "upload-not-found"
    title = "There is no such upload"

    def __init__(self) -> None:
        super().__init__("This upload does not exist, or has expired. Upload the file again.")


class RuleRefused(Invalid):
    """A rule about access cannot be applied; ``place`` counts from 0."""

    kind = "rule-refused"
    title = "This rule cannot be applied"

    def __init__(self, place: int, reason: str, *, line: int | None = None) -> None:
        self.reason = reason
        where = f"Line {line}" if line is not None else f"Rule {place + 1}"
        extra: dict[str, object] = {"rule": place} if line is None else {"rule": place, "line": line}
        super().__init__(f"{where}: {reason} Nothing was changed.", extra=extra)


class AccessFileRefused(Invalid):
    kind = "access-file-refused"
    title = "This file of rules cannot be read"

    def __init__(self, reason: str, line: int | None = None) -> None:
        where = f"Line {line}: {reason}" if line is not None else f"{reason[:1].upper()}{reason[1:]}"
        extra: dict[str, object] = {} if line is None else {"line": line}
        super().__init__(f"{where.rstrip('.')}. Nothing was changed.", extra=extra)


class RightsChanged(Conflict):
    """A statement was made ready for somebody who saw something else by the time it was to run."""

    kind = "rights-changed"
    title = "What you may see has changed"

    def __init__(self) -> None:
        super().__init__("What you may see of this source changed just now. Run the query again.")


class AccessChanged(Conflict):
    kind = "access-changed"

    def __init__(self) -> None:
        super().__init__(
            "Who sees what of this source was changed since you looked. Reload the page and change it again."
        )
