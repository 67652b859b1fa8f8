"""Teaches a model how sure it is: ``python -m gridlens.analytics.ask.parsing.training.surety``.

Each of the models named with ``--models`` was trained without one part of the databases, the first without
the first; what they make of those parts, which they never saw, is what the line is fitted to. It is written
into the model ``--into``. ``--without 2`` leaves out the second part, to measure on it.
"""

import argparse
import math
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from gridlens.analytics.ask.choosing import likely
from gridlens.analytics.ask.parsing.models import Line, Models, load, save
from gridlens.analytics.ask.parsing.surety import MOST_ROWS, Outcome, figures
from gridlens.analytics.ask.parsing.training.__main__ import FILES, TODAY, Folder, parts_of
from gridlens.analytics.ask.parsing.training.sources import Opened
from gridlens.analytics.ask.plan import QueryPlan
from gridlens.analytics.ask.rendering.statement import render
from gridlens.analytics.ask.trials import Tried, looked_at
from gridlens.shared.data_sources import SourceDescription

MOST_QUESTIONS = 500
"""Of one file and one part, drawn with seed 3."""
STRENGTH = 0.05
ZONE = "UTC"


def main() -> None:
    parser = argparse.ArgumentParser(prog="surety", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, nargs="+", required=True)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", type=int, default=0, help="a part to leave out")
    chosen = parser.parse_args()
    folder = Folder(chosen.data, most=sys.maxsize)
    rows: list[list[float]] = []
    right: list[bool] = []
    weights: list[float] = []
    for part, path in enumerate(chosen.models, 1):
        if part == chosen.without:
            continue
        for row, is_right, weight in _answers(folder, _loaded(path), part, len(chosen.models)):
            rows.append(row)
            right.append(is_right)
            weights.append(weight)
        sys.stderr.write(f"part {part}: {len(rows)} answers so far, {sum(right)} right\n")
    line = _line(rows, right, weights)
    np.savez_compressed(chosen.out, **save(replace(_loaded(chosen.into), surety=line)))


def _loaded(path: Path) -> Models:
    return load(dict(np.load(path, allow_pickle=False)))


def _answers(
    folder: Folder, models: Models, part: int, parts: int
) -> Iterator[tuple[list[float], bool, float]]:
    for file, weight in FILES.values():
        records = folder.evaluation.read_questions([str(folder.path / file)])
        by_part = parts_of(sorted({record["db"] for record in records}), parts)
        own = [record for record in records if by_part[record["db"]] == part and record.get("sql")]
        if len(own) > MOST_QUESTIONS:
            own = random.Random(3).sample(own, MOST_QUESTIONS)  # noqa: S311 -- a sample, not a secret
        for record in own:
            found = _answer(folder, models, record)
            if found is not None:
                yield (*found, weight)


def _answer(folder: Folder, models: Models, record: dict[str, object]) -> tuple[list[float], bool] | None:
    """The figures of the plan that would be believed, and whether it is right."""
    database = folder.database(str(record["db"]))
    question = str(record["question"])

    def sql_of(plan: QueryPlan) -> str:
        query = render(plan, database.catalog_once, database.dialect, ZONE, TODAY)
        return query.sql(dialect=database.dialect)

    def tries(plan: QueryPlan) -> Outcome | None:
        try:
            return Outcome.of(database.rows(sql_of(plan))[:MOST_ROWS])
        except Exception:
            # Whatever an engine says against a plan, the plan is no answer.
            return None

    source = _described(database)
    found: list[Tried] = likely(question, database.known_once, models, source, TODAY, ZONE, tries)
    if not found:
        return None
    outcomes = looked_at(found, tries, math.inf)
    row = figures([each.reading for each in found[: len(outcomes)]], outcomes)
    gold = [str(record["sql"]), *map(str, record.get("alt_sql") or ())]  # type: ignore[call-overload]
    try:
        rows = database.rows(sql_of(found[0].reading.plan))
        is_right = any(
            folder.evaluation.compare(
                database.rows(sql), rows, folder.evaluation.has_order(sql, database.dialect)
            )
            for sql in gold
        )
    except Exception:
        # Whatever an engine says against a plan, or a plan against itself, it is not right.
        is_right = False
    return row, is_right


def _described(database: Opened) -> SourceDescription:
    return SourceDescription(
        source_id=uuid4(),
        name="source",
        dialect=database.dialect,
        zone=ZONE,
        catalog=database.catalog_once,
    )


def _line(rows: list[list[float]], right: list[bool], weights: list[float]) -> Line:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3_000))
    model.fit(np.asarray(rows), np.asarray(right), logisticregression__sample_weight=np.asarray(weights))
    scaler, line = model[0], model[1]
    own = line.coef_[0] / scaler.scale_
    return Line(own, float(line.intercept_[0] - own @ scaler.mean_))


if __name__ == "__main__":
    main()
