"""What was learned, and how it judges: trees over figures, weights over signs.

No library that would read such models is small, safe to load and free of system libraries, so these few
lines evaluate the arrays that training wrote.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

MODEL_FILE = "reader.npz"

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Forest:
    """Boosted trees side by side. A node below zero is leaf ``-node - 1``."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    leaf: Floats

    def chances(self, rows: Sequence[Sequence[float]]) -> Floats:
        """For each row of figures the chance that it is right."""
        if not len(rows):
            return np.zeros(0)
        feature, threshold, children, roots, value, depth = self._flat
        figures = np.asarray(rows, dtype=np.float64)
        flat = figures.ravel()
        line = np.repeat(np.arange(len(figures)) * figures.shape[1], len(roots))
        nodes = np.tile(roots, len(figures))
        for _ in range(depth):
            goes_left = flat.take(line + feature.take(nodes)) <= threshold.take(nodes)
            nodes = children.take(2 * nodes + goes_left)
        return _chance(value.take(nodes).reshape(len(figures), -1).sum(axis=1))

    @cached_property
    def _flat(self) -> tuple[Whole, Floats, Whole, Whole, Floats, int]:
        """Nodes and leaves in one line, so that all trees are walked at once; a leaf leads to itself."""
        inner, leaves = len(self.feature), len(self.leaf)

        def placed(nodes: NDArray[np.int32]) -> Whole:
            return np.where(nodes >= 0, nodes, inner - nodes - 1).astype(np.int64)

        ends = np.arange(inner, inner + leaves)
        left, right = np.append(placed(self.left), ends), np.append(placed(self.right), ends)
        depth, here = 0, np.unique(placed(self.roots))
        while (here := here[here < inner]).size:
            here = np.unique(np.append(left[here], right[here]))
            depth += 1
        return (
            np.append(self.feature.astype(np.int64), np.zeros(leaves, dtype=np.int64)),
            np.append(self.threshold, np.full(leaves, np.inf)),
            np.stack([right, left], axis=1).ravel(),
            placed(self.roots),
            np.append(np.zeros(inner), self.leaf),
            depth,
        )


@dataclass(frozen=True)
class Weights:
    """A linear model over signs: a row of weights for each sign, a column for each class."""

    classes: tuple[str, ...]
    places: Mapping[str, int]
    weights: NDArray[np.float16]
    intercept: Floats

    def scores(self, signs: Sequence[str]) -> Floats:
        known = [place for sign in signs if (place := self.places.get(sign)) is not None]
        return np.asarray(self.weights[known].astype(np.float64).sum(axis=0) + self.intercept)

    def chances(self, signs: Sequence[str]) -> Floats:
        """The chance of each class."""
        scores = self.scores(signs)
        if len(self.classes) == 2:
            chance = _chance(scores)[0]
            return np.array([1 - chance, chance])
        grown = np.exp(scores - scores.max())
        return np.asarray(grown / grown.sum())


@dataclass(frozen=True)
class Line:
    """A weight for each figure."""

    weights: Floats
    intercept: float

    def chance(self, row: Sequence[float]) -> float:
        return float(_chance(self.weights @ np.asarray(row, dtype=np.float64) + self.intercept))


@dataclass(frozen=True)
class Models:
    """Everything the reader learned."""

    conditions: Forest
    roles: Mapping[str, Forest]
    ranking: Forest
    confidence: Forest
    heads: Mapping[str, Weights]
    contexts: Mapping[str, Weights]
    associations: Mapping[tuple[str, str], float]
    surety: Line | None = None
    """Learned last, from what the others make of databases that they have never seen."""


def _chance(score: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-score)))


def save(models: Models) -> dict[str, Any]:
    """As arrays that hold no code."""
    arrays: dict[str, Any] = {}
    told: dict[str, Any] = {}
    forests = {
        "conditions": models.conditions,
        "ranking": models.ranking,
        "confidence": models.confidence,
    }
    forests |= {f"role {role}": forest for role, forest in models.roles.items()}
    for name, forest in forests.items():
        for part in ("roots", "feature", "threshold", "left", "right", "leaf"):
            arrays[f"{name}/{part}"] = getattr(forest, part)
    linear = {f"head {name}": each for name, each in models.heads.items()}
    linear |= {f"context {name}": each for name, each in models.contexts.items()}
    for name, each in linear.items():
        arrays[f"{name}/weights"] = each.weights
        arrays[f"{name}/intercept"] = each.intercept
        told[name] = {"classes": each.classes, "signs": list(each.places)}
    if models.surety is not None:
        arrays["surety/weights"] = models.surety.weights
        arrays["surety/intercept"] = np.asarray(models.surety.intercept)
    told["associations"] = [[a, b, round(lift, 3)] for (a, b), lift in models.associations.items()]
    arrays["told"] = np.frombuffer(json.dumps(told).encode(), dtype=np.uint8)
    return arrays


@cache
def shipped() -> Models:
    """The model in the package."""
    with (
        files(__package__).joinpath(MODEL_FILE).open("rb") as stream,
        np.load(stream, allow_pickle=False) as stored,
    ):
        return load(dict(stored))


def load(arrays: Mapping[str, Any]) -> Models:
    told = json.loads(arrays["told"].tobytes())

    def forest(name: str) -> Forest:
        parts = ("roots", "feature", "threshold", "left", "right", "leaf")
        return Forest(*[arrays[f"{name}/{part}"] for part in parts])

    def weights(name: str) -> Weights:
        places = {sign: place for place, sign in enumerate(told[name]["signs"])}
        return Weights(
            tuple(told[name]["classes"]), places, arrays[f"{name}/weights"], arrays[f"{name}/intercept"]
        )

    def named(kind: str) -> dict[str, Weights]:
        return {name.removeprefix(f"{kind} "): weights(name) for name in told if name.startswith(f"{kind} ")}

    roles = sorted({name.split("/")[0].removeprefix("role ") for name in arrays if name.startswith("role ")})
    return Models(
        conditions=forest("conditions"),
        roles={role: forest(f"role {role}") for role in roles},
        ranking=forest("ranking"),
        confidence=forest("confidence"),
        heads=named("head"),
        contexts=named("context"),
        associations={(a, b): lift for a, b, lift in told["associations"]},
        surety=Line(arrays["surety/weights"], float(arrays["surety/intercept"]))
        if "surety/weights" in arrays
        else None,
    )
