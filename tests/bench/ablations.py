"""What each part of the reader is worth: the same questions with one part switched off at a time.

``python -m tests.bench.ablations FOLDER --model FILE.npz --hold-out 1/5``, with a model that never saw
that part. The columns tell the share of right answers, and in brackets that of the surest 55 % of questions.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
import numpy as np
from tests.bench.folds import precision, spread, unseen
from tests.bench.nl2sql import Engine

from gridlens.analytics.ask import choosing
from gridlens.analytics.ask.parsing import assembly
from gridlens.analytics.ask.parsing.models import Forest, load
from gridlens.analytics.ask.parsing.training.__main__ import FILES
from gridlens.analytics.ask.parsing.training.sources import Database, evaluation_of
from gridlens.analytics.ask.understanding.outcome import Understanding
from gridlens.shared.catalog import Catalog

BENCHMARKS = ("spider", "energy", "geography")
AT = 0.55
"""The share of questions answered at which precision is told."""


class _Even(Forest):
    """Finds everything equally likely."""

    def chances(self, rows: Any) -> Any:
        return np.full(len(rows), 0.5)


def _even(forest: Forest) -> Forest:
    return _Even(forest.roots, forest.feature, forest.threshold, forest.left, forest.right, forest.leaf)


@contextmanager
def without(part: str, engine: Engine) -> Iterator[None]:
    models = engine.models
    with ExitStack() as stack:
        enter = stack.enter_context
        match part:
            case "index of values":
                enter(patch("tests.bench.nl2sql.reading_statements", lambda *_: ()))
            case "trying plans":
                enter(patch.object(Engine, "is_trying", False))
            case "chains":
                enter(patch.object(assembly, "chains", lambda _: []))
            case "grammar":
                enter(
                    patch.object(
                        choosing, "by_grammar", lambda *_: Understanding(plan=None, confidence=0.0, tokens=())
                    )
                )
            case "inferred keys":
                enter(patch.object(Database, "catalog", _declared_only(Database.catalog)))
            case "rankers of conditions and columns":
                roles = {role: _even(forest) for role, forest in models.roles.items()}
                engine.models = replace(models, conditions=_even(models.conditions), roles=roles)
            case "line of confidence":
                engine.models = replace(models, surety=None)
            case "ranker of drafts":
                engine.models = replace(models, ranking=_even(models.ranking))
        try:
            yield
        finally:
            engine.models = models


PARTS = (
    "nothing",
    "index of values",
    "rankers of conditions and columns",
    "ranker of drafts",
    "chains",
    "trying plans",
    "line of confidence",
    "inferred keys",
    "grammar",
)


def _declared_only(read: Callable[[Database], Catalog]) -> Callable[[Database], Catalog]:
    def catalog(database: Database) -> Catalog:
        found = read(database)
        tables = tuple(
            msgspec.structs.replace(
                table, foreign_keys=tuple(key for key in table.foreign_keys if not key.is_inferred)
            )
            for table in found.tables
        )
        return msgspec.structs.replace(found, tables=tables)

    return catalog


def main() -> None:
    parser = argparse.ArgumentParser(prog="ablations", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--hold-out", default="1/5")
    parser.add_argument("--most", type=int, default=300, help="most questions of each benchmark")
    chosen = parser.parse_args()
    part, parts = (int(number) for number in chosen.hold_out.split("/"))
    evaluation = evaluation_of(chosen.folder)
    questions = {}
    for benchmark in BENCHMARKS:
        records = (
            unseen(evaluation, chosen.folder, benchmark, part, parts)
            if benchmark in FILES
            else evaluation.read_questions([str(chosen.folder / f"{benchmark}_dev.jsonl")])
        )
        questions[benchmark] = spread(records, chosen.most)
    engine = Engine()
    engine.models = load(dict(np.load(chosen.model, allow_pickle=False)))
    sys.stdout.write(f"{'without':36}" + "".join(f"{name:>24}" for name in BENCHMARKS) + "\n")
    for each in PARTS:
        cells = []
        for benchmark in BENCHMARKS:
            with without(each, engine):
                engine.forget()
                store = evaluation.Store(str(chosen.folder))
                results, _ = evaluation.evaluate(questions[benchmark], store, engine, 10.0, progress=False)
            told = evaluation.summarise(results)
            cells.append(f"{100 * told['ex']:5.1f} % ({precision(results, AT):5.1f} %)")
        sys.stdout.write(f"{each:36}" + "".join(f"{cell:>24}" for cell in cells) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
