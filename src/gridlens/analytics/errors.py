"""What can go wrong between a question and its rows."""

from gridlens.core.errors import (
    Conflict,
    GridlensError,
    Invalid,
    NotFound,
    Refused,
    TooLarge,
    TooMany,
    Unavailable,
)


class InvalidSql(Invalid):
    """The text is no SQL of this dialect."""

    kind = "invalid-sql"
    title = "This SQL cannot be read"


class QueryRefused(GridlensError):
    """The SQL would do more than read, or reads what its asker may not."""

    status = 403
    kind = "query-refused"
    title = "This query was not run"


class QueryTooLarge(TooLarge):
    kind = "query-too-large"
    title = "This query is too large"


class InvalidParameters(Invalid):
    kind = "invalid-parameters"
    title = "A parameter is missing or wrong"


class QueryCancelled(Conflict):
    kind = "query-cancelled"
    title = "This query was stopped"


class TooManyQueries(TooMany):
    kind = "too-many-queries"
    title = "Too many queries at once"


class QuestionNotFound(NotFound):
    kind = "question-not-found"
    title = "There is no such question"


class NobodyToShareWith(Invalid):
    kind = "unknown-person"


class QuestionChanged(Conflict):
    kind = "question-changed"
    title = "Somebody else changed this question"


class RunNotFound(NotFound):
    kind = "run-not-found"
    title = "There is no such run"


class InvalidQuestion(Invalid):
    kind = "invalid-question"
    title = "This question cannot be saved"


class TooOldToRestore(Conflict):
    kind = "too-old-to-restore"
    title = "It is too late for this"


class ExportNotFound(NotFound):
    kind = "export-not-found"
    title = "There is no such export"

    def __init__(self) -> None:
        super().__init__("This export does not exist, or was deleted. Start a new one.")


class ExportNotReady(Conflict):
    kind = "export-not-ready"
    title = "There is no file to download"


class ExportExpired(GridlensError):
    status = 410
    kind = "export-expired"
    title = "This export has expired"

    def __init__(self) -> None:
        super().__init__("The file was kept for as long as the page said, and is deleted. Export again.")


class ExportWithdrawn(Refused):
    """What the file was read with or from is not what its owner may see now."""

    kind = "export-withdrawn"
    title = "You may not download this any more"

    def __init__(self) -> None:
        super().__init__(
            "What you may see of this data has changed since the export. Export again to get what you may "
            "see now."
        )


class NoRoomForExport(TooLarge):
    kind = "no-room-for-export"
    title = "There is no room for this export"


class ExportFailed(GridlensError):
    """A mistake of ours; the log has everything."""

    kind = "export-failed"
    title = "The export failed"

    def __init__(self) -> None:
        super().__init__("This is a mistake of ours, and no file was kept. Export again.")


class ExportInterrupted(Unavailable):
    """The server stops in the middle; the job is offered again, and begins anew."""

    kind = "export-interrupted"

    def __init__(self) -> None:
        super().__init__("The server is being restarted. The export begins again by itself.")


class ResultTooLarge(TooLarge):
    kind = "result-too-large"
    title = "This result is too large"
