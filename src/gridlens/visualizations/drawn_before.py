"""Charts that were drawn a moment ago: the same rows in the same way make the same figure."""

from collections import OrderedDict
from hashlib import blake2b
from io import BytesIO

import msgspec

from gridlens.core.errors import Invalid
from gridlens.shared.results import Column, ResultSet
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import (
    USUAL_WIDTH,
    WIDTH_STEP,
    DrawnChart,
    Figure,
    Theme,
    View,
    rounded_up,
)
from gridlens.visualizations.figures.earlier import Earlier
from gridlens.visualizations.figures.pages import Page
from gridlens.visualizations.schemas import DrawOptions, PreviewOrder
from gridlens.visualizations.spec import ChartKind, ChartSpec

MOST_BYTES = 16 * 1024 * 1024
MOST_ROWS = 100_000


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How rows are drawn, whatever they are: ``span`` is what the axis shows, ``view`` the part seen."""

    theme: Theme = "light"
    span: TimeRange | None = None
    width: int = USUAL_WIDTH
    view: View | None = None
    page: Page | None = None

    @classmethod
    def of(cls, order: DrawOptions | PreviewOrder) -> "Look":
        view = order.view
        if view is not None and not (view.start.tzinfo and view.end.tzinfo and view.start < view.end):
            raise Invalid(
                "A view is an instant with its offset and a later one.", fields={"view": "start before end"}
            )
        return cls(
            theme=order.theme,
            span=order.scope.time_range,
            width=rounded_up(order.width),
            view=view,
            page=order.page,
        )


class _Key(msgspec.Struct, frozen=True):
    rows: bytes
    columns: tuple[Column, ...]
    zone: str
    title: str
    spec: ChartSpec
    look: Look
    earlier: bytes | None


class DrawnBefore:
    """The figures used last, up to a number of bytes.

    The key holds a digest of the rows themselves, and not of the question that led to them: so
    nobody is shown rows that were drawn for somebody with other rights.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[bytes, DrawnChart] = OrderedDict()
        self._bytes = 0

    def key(
        self,
        title: str,
        spec: ChartSpec,
        result: ResultSet,
        look: Look,
        earlier: Earlier | None = None,
    ) -> bytes | None:
        """What the drawing depends on, in few bytes; nothing for what is quicker drawn than found."""
        most = max(result.frame.height, earlier.result.frame.height if earlier else 0)
        if most > MOST_ROWS or spec.kind is ChartKind.TABLE:
            return None
        if most <= WIDTH_STEP:
            # All of them are drawn at any width.
            look = msgspec.structs.replace(look, width=WIDTH_STEP)
        parts = _Key(
            rows=_digest(result),
            columns=result.columns,
            zone=result.zone,
            title=title,
            spec=spec,
            look=look,
            earlier=_digest(earlier.result) + earlier.label.encode() if earlier else None,
        )
        return blake2b(msgspec.msgpack.encode(parts)).digest()

    def find(self, key: bytes | None) -> DrawnChart | None:
        if key is None or key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def keep(self, key: bytes | None, chart: DrawnChart) -> None:
        size = _size(chart)
        if key is None or key in self._kept or size > self._most_bytes // 4:
            return
        self._kept[key] = chart
        self._bytes += size
        while self._bytes > self._most_bytes:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= _size(dropped)


def _digest(result: ResultSet) -> bytes:
    rows = BytesIO()
    result.frame.write_ipc_stream(rows, compression="uncompressed")
    return blake2b(rows.getbuffer()).digest()


def _size(chart: DrawnChart) -> int:
    """Figures carry the weight; tables are quicker drawn than found, and count as too large to keep."""
    if not isinstance(chart.content, Figure):
        return MOST_BYTES
    return len(bytes(chart.content.plotly)) + 1_000
