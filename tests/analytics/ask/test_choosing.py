"""Which words no reading may pass over: asked of a register of readings, with the shipped model."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import msgspec
import polars as pl
import pytest
from tests.analytics.ask.company import TODAY

from gridlens.analytics.ask import understand
from gridlens.analytics.ask.parsing.schema import Schema
from gridlens.analytics.ask.parsing.values import ValueIndex, reading_statements
from gridlens.analytics.ask.understanding.outcome import Understanding
from gridlens.core.models import utc_now
from gridlens.data_sources.connectors.sqlite_catalog import read_tables
from gridlens.shared.catalog import Catalog
from gridlens.shared.data_sources import SourceDescription

SCHEMA = """
CREATE TABLE feeder (feeder_id INTEGER PRIMARY KEY, name TEXT, town TEXT);
CREATE TABLE feeder_load (
  feeder_id INTEGER REFERENCES feeder (feeder_id), start_at TIMESTAMP, load_mw REAL,
  PRIMARY KEY (feeder_id, start_at));
INSERT INTO feeder VALUES (1, 'North', 'Kiel'), (2, 'South', 'Jena');
INSERT INTO feeder_load VALUES (1, '2026-06-01 00:00:00', 4.5), (2, '2026-06-01 00:00:00', 2.5);
"""


class Register:
    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(SCHEMA)

            async def frame(sql: str) -> pl.DataFrame:
                cursor = connection.execute(sql)
                names = [column[0] for column in cursor.description]
                return pl.DataFrame(cursor.fetchall(), schema=names, orient="row", infer_schema_length=None)

            tables = asyncio.run(read_tables(frame))
            hourly = tuple(
                msgspec.structs.replace(each, interval_seconds=3600 if each.name == "feeder_load" else None)
                for each in tables
            )
            catalog = Catalog(tables=hourly, version=1, read_at=utc_now())
            schema = Schema(catalog)
            self.values = ValueIndex(schema)
            for column, sql in reading_statements(schema, "sqlite"):
                self.values.add(column, [row[0] for row in connection.execute(sql)])
        self.source = SourceDescription(
            source_id=uuid4(), name="Grid", dialect="sqlite", zone="UTC", catalog=catalog
        )

    def ask(self, question: str) -> Understanding:
        return understand(question, self.source, TODAY, "UTC", values=self.values)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    register = Register(tmp_path_factory.mktemp("register") / "register.sqlite")
    yield register
    register.values.close()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("florble per feeder", "florble"),
        ("blorg load by feeder", "blorg"),
        ("utilisation of each feeder", "utilisation"),
        ("load in MW by flurb", "flurb"),
    ],
)
def test_a_word_that_stands_for_nothing_is_named_instead_of_passed_over(
    register: Register, question: str, word: str
) -> None:
    found = register.ask(question)

    assert found.plan is None
    assert word in [each.text for each in found.unknown_words]
    assert found.reason is not None
    assert f"“{word}”" in found.reason


def test_a_time_that_cannot_be_said_is_refused_without_readings_that_leave_it_out(register: Register) -> None:
    found = register.ask("load per feeder except in June 2026")

    assert found.plan is None
    assert found.reason is not None
    assert "cannot be left out" in found.reason
    assert all(reading.plan.time is not None for reading in found.readings)


def test_a_question_that_is_explained_whole_is_answered(register: Register) -> None:
    assert register.ask("average load per feeder").plan is not None


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("feeders with no load", "no"),
        ("feeders without load", "without"),
        ("Feeder ohne Last", "ohne"),
    ],
)
def test_no_reading_is_run_that_leaves_out_a_word_which_changes_what_is_asked(
    register: Register, question: str, word: str
) -> None:
    found = register.ask(question)

    assert found.plan is None
    assert found.reason is not None
    assert word in found.reason


@pytest.mark.parametrize(
    "question", ["total cost per feeder", "share of North in temperature", "cost of the load"]
)
def test_what_is_less_likely_right_than_wrong_is_not_run(register: Register, question: str) -> None:
    assert register.ask(question).plan is None
