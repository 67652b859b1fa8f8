"""Questions in plain words: understood, read back as a sentence, changed slot by slot, answered."""

import asyncio
from collections import OrderedDict
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from gridlens.analytics import ask
from gridlens.analytics.access import require
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.running.named_units import named_unit
from gridlens.analytics.running.service import Query, QueryService
from gridlens.core.principal import Principal
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import SourceDescription
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ColumnRole, Kind

MOST_EXAMPLES = 6
EXAMPLES_KEPT = 64
FEW_VALUES = 60


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class AskedQuestion(_Input, frozen=True, kw_only=True):
    """``previous`` is the plan of the question before, which a follow-up goes on from."""

    source_id: UUID
    question: Annotated[str, Meta(min_length=1, max_length=500)]
    previous: ask.QueryPlan | None = None


class PlanChange(_Input, frozen=True, kw_only=True):
    """A plan as it is, or with one slot of its sentence changed."""

    source_id: UUID
    plan: ask.QueryPlan
    patch: ask.Patch | None = None


class Answered(_Output, frozen=True, kw_only=True):
    """How a question was understood. Without ``plan`` it cannot be answered, and ``reason`` says why."""

    source_id: UUID
    plan: ask.QueryPlan | None
    sentence: ask.Sentence | None
    sql: str | None
    confidence: float
    tokens: tuple[ask.Phrase, ...] = ()
    readings: tuple[ask.Reading, ...] = ()
    unknown_words: tuple[ask.UnknownWord, ...] = ()
    reason: str | None = None


class Said(_Output, frozen=True, kw_only=True):
    """The answer in one sentence."""

    headline: str


class Examples(_Output, frozen=True, kw_only=True):
    questions: tuple[str, ...]


class AskService:
    def __init__(
        self, queries: QueryService, plans: Plans, questions: QuestionService, row_limit: int
    ) -> None:
        self._queries = queries
        self._plans = plans
        self._questions = questions
        self._row_limit = row_limit
        self._examples: OrderedDict[tuple[UUID, int], tuple[str, ...]] = OrderedDict()

    async def understand(self, principal: Principal, asked: AskedQuestion) -> Answered:
        """The plan that the words mean, with everything that was assumed on the way."""
        source = await self._source(principal, asked.source_id)
        today = self._plans.today(source)
        found = await asyncio.to_thread(
            ask.understand, asked.question, source, today, source.zone, asked.previous
        )
        answered = Answered(
            source_id=source.source_id,
            plan=None,
            sentence=None,
            sql=None,
            confidence=found.confidence,
            tokens=found.tokens,
            readings=found.readings,
            unknown_words=found.unknown_words,
            reason=found.reason,
        )
        if found.plan is None:
            return answered
        return await self._told(answered, found.plan, source)

    async def change(self, principal: Principal, change: PlanChange) -> Answered:
        """The plan after a slot was changed, or as another reading has it.

        Raises:
            PlanRefused: the choice is not possible, or the source cannot answer the plan rightly.
        """
        source = await self._source(principal, change.source_id)
        plan = change.plan
        if change.patch is not None:
            plan = await asyncio.to_thread(ask.apply, plan, change.patch.slot, change.patch.option, source)
        answered = Answered(source_id=source.source_id, plan=None, sentence=None, sql=None, confidence=1.0)
        return await self._told(answered, plan, source)

    async def headline(self, principal: Principal, change: PlanChange) -> Said:
        """What the rows of a plan say first; the rows themselves come from the cache that the chart fills."""
        source = await self._source(principal, change.source_id)
        rendered = await self._plans.render(change.plan, source)
        query = Query(
            source_id=source.source_id,
            sql=rendered.sql,
            door="ask",
            row_limit=self._row_limit,
            columns=rendered.columns,
        )
        result = await self._queries.run(principal, query, source)
        return Said(headline=ask.headline(change.plan, result))

    async def examples(self, principal: Principal, source_id: UUID) -> Examples:
        """Questions to begin with: those that were saved, then some made from what the source holds."""
        source = await self._source(principal, source_id)
        saved = await self._questions.words_on(principal, source_id, MOST_EXAMPLES)
        key = (source_id, source.catalog.version)
        made = self._examples.get(key)
        if made is None:
            made = await asyncio.to_thread(_made_up, source, self._plans.today(source))
            self._examples[key] = made
            if len(self._examples) > EXAMPLES_KEPT:
                self._examples.popitem(last=False)
        known = {question.casefold() for question in saved}
        rest = [question for question in made if question.casefold() not in known]
        return Examples(questions=(*saved, *rest)[:MOST_EXAMPLES])

    async def _source(self, principal: Principal, source_id: UUID) -> SourceDescription:
        require(principal, Permission.RUN_QUERIES)
        return await self._queries.describe(principal, source_id)

    async def _told(self, answered: Answered, plan: ask.QueryPlan, source: SourceDescription) -> Answered:
        rendered = await self._plans.render(plan, source)
        sentence = await asyncio.to_thread(ask.describe, plan, source, self._plans.today(source))
        return msgspec.structs.replace(answered, plan=plan, sentence=sentence, sql=rendered.sql)


def _made_up(source: SourceDescription, today: date) -> tuple[str, ...]:
    """Questions that the source can answer: each was understood once."""
    good: list[str] = []
    for question in _candidates(source):
        found = ask.understand(question, source, today, source.zone)
        if found.plan is not None and not found.unknown_words:
            good.append(question)
        if len(good) == MOST_EXAMPLES:
            break
    return tuple(good)


def _candidates(source: SourceDescription) -> list[str]:
    """A few shapes of question for each table with a measure, those of different tables in turn."""
    by_table = [_of_table(table) for table in source.catalog.tables]
    longest = max((len(each) for each in by_table), default=0)
    return [each[place] for place in range(longest) for each in by_table if place < len(each)]


def _spoken(column: str) -> str:
    """A column's name as a word, without the unit at its end: nobody asks for “load mw”."""
    words = column.split("_")
    return " ".join(words[:-1] if len(words) > 1 and named_unit(column) else words)


def _of_table(table: CatalogTable) -> list[str]:
    measures = [each.name for each in table.columns if each.role is ColumnRole.MEASURE]
    times = [each.name for each in table.columns if each.role is ColumnRole.TIME]
    groups = [
        each.name
        for each in table.columns
        if each.role is ColumnRole.DIMENSION
        and each.kind is Kind.TEXT
        and each.profile is not None
        and 1 < each.profile.distinct_count <= FEW_VALUES
    ]
    if not measures:
        return []
    measure = _spoken(measures[0])
    shapes = []
    if times:
        shapes += [f"Average {measure} by hour of day", f"Highest {measure} per month"]
    if groups:
        shapes.append(f"Average {measure} by {groups[0].replace('_', ' ')}")
    keys = [key.table for key in table.foreign_keys]
    shapes += [f"Average {measure} by {key.replace('_', ' ')}" for key in keys]
    return shapes
