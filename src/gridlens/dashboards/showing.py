"""A drawn dashboard on its way to a reader: its lines, and what tells one whole from the next."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from gridlens.core.http.validators import tag_of
from gridlens.dashboards.rendering import Renderer, Rendering
from gridlens.dashboards.schemas import RenderFinished, RenderLine, RenderStarted, WidgetDrawn
from gridlens.shared.dashboards import RenderedWidget

Lines = AsyncGenerator[RenderLine, None]
WHOLE_WITHIN_SECONDS = 0.1
"""A dashboard out of the cache is whole by then; a reader does not feel the wait for one that is not."""
SOME_TIME = datetime(2000, 1, 1, tzinfo=UTC)


async def lines_of(renderer: Renderer, rendering: Rendering) -> Lines:
    started = time.perf_counter()
    failed = 0
    yield RenderStarted(
        dashboard_id=rendering.dashboard_id,
        revision=rendering.revision,
        scope=rendering.scope,
        anchor_at=rendering.anchor_at,
        widget_count=len(rendering.widgets),
    )
    async with aclosing(renderer.draw(rendering)) as widgets:
        async for widget in widgets:
            failed += widget.error is not None
            yield WidgetDrawn(widget=widget)
    elapsed_ms = (time.perf_counter() - started) * 1000
    yield RenderFinished(elapsed_ms=elapsed_ms, failed_count=failed)


async def encoded(lines: Lines) -> AsyncGenerator[bytes, None]:
    async with aclosing(lines):
        async for each in lines:
            yield line(each)


def line(content: RenderLine) -> bytes:
    return msgspec.json.encode(content) + b"\n"


@dataclass(frozen=True, slots=True)
class Begun:
    """The lines that were ready at once, and those that are still to come where that is not all."""

    ready: list[RenderLine]
    rest: Lines | None

    async def lines(self) -> Lines:
        for each in self.ready:
            yield each
        if self.rest is not None:
            async with aclosing(self.rest):
                async for each in self.rest:
                    yield each


async def begun(lines: Lines, seconds: float = WHOLE_WITHIN_SECONDS) -> Begun:
    """What comes within so many seconds."""
    until = time.monotonic() + seconds
    ready: list[RenderLine] = []
    following = _following(lines)
    try:
        while True:
            await asyncio.wait({following}, timeout=max(0.0, until - time.monotonic()))
            if not following.done():
                return Begun(ready, _rest(following, lines))
            each = following.result()
            if each is None:
                return Begun(ready, None)
            ready.append(each)
            following = _following(lines)
    except BaseException:
        await _end(following, lines)
        raise


def whole_tag(lines: list[RenderLine]) -> str | None:
    """What a reader may keep a whole dashboard by; nothing where a part failed or was old."""
    started: list[bytes] = []
    widgets: list[bytes] = []
    for each in lines:
        match each:
            case RenderStarted():
                # The instant of asking moves on; the range that was counted from it stands beside it.
                started.append(msgspec.json.encode(msgspec.structs.replace(each, anchor_at=SOME_TIME)))
            case WidgetDrawn(widget=widget):
                if widget.error is not None or (widget.chart and widget.chart.provenance.is_stale):
                    return None
                widgets.append(msgspec.json.encode(_lasting(widget)))
            case RenderFinished():
                pass
    return tag_of(*started, *sorted(widgets))


def _lasting(widget: RenderedWidget) -> RenderedWidget:
    if widget.chart is None:
        return widget
    told = msgspec.structs.replace(widget.chart.provenance, is_cached=True)
    return msgspec.structs.replace(widget, chart=msgspec.structs.replace(widget.chart, provenance=told))


def _following(lines: Lines) -> "asyncio.Task[RenderLine | None]":
    async def follow() -> RenderLine | None:
        return await anext(lines, None)

    return asyncio.create_task(follow())


async def _rest(following: "asyncio.Task[RenderLine | None]", lines: Lines) -> Lines:
    try:
        each = await following
        while each is not None:
            yield each
            each = await anext(lines, None)
    finally:
        await _end(following, lines)


async def _end(following: "asyncio.Task[RenderLine | None]", lines: Lines) -> None:
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    await lines.aclose()
