"""From a question to rows: ask, guard, cache, saved questions, history."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from gridlens.analytics import handlers
from gridlens.analytics.asking import AskService
from gridlens.analytics.plans import Plans
from gridlens.analytics.questions.service import QuestionService
from gridlens.analytics.routes.ask import AskController
from gridlens.analytics.routes.queries import QueryController, RunController
from gridlens.analytics.routes.questions import QuestionController
from gridlens.analytics.running.history import History
from gridlens.analytics.running.service import QueryService
from gridlens.analytics.sql import SqlService
from gridlens.core.events import Bus
from gridlens.core.module import Core, Module

_running: WeakKeyDictionary[Bus, QueryService] = WeakKeyDictionary()


def connect(core: Core) -> dict[str, object]:
    """Build the services, join the bus; what is returned is injected into routes by name."""
    history, plans = History(core.database), Plans()
    queries = _running[core.bus] = QueryService(core.settings, core.bus, history)
    sql = SqlService(core.settings, core.bus, core.limiter, queries, plans, history)
    questions = QuestionService(
        core.database, core.bus, core.outbox, queries, plans, core.settings.query_rows
    )
    handlers.connect(core, queries, sql, questions, history)
    return {
        "asking": AskService(queries, plans, questions, core.settings.query_rows),
        "sql_service": sql,
        "question_service": questions,
        "analytics_settings": core.settings,
    }


@asynccontextmanager
async def lifespan(core: Core) -> AsyncIterator[None]:
    """What waits to be written is written before the application ends."""
    try:
        yield
    finally:
        await _running[core.bus].close()


module = Module(
    "analytics",
    controllers=(AskController, QueryController, RunController, QuestionController),
    connect=connect,
    lifespan=lifespan,
)
