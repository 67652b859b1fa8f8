"""The product's own way from a question to SQL, for scripts that measure it.

A database has ``id``, ``path``, ``dialect``, ``today`` and ``connect()``; nothing here knows any by name.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import numpy as np

from gridlens.analytics.ask import PlanRefused, QueryPlan, render
from gridlens.analytics.ask.parsing.models import load, shipped
from gridlens.analytics.ask.parsing.schema import Schema
from gridlens.analytics.ask.parsing.surety import MOST_ROWS, Outcome
from gridlens.analytics.ask.parsing.training.sources import Database
from gridlens.analytics.ask.parsing.values import ValueIndex, reading_statements
from gridlens.analytics.semantic import files
from gridlens.analytics.semantic.enriching import askable, described
from gridlens.analytics.semantic.model import SemanticModel
from gridlens.analytics.semantic.understanding import understood
from gridlens.shared.data_sources import SourceDescription

ZONE = "UTC"
SECONDS = 2.0


class Engine:
    """``GRIDLENS_READER`` names another model than the shipped one: one that has not seen the databases.

    ``GRIDLENS_SEMANTIC`` names a semantic file, for a run over the one database that it is about.
    """

    is_trying = True

    def __init__(self) -> None:
        other = os.environ.get("GRIDLENS_READER")
        self.models = shipped() if other is None else load(dict(np.load(Path(other), allow_pickle=False)))
        file = os.environ.get("GRIDLENS_SEMANTIC")
        self.terms = SemanticModel() if file is None else files.read(Path(file).read_text(encoding="utf-8"))
        self._prepared: tuple[str, SourceDescription, ValueIndex, Database] | None = None

    def forget(self) -> None:
        if self._prepared is not None:
            self._prepared[3].connection.close()
        self._prepared = None

    def prepare(self, database: Any) -> None:
        self.forget()
        opened = Database(database)
        catalog = opened.catalog()
        description = SourceDescription(
            source_id=uuid4(), name="source", dialect=database.dialect, zone=ZONE, catalog=catalog
        )
        description = described(description, self.terms, version=1)
        catalog = askable(description.catalog, self.terms)
        description = msgspec.structs.replace(description, catalog=catalog)
        schema = Schema(catalog)
        values = ValueIndex(schema)
        for column, sql in reading_statements(schema, database.dialect):
            values.add(column, [row[0] for row in opened.connection.execute(sql).fetchall()])
        self._prepared = (database.id, description, values, opened)

    @staticmethod
    def outcome_of(opened: Database, sql: Callable[[], str]) -> Outcome | None:
        ends = time.monotonic() + SECONDS
        if isinstance(opened.connection, sqlite3.Connection):
            opened.connection.set_progress_handler(lambda: time.monotonic() > ends, 10_000)
        try:
            return Outcome.of(opened.connection.execute(sql()).fetchmany(MOST_ROWS))
        except Exception:
            # Whatever an engine says against a plan, the plan is no answer.
            return None

    def predict(self, question: str, database: Any) -> dict[str, Any]:
        if self._prepared is None or self._prepared[0] != database.id:
            self.prepare(database)
        assert self._prepared is not None
        _, description, values, opened = self._prepared
        today = date.fromisoformat(database.today)

        def sql_of(plan: QueryPlan) -> str:
            query = render(plan, description.catalog, description.dialect, description.zone, today)
            return query.sql(dialect=description.dialect)

        def tries(plan: QueryPlan) -> Outcome | None:
            return self.outcome_of(opened, lambda: sql_of(plan))

        found = understood(
            question,
            description,
            today,
            self.terms,
            values=values,
            tries=tries if self.is_trying else None,
            models=self.models,
        )
        others = []
        for reading in found.readings:
            try:
                others.append(sql_of(reading.plan))
            except PlanRefused:
                continue
        if found.plan is None:
            return {"sql": None, "alternatives": others, "confidence": found.confidence}
        return {"sql": sql_of(found.plan), "alternatives": others, "confidence": found.confidence}
