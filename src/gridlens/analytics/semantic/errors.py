"""What can be wrong with a semantic model."""

from collections.abc import Mapping, Sequence

from gridlens.core.errors import Conflict, Invalid


class InvalidModel(Invalid):
    """The file or the change cannot be kept. ``line`` is where in the file, from 1."""

    kind = "invalid-semantic-model"
    title = "These terms cannot be kept"

    def __init__(
        self, reason: str, line: int | None = None, findings: Sequence[Mapping[str, object]] = ()
    ) -> None:
        detail = reason if line is None else f"Line {line}: {reason}"
        extra: dict[str, object] = {} if line is None else {"line": line}
        super().__init__(detail, extra=extra | ({"findings": list(findings)} if findings else {}))
        self.reason = reason
        self.line = line


class ModelChanged(Conflict):
    kind = "semantic-model-changed"
    title = "Somebody else changed these terms"
