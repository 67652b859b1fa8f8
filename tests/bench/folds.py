"""Ask on databases it has never seen: each part of them with the model that was trained without it.

``python -m tests.bench.folds FOLDER --models PART-1.npz … PART-5.npz``. For each part and all together the
share of right answers, and of the surest questions those that are right.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from tests.bench.nl2sql import Engine

from gridlens.analytics.ask.parsing.models import load
from gridlens.analytics.ask.parsing.training.__main__ import FILES, parts_of
from gridlens.analytics.ask.parsing.training.sources import evaluation_of

COVERAGE = {"spider": 0.55, "wikisql": 0.65}
"""The share of all questions whose precision is told."""
Results = list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="folds", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", type=Path, nargs="+", required=True, help="one for each part, in order")
    parser.add_argument("--most", type=int, default=500, help="most questions of each part and benchmark")
    chosen = parser.parse_args()
    evaluation, parts = evaluation_of(chosen.folder), len(chosen.models)
    engine = Engine()
    for benchmark, share in COVERAGE.items():
        sys.stdout.write(
            f"\n{benchmark:<10}{'questions':>10}{'right':>9}{f'at {share:.0%}':>9}{'p50':>10}{'p95':>10}\n"
        )
        every: Results = []
        for part, model in enumerate(chosen.models, start=1):
            engine.forget()
            engine.models = load(dict(np.load(model, allow_pickle=False)))
            records = unseen(evaluation, chosen.folder, benchmark, part, parts)
            store = evaluation.Store(str(chosen.folder))
            found, _ = evaluation.evaluate(spread(records, chosen.most), store, engine, 10.0, progress=False)
            every += found
            _tell(evaluation, f"part {part}", found, share)
        _tell(evaluation, "all", every, share)


def unseen(
    evaluation: ModuleType, folder: Path, benchmark: str, part: int, parts: int
) -> list[dict[str, Any]]:
    """The questions on the databases of one part."""
    records: list[dict[str, Any]] = evaluation.read_questions([str(folder / FILES[benchmark][0])])
    by_part = parts_of(sorted({record["db"] for record in records}), parts)
    return [record for record in records if by_part[record["db"]] == part]


def spread(records: Sequence[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """At most so many, from all over."""
    return list(records[:: max(1, len(records) // most)][:most])


def precision(results: Results, share: float) -> float:
    """Of the surest answers to that share of all questions those that are right, in percent."""
    answerable = [result for result in results if result["rec"].get("sql") is not None]
    answered = sorted(
        (result["ans"] for result in answerable if result["ans"]["sql"]), key=lambda ans: -ans["confidence"]
    )
    surest = answered[: round(share * len(answerable))]
    return 100 * sum(ans["right"] for ans in surest) / max(len(surest), 1)


def _tell(evaluation: ModuleType, name: str, results: Results, share: float) -> None:
    told = evaluation.summarise(results)
    cells = f"{len(results):>10}{100 * told['ex']:>9.1f}{precision(results, share):>9.1f}"
    times = f"{told['latency_ms_p50']:>7.0f} ms{told['latency_ms_p95']:>7.0f} ms"
    sys.stdout.write(f"{name:<10}{cells}{times}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
