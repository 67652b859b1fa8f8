"""Questions in plain words from the command line, read as the server reads them."""

import asyncio
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import polars as pl

from gridlens.analytics import ask
from gridlens.analytics.ask.parsing.schema import Schema
from gridlens.analytics.ask.parsing.values import MOST_VALUES, ValueIndex, reading_statements
from gridlens.analytics.running.query import Query
from gridlens.analytics.semantic.enriching import askable, described
from gridlens.analytics.semantic.files import read
from gridlens.analytics.semantic.model import SemanticModel, VerifiedQuestion
from gridlens.analytics.semantic.understanding import understood
from gridlens.core.config import Settings
from gridlens.core.errors import GridlensError, Invalid
from gridlens.querying.opening import Opened, opened

LOOKED_AT = 200
TRIAL_SECONDS = 2.0


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A line of ``--questions``."""

    question: str
    id: str | int | None = None
    today: date | None = None


class AskedAnswer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``explanation`` reads the plan back; ``alternatives`` are other readings as SQL, likeliest first."""

    id: str | int | None
    question: str
    answered: bool
    sql: str | None
    confidence: float
    reason: str | None
    explanation: str | None
    alternatives: tuple[str, ...]
    plan: ask.QueryPlan | None


async def answers(
    settings: Settings,
    source: str,
    questions: list[Asked],
    *,
    today: date | None,
    zone: str,
    email: str | None,
    terms: str | None = None,
) -> list[AskedAnswer]:
    """Each question's SQL with how it was understood; nothing but trials of likely plans is run.

    ``terms`` is the text of a semantic file for a source given by URL; one of the installation has its own.

    Raises:
        InvalidModel: the file is wrong, with line and reason.
        Invalid: there is a file, and the source has terms of its own.
    """
    # Words are matched with values, units and steps, which only profiles know.
    async with opened(settings, source, zone, email, with_profiles=True) as found:
        place, model = await _with_terms(found, terms)
        values = await _index(place)
        try:
            now = today or datetime.now(ZoneInfo(place.source.zone)).date()
            return [await _answer(place, model, values, each, each.today or now) for each in questions]
        finally:
            values.close()


def lines_of(path: Path) -> list[Asked]:
    """The questions of a JSON-lines file.

    Raises:
        Invalid: a line is not like {"id": 1, "question": "…"}; with its number.
    """
    decoder = msgspec.json.Decoder(Asked)
    found = []
    for number, text in enumerate(path.read_bytes().splitlines(), start=1):
        if text.strip():
            try:
                found.append(decoder.decode(text))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise Invalid(f'Line {number} is not like {{"id": 1, "question": "…"}}: {error}.') from error
    return found


async def _with_terms(place: Opened, terms: str | None) -> tuple[Opened, SemanticModel]:
    """What is agreed about the source, and the source as that has it."""
    if place.terms is not None:
        if terms is not None:
            raise Invalid(
                "This source has terms of its own. Change them with `gridlens semantic import`, or give the "
                "source as a URL."
            )
        model = (await place.terms.get(place.principal, place.source.source_id)).model
        source = place.source
    else:
        model = read(terms) if terms is not None else SemanticModel()
        source = described(place.source, model, version=1)
    source = msgspec.structs.replace(source, catalog=askable(source.catalog, model))
    return replace(place, source=source), model


async def _index(place: Opened) -> ValueIndex:
    schema = Schema(place.source.catalog)
    values = ValueIndex(schema)
    for column, sql in reading_statements(schema, place.source.dialect):
        try:
            frame = await _rows(place, sql, MOST_VALUES)
        except GridlensError:
            continue  # one column that cannot be read costs the others nothing
        values.add(column, frame)
    return values


async def _rows(place: Opened, sql: str, row_limit: int) -> list[object]:
    query = Query(source_id=place.source.source_id, sql=sql, door="ask", row_limit=row_limit, is_trial=True)
    result = await place.queries.run(place.principal, query, place.source)
    return result.frame.to_series(0).to_list() if result.frame.width else []


async def _answer(
    place: Opened, model: SemanticModel, values: ValueIndex, asked: Asked, today: date
) -> AskedAnswer:
    source = place.source
    agreed = model.verified(asked.question)
    if agreed is not None:
        return _verified(place, asked, agreed, today)
    found = await asyncio.to_thread(
        understood,
        asked.question,
        source,
        today,
        model,
        values=values,
        tries=_trial(place, today),
    )
    others = [sql for reading in found.readings if (sql := _sql(place, reading.plan, today)) is not None]
    sql = _sql(place, found.plan, today) if found.plan is not None else None
    return AskedAnswer(
        id=asked.id,
        question=asked.question,
        answered=sql is not None,
        sql=sql,
        confidence=found.confidence,
        reason=found.reason,
        explanation=ask.describe(found.plan, source, today).text if found.plan is not None else None,
        alternatives=tuple(others),
        plan=found.plan,
    )


def _verified(place: Opened, asked: Asked, agreed: VerifiedQuestion, today: date) -> AskedAnswer:
    """The answer that somebody found right for these very words."""
    sql = agreed.sql if agreed.plan is None else _sql(place, agreed.plan, today)
    return AskedAnswer(
        id=asked.id,
        question=asked.question,
        answered=sql is not None,
        sql=sql,
        confidence=1.0,
        reason=None,
        explanation=f"Verified by {agreed.verified_by or 'somebody'}.",
        alternatives=(),
        plan=agreed.plan,
    )


def _sql(place: Opened, plan: ask.QueryPlan, today: date) -> str | None:
    source = place.source
    try:
        query = ask.render(plan, source.catalog, source.dialect, source.zone, today)
    except ask.PlanRefused:
        return None
    return query.sql(dialect=source.dialect)


def _trial(place: Opened, today: date) -> ask.Tries:
    loop = asyncio.get_running_loop()

    async def rows(plan: ask.QueryPlan) -> pl.DataFrame:
        sql = ask.render(plan, place.source.catalog, place.source.dialect, place.source.zone, today)
        query = Query(
            source_id=place.source.source_id,
            sql=sql.sql(dialect=place.source.dialect),
            door="ask",
            row_limit=LOOKED_AT,
            is_trial=True,
        )
        async with asyncio.timeout(TRIAL_SECONDS):
            return (await place.queries.run(place.principal, query, place.source)).frame

    return ask.trying(lambda plan: asyncio.run_coroutine_threadsafe(rows(plan), loop).result())
