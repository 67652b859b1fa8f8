"""What can be wrong with a chart, said so that the reader can mend it."""

from collections.abc import Iterable

from gridlens.core.errors import Conflict, Invalid, NotFound


class ChartNotFound(NotFound):
    kind = "chart-not-found"
    title = "There is no such chart"

    def __init__(self) -> None:
        super().__init__(
            "This chart does not exist or was deleted. Open the list of charts and choose another."
        )


class ChartChangedMeanwhile(Conflict):
    kind = "chart-changed-meanwhile"
    title = "The chart has changed"

    def __init__(self, version: int) -> None:
        super().__init__(
            "Somebody saved this chart after you opened it. Load it again and repeat your change.",
            extra={"version": version},
        )


class CannotDraw(Invalid):
    """The rows do not have what this kind of chart needs."""

    kind = "cannot-draw"
    title = "These rows cannot be drawn this way"


class ColumnGone(CannotDraw):
    kind = "column-gone"
    title = "A column of this chart is missing"

    def __init__(self, name: str, present: Iterable[str]) -> None:
        known = ", ".join(present) or "none"
        super().__init__(
            f"The chart uses the column “{name}”, which the answer does not have. "
            f"Choose another one; it has: {known}.",
            fields={"spec": f"{name} is not a column of the answer"},
        )
