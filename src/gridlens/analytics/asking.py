"""Questions in plain words: understood, read back as a sentence, changed slot by slot, answered."""

import asyncio
from collections import OrderedDict
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
import polars as pl
from msgspec import Meta

from gridlens.analytics import ask
from gridlens.analytics.access import require
from gridlens.analytics.elsewhere import Elsewhere
from gridlens.analytics.indexing import IndexState, SourceIndexes
from gridlens.analytics.language_model.service import LanguageModelService
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.running.named_units import named_unit
from gridlens.analytics.running.query import Query
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.semantic.enriching import askable
from gridlens.analytics.semantic.model import SemanticModel, VerifiedQuestion
from gridlens.analytics.semantic.store import SemanticStore
from gridlens.analytics.semantic.understanding import LONGEST_QUESTION, understood
from gridlens.analytics.semantic.use import metrics_in
from gridlens.analytics.semantic.visible import visible
from gridlens.core.errors import GridlensError
from gridlens.core.principal import Principal
from gridlens.shared.catalog import CatalogTable
from gridlens.shared.data_sources import SourceDescription, SourceSummary
from gridlens.shared.permissions import Permission
from gridlens.shared.results import ColumnRole, Kind

MOST_EXAMPLES = 6
EXAMPLES_KEPT = 64
FEW_VALUES = 60
TRIAL_SECONDS = 2.0
SURE_ENOUGH = 0.75
HELPED_CONFIDENCE = 0.7


class _Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    pass


class _Output(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class AskedQuestion(_Input, frozen=True, kw_only=True):
    """``previous`` is the plan of the question before, which a follow-up goes on from."""

    source_id: UUID
    question: Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]
    previous: ask.QueryPlan | None = None


class PlanChange(_Input, frozen=True, kw_only=True):
    """A plan as it is, or with one slot of its sentence changed."""

    source_id: UUID
    plan: ask.QueryPlan
    patch: ask.Patch | None = None


class Vouched(_Output, frozen=True, kw_only=True):
    """Something that a person found right: a metric by its name, or the question by its words."""

    name: str
    by: str | None
    on: date | None


class Helped(_Output, frozen=True, kw_only=True):
    """The language model that was asked; ``note`` says why its answer is not the one shown."""

    model: str
    note: str | None = None


class Answered(_Output, frozen=True, kw_only=True):
    """How a question was understood. Without ``plan`` and ``sql`` it cannot be answered; ``reason`` says why.

    ``verified`` says that the answer was not worked out but agreed on; one that was agreed on as SQL has no
    plan. ``metrics`` are those agreed figures that the answer shows. ``is_follow_up`` says that the words
    were read as a change of the question before, ``next_questions`` that could be such. ``elsewhere`` is a
    source that can answer what this cannot.
    """

    source_id: UUID
    plan: ask.QueryPlan | None
    sentence: ask.Sentence | None
    sql: str | None
    confidence: float
    tokens: tuple[ask.Phrase, ...] = ()
    readings: tuple[ask.Reading, ...] = ()
    unknown_words: tuple[ask.UnknownWord, ...] = ()
    reason: str | None = None
    verified: Vouched | None = None
    metrics: tuple[Vouched, ...] = ()
    helped: Helped | None = None
    is_follow_up: bool = False
    elsewhere: SourceSummary | None = None
    next_questions: tuple[str, ...] = ()


class Said(_Output, frozen=True, kw_only=True):
    """The answer in one sentence; where its days are empty, ``newest`` is the newest day with data."""

    headline: str
    newest: date | None = None


class Examples(_Output, frozen=True, kw_only=True):
    questions: tuple[str, ...]


class AskService:
    def __init__(
        self,
        queries: QueryService,
        plans: Plans,
        questions: QuestionService,
        row_limit: int,
        terms: SemanticStore,
        indexes: SourceIndexes,
        helper: LanguageModelService,
        elsewhere: Elsewhere,
    ) -> None:
        self._queries = queries
        self._plans = plans
        self._questions = questions
        self._row_limit = row_limit
        self._terms = terms
        self._indexes = indexes
        self._helper = helper
        self._elsewhere = elsewhere
        self._examples: OrderedDict[tuple[UUID, int, str], tuple[str, ...]] = OrderedDict()

    async def understand(self, principal: Principal, asked: AskedQuestion) -> Answered:
        """The plan that the words mean, with everything that was assumed on the way."""
        source = await self._source(principal, asked.source_id)
        model = await self._model(principal, source)
        agreed = model.verified(asked.question)
        if agreed is not None:
            return await self._agreed(agreed, source, model)
        own = await self._understood(principal, asked, source, model)
        if own.plan is None:
            other = await self._elsewhere.understood(principal, asked.question, source)
            own = msgspec.structs.replace(own, elsewhere=other)
        is_sure = own.plan is not None and own.confidence >= SURE_ENOUGH and not own.unknown_words
        settings = await self._helper.wanted(principal, is_sure=is_sure)
        if settings is None:
            return own
        try:
            return await self._helped(principal, asked, source, model, own, settings.model)
        except GridlensError as error:
            return msgspec.structs.replace(own, helped=Helped(model=settings.model, note=error.detail))

    async def _helped(
        self,
        principal: Principal,
        asked: AskedQuestion,
        source: SourceDescription,
        model: SemanticModel,
        own: Answered,
        name: str,
    ) -> Answered:
        """What the language model makes of the question, by the same checks as anybody's plan or SQL.

        Raises:
            GridlensError: it does not answer, or its answer is refused.
        """
        found = await self._helper.answer(principal, asked.question, source, model, asked.previous)
        answered = Answered(
            source_id=source.source_id,
            plan=None,
            sentence=None,
            sql=None,
            confidence=HELPED_CONFIDENCE,
            helped=Helped(model=name),
            is_follow_up=own.is_follow_up,
        )
        if found.plan is not None:
            return await self._told(answered, found.plan, source, model)
        if found.sql is not None:
            query = Query(source_id=source.source_id, sql=found.sql, door="ask", row_limit=self._row_limit)
            await self._queries.check(principal, query)
            return msgspec.structs.replace(answered, sql=found.sql)
        note = f"{name} cannot answer it either: {found.cannot_answer}"
        return msgspec.structs.replace(own, helped=Helped(model=name, note=note))

    async def _understood(
        self, principal: Principal, asked: AskedQuestion, source: SourceDescription, model: SemanticModel
    ) -> Answered:
        """What the embedded engine makes of the question."""
        found = await asyncio.to_thread(
            understood,
            asked.question,
            source,
            self._plans.today(source),
            model,
            asked.previous,
            values=await self._indexes.of(source, principal.organisation_id),
            tries=self._trial(principal, source),
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
            is_follow_up=found.is_follow_up,
        )
        return answered if found.plan is None else await self._told(answered, found.plan, source, model)

    def _trial(self, principal: Principal, source: SourceDescription) -> "ask.Tries":
        """Runs a plan on the way every query goes, for the thread in which a question is read."""
        loop = asyncio.get_running_loop()

        async def rows(plan: ask.QueryPlan) -> pl.DataFrame:
            rendered = await self._plans.render(plan, source)
            query = Query(
                source_id=source.source_id,
                sql=rendered.sql,
                door="ask",
                row_limit=self._row_limit,
                columns=rendered.columns,
                is_trial=True,
            )
            async with asyncio.timeout(TRIAL_SECONDS):
                return (await self._queries.run(principal, query, source)).frame

        return ask.trying(lambda plan: asyncio.run_coroutine_threadsafe(rows(plan), loop).result())

    async def change(self, principal: Principal, change: PlanChange) -> Answered:
        """The plan after a slot was changed, or as another reading has it.

        Raises:
            PlanRefused: the choice is not possible, or the source cannot answer the plan rightly.
        """
        source = await self._source(principal, change.source_id)
        model = await self._model(principal, source)
        plan = change.plan
        if change.patch is not None:
            plan = await asyncio.to_thread(ask.apply, plan, change.patch.slot, change.patch.option, source)
        answered = Answered(source_id=source.source_id, plan=None, sentence=None, sql=None, confidence=1.0)
        return await self._told(answered, plan, source, model)

    async def headline(self, principal: Principal, change: PlanChange) -> Said:
        """What the rows of a plan say first, figures that only rank them included.

        The rows come from the cache that the chart fills, unless a figure is not shown there.
        """
        source = await self._source(principal, change.source_id)
        plan = msgspec.structs.replace(
            change.plan,
            measures=tuple(msgspec.structs.replace(each, is_shown=True) for each in change.plan.measures),
        )
        rendered = await self._plans.render(plan, source)
        query = Query(
            source_id=source.source_id,
            sql=rendered.sql,
            door="ask",
            row_limit=self._row_limit,
            columns=rendered.columns,
        )
        result = await self._queries.run(principal, query, source)
        today = self._plans.today(source)
        newest = ask.newest_instead(plan, result, source, today)
        why_empty = ask.number_nobody_has(plan, result, source)
        if why_empty is None and newest is not None:
            why_empty = ask.days_without_data(plan, source)
        told = why_empty or ask.headline(plan, result, ask.covered_unlike(plan, source, today))
        return Said(headline=told, newest=newest)

    async def examples(self, principal: Principal, source_id: UUID) -> Examples:
        """Questions to begin with: those that were saved, then some made from what the source holds."""
        source = await self._source(principal, source_id)
        saved = await self._questions.words_on(principal, source_id, MOST_EXAMPLES)
        key = (source_id, source.catalog.version, source.rights)
        made = self._examples.get(key)
        if made is None:
            made = await asyncio.to_thread(_made_up, source, self._plans.today(source))
            self._examples[key] = made
            if len(self._examples) > EXAMPLES_KEPT:
                self._examples.popitem(last=False)
        known = {question.casefold() for question in saved}
        rest = [question for question in made if question.casefold() not in known]
        return Examples(questions=(*saved, *rest)[:MOST_EXAMPLES])

    async def index_state(self, principal: Principal, source_id: UUID) -> IndexState:
        """Whether questions know the values that the source holds."""
        return await self._indexes.state(await self._source(principal, source_id), principal.organisation_id)

    async def _source(self, principal: Principal, source_id: UUID) -> SourceDescription:
        """The source with what is agreed about it, but for what questions never use."""
        require(principal, Permission.RUN_QUERIES)
        source = await self._queries.describe(principal, source_id)
        model = await self._model(principal, source)
        return msgspec.structs.replace(source, catalog=askable(source.catalog, model))

    async def _model(self, principal: Principal, source: SourceDescription) -> SemanticModel:
        """What is agreed, as far as the asker may know of it."""
        _, model = await self._terms.current(principal.organisation_id, source.source_id)
        return visible(model, source)

    async def _agreed(
        self, agreed: VerifiedQuestion, source: SourceDescription, model: SemanticModel
    ) -> Answered:
        """The answer that somebody found right for these very words."""
        vouched = Vouched(name=agreed.question, by=agreed.verified_by, on=agreed.verified_on)
        answered = Answered(
            source_id=source.source_id,
            plan=None,
            sentence=None,
            sql=agreed.sql,
            confidence=1.0,
            verified=vouched,
        )
        if agreed.plan is None:
            return answered
        return await self._told(answered, agreed.plan, source, model)

    async def _told(
        self, answered: Answered, plan: ask.QueryPlan, source: SourceDescription, model: SemanticModel
    ) -> Answered:
        rendered = await self._plans.render(plan, source)
        today = self._plans.today(source)
        sentence = await asyncio.to_thread(ask.describe, plan, source, today)
        further = await asyncio.to_thread(ask.next_questions, plan, source, today)
        shown = tuple(
            Vouched(name=metric.name, by=metric.certified_by, on=metric.certified_on)
            for metric in metrics_in(plan, model, source.catalog)
        )
        return msgspec.structs.replace(
            answered, plan=plan, sentence=sentence, sql=rendered.sql, metrics=shown, next_questions=further
        )


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
