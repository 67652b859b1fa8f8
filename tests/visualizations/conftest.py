"""Answers to draw, and figures taken apart again."""

import math
import os
import struct
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import polars as pl
import pytest

from gridlens.core.errors import NotFound
from gridlens.core.module import Core
from gridlens.core.principal import Principal
from gridlens.shared.analytics import (
    DescribeQuestion,
    QuestionDescription,
    ReadableQuestions,
    RunQuery,
    RunQuestion,
)
from gridlens.shared.results import Column, ColumnRole, Kind, ResultSet
from gridlens.shared.visualizations import DrawnChart, Figure
from gridlens.visualizations.pictures import find_chromium

Answer = Callable[..., ResultSet]
_KINDS = {
    pl.Float64: Kind.NUMBER,
    pl.Int64: Kind.INTEGER,
    pl.String: Kind.TEXT,
    pl.Boolean: Kind.BOOLEAN,
    pl.Date: Kind.DATE,
    pl.Null: Kind.NUMBER,
}


@pytest.fixture
def answer() -> Answer:
    """``answer(frame, load="kW")``: an answer whose numbers are measures, with the units named."""

    def build(frame: pl.DataFrame, *, zone: str = "Europe/Berlin", **units: str) -> ResultSet:
        columns = []
        for name, kind in frame.schema.items():
            is_time = kind.is_temporal()
            is_measure = kind.is_numeric() or kind == pl.Null
            columns.append(
                Column(
                    name=name,
                    kind=Kind.TIMESTAMP
                    if isinstance(kind, pl.Datetime)
                    else _KINDS.get(type(kind), Kind.JSON),
                    role=ColumnRole.TIME
                    if is_time
                    else ColumnRole.MEASURE
                    if is_measure
                    else ColumnRole.DIMENSION,
                    unit=units.get(name),
                )
            )
        return ResultSet(
            columns=tuple(columns),
            frame=frame,
            is_cut=False,
            row_limit=10_000,
            sql="SELECT 1",
            source_id=UUID(int=1),
            source_name="metering",
            zone=zone,
            read_at=datetime(2026, 6, 18, 12, 30, tzinfo=UTC),
            engine_ms=1.5,
        )

    return build


@pytest.fixture
def every() -> Callable[..., pl.Series]:
    """``every("1h", "2025-10-25T22:00", 25)``: that many instants from a start in UTC."""

    def build(step: str, start: str, count: int) -> pl.Series:
        first = datetime.fromisoformat(start).replace(tzinfo=UTC)
        places = pl.int_range(count, eager=True)
        unit, length = step.lstrip("0123456789"), int(step.rstrip("mohdwys"))
        return pl.select(
            pl.lit(first).dt.offset_by(pl.lit(places * length).cast(pl.String) + unit).alias("at")
        )["at"]

    return build


def _unpack(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("dtype") == "f8":
            raw = b64decode(value["bdata"])
            numbers = [None if math.isnan(n) else n for n in struct.unpack(f"<{len(raw) // 8}d", raw)]
            if "shape" in value:
                width = int(value["shape"].split(",")[1])
                return [numbers[at : at + width] for at in range(0, len(numbers), width)]
            return numbers
        return {key: _unpack(part) for key, part in value.items()}
    return [_unpack(part) for part in value] if isinstance(value, list) else value


@pytest.fixture
def opened() -> Callable[[DrawnChart], dict[str, Any]]:
    """The figure of a drawn chart with its binary arrays as lists; missing is None."""

    def build(chart: DrawnChart) -> dict[str, Any]:
        assert isinstance(chart.content, Figure)
        figure: dict[str, Any] = _unpack(msgspec.json.decode(chart.content.plotly))
        return figure

    return build


class Analytics:
    """What analytics would answer: one known question, and the same rows for every statement."""

    def __init__(self, result: ResultSet) -> None:
        self.result = result
        self.question_id = uuid4()
        self.not_shared_with: set[UUID] = set()
        self.asked: list[RunQuestion | RunQuery] = []

    def answer_on(self, core: Core) -> None:
        @core.bus.answers(DescribeQuestion)
        async def describe(request: DescribeQuestion) -> QuestionDescription:
            self._known(request.question_id)
            return QuestionDescription(
                question_id=request.question_id, name="Load", source_id=UUID(int=1), sql="SELECT 1"
            )

        @core.bus.answers(ReadableQuestions)
        async def readable(request: ReadableQuestions) -> frozenset[UUID]:
            return frozenset(request.question_ids) & {self.question_id} - self.hidden_from(request.principal)

        @core.bus.answers(RunQuestion)
        async def run_question(request: RunQuestion) -> ResultSet:
            self._known(request.question_id)
            if self.hidden_from(request.principal):
                raise NotFound("There is no such question.")
            self.asked.append(request)
            return self.result

        @core.bus.answers(RunQuery)
        async def run_query(request: RunQuery) -> ResultSet:
            self.asked.append(request)
            return self.result

    def hidden_from(self, principal: Principal) -> set[UUID]:
        return {self.question_id} if principal.user_id in self.not_shared_with else set()

    def _known(self, question_id: UUID) -> None:
        if question_id != self.question_id:
            raise NotFound("There is no such question.")


@pytest.fixture
def analytics(answer: Answer, every: Callable[..., pl.Series]) -> Analytics:
    """Analytics whose rows are a day of hourly load: 1 to 24 MW."""
    at = every("1h", "2026-06-14T22:00", 24)
    return Analytics(answer(pl.DataFrame({"at": at, "load": [float(n) for n in range(1, 25)]}), load="MW"))


@pytest.fixture
def chromium() -> Path:
    """The browser of this machine."""
    found = find_chromium(os.environ.get("GRIDLENS_CHROMIUM_PATH", ""))
    if found is None:
        if os.environ.get("GRIDLENS_TEST_REQUIRE_SERVERS") == "1":
            pytest.fail("Chromium is required here")
        pytest.skip("Chromium (or GRIDLENS_CHROMIUM_PATH)")
    return found
