"""From a question to rows: ask, guard, cache, saved questions, history."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from weakref import WeakKeyDictionary

from gridlens.analytics import handlers
from gridlens.analytics.ask import units
from gridlens.analytics.asking import AskService
from gridlens.analytics.elsewhere import Elsewhere
from gridlens.analytics.exporting.service import ExportService
from gridlens.analytics.exporting.store import ExportStore
from gridlens.analytics.exporting.targets import Targets
from gridlens.analytics.exporting.writing import ExportWriter
from gridlens.analytics.indexing import SourceIndexes
from gridlens.analytics.language_model.endpoint import Endpoint
from gridlens.analytics.language_model.service import LanguageModelService
from gridlens.analytics.language_model.store import ModelStore
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.questions.sharing import QuestionSharing
from gridlens.analytics.routes.ask import AskController
from gridlens.analytics.routes.exports import ExportController
from gridlens.analytics.routes.language_model import LanguageModelController
from gridlens.analytics.routes.queries import QueryController, RunController
from gridlens.analytics.routes.questions import QuestionController
from gridlens.analytics.routes.semantic import SemanticController
from gridlens.analytics.running.history import History
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.semantic.service import SemanticService
from gridlens.analytics.semantic.store import SemanticStore
from gridlens.analytics.sql import SqlService
from gridlens.core.addresses import AddressPolicy
from gridlens.core.events import Bus
from gridlens.core.module import Core, Module

LOADED_AFTER_SECONDS = 1.0
_running: WeakKeyDictionary[Bus, QueryService] = WeakKeyDictionary()
_written_by_hand: WeakKeyDictionary[Bus, SqlService] = WeakKeyDictionary()
_writers: WeakKeyDictionary[Bus, ExportWriter] = WeakKeyDictionary()
_terms: WeakKeyDictionary[Bus, SemanticService] = WeakKeyDictionary()


def connect(core: Core) -> dict[str, object]:
    """Build the services, join the bus; what is returned is injected into routes by name."""
    history, plans = History(core.database), Plans()
    store = SemanticStore(core.database)
    queries = _running[core.bus] = QueryService(core.settings, core.bus, history, terms=store)
    sql = SqlService(core.settings, core.bus, core.limiter, queries, plans, history)
    questions = QuestionService(
        core.database, core.bus, core.outbox, queries, plans, core.settings.query_rows
    )
    _written_by_hand[core.bus] = sql
    terms = SemanticService(core.database, core.bus, core.outbox, queries, store)
    _terms[core.bus] = terms
    indexes = SourceIndexes(core.bus, core.database, core.jobs, core.settings.data_dir)
    helper = LanguageModelService(
        core.database,
        core.outbox,
        ModelStore(core.database, core.vault),
        Endpoint(AddressPolicy(core.settings.private_networks)),
        plans,
    )
    targets, exports = Targets(queries, sql, questions), ExportStore(core)
    writer = _writers[core.bus] = ExportWriter(core.database, core.bus, exports, targets)
    handlers.connect(core, queries, sql, questions, history, store, indexes, exports, writer)
    return {
        "asking": AskService(
            queries,
            plans,
            questions,
            core.settings.chart_rows,
            store,
            indexes,
            helper,
            Elsewhere(core.bus, queries, plans),
        ),
        "language_model": helper,
        "semantic_service": terms,
        "sql_service": sql,
        "exports": ExportService(core.database, core.jobs, exports, targets, writer),
        "question_service": questions,
        "question_sharing": QuestionSharing(core.database, core.bus, core.outbox),
        "analytics_settings": core.settings,
    }


def queries_of(core: Core) -> QueryService:
    """The one path of every query, once the module is connected."""
    return _running[core.bus]


def terms_of(core: Core) -> SemanticService:
    """What is agreed about sources, once the module is connected."""
    return _terms[core.bus]


@asynccontextmanager
async def lifespan(core: Core) -> AsyncIterator[None]:
    """What waits to be written is written before the application ends, except whole files."""
    loading = asyncio.create_task(_load_grammar())
    try:
        yield
    finally:
        loading.cancel()
        await _writers[core.bus].close()
        await _written_by_hand[core.bus].close()
        await queries_of(core).close()


async def _load_grammar() -> None:
    """Load what reads SQL, questions and units: not before the server answers, but before somebody asks."""
    await asyncio.sleep(LOADED_AFTER_SECONDS)
    for room in ("guard", "ask.choosing"):
        await asyncio.to_thread(import_module, f"{__name__}.{room}")
    await asyncio.to_thread(units.registry)


module = Module(
    "analytics",
    controllers=(
        AskController,
        QueryController,
        RunController,
        ExportController,
        QuestionController,
        SemanticController,
        LanguageModelController,
    ),
    connect=connect,
    lifespan=lifespan,
)
