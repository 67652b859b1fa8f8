"""Charts that were drawn a moment ago: the same rows in the same way make the same figure."""

from collections import OrderedDict
from hashlib import blake2b
from io import BytesIO

import msgspec

from gridlens.shared.results import Column, ResultSet
from gridlens.shared.time import TimeRange
from gridlens.shared.visualizations import DrawnChart, Figure, Theme
from gridlens.visualizations.spec import ChartSpec

MOST_BYTES = 16 * 1024 * 1024
MOST_ROWS = 100_000


class _Key(msgspec.Struct, frozen=True):
    rows: bytes
    columns: tuple[Column, ...]
    zone: str
    title: str
    spec: ChartSpec
    theme: Theme
    span: TimeRange | None


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
        self, title: str, spec: ChartSpec, result: ResultSet, theme: Theme, span: TimeRange | None
    ) -> bytes | None:
        """What the drawing depends on, in few bytes; nothing for rows too many to be worth it."""
        if result.frame.height > MOST_ROWS:
            return None
        rows = BytesIO()
        result.frame.write_ipc_stream(rows, compression="uncompressed")
        parts = _Key(
            rows=blake2b(rows.getbuffer()).digest(),
            columns=result.columns,
            zone=result.zone,
            title=title,
            spec=spec,
            theme=theme,
            span=span,
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


def _size(chart: DrawnChart) -> int:
    """Figures carry the weight; tables are quicker drawn than found, and count as too large to keep."""
    if not isinstance(chart.content, Figure):
        return MOST_BYTES
    return len(bytes(chart.content.plotly)) + 1_000
