"""What can go wrong between a question and its rows."""

from gridlens.core.errors import Conflict, GridlensError, Invalid, NotFound, TooLarge, TooMany


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


class ResultTooLarge(TooLarge):
    kind = "result-too-large"
    title = "This result is too large"
