"""Models from examples. Deterministic: one thread, fixed seeds, examples in a fixed order."""

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import lightgbm
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gridlens.analytics.ask.parsing import confidence, judging, reader, roles
from gridlens.analytics.ask.parsing.assembly import Assembler, Scored
from gridlens.analytics.ask.parsing.models import Forest, Models, Weights
from gridlens.analytics.ask.parsing.roles import ROLES
from gridlens.analytics.ask.parsing.training.examples import Example

SEED = 1
TREES = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.08, "min_data_in_leaf": 20, "verbose": -1,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "seed": SEED, "feature_fraction": 0.8,
    "bagging_fraction": 0.8, "bagging_freq": 1,
}  # fmt: skip
RANKING_TREES = TREES | {
    "learning_rate": 0.06,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
}
CONFIDENCE_TREES = TREES | {
    "learning_rate": 0.04,
    "num_leaves": 12,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "lambda_l2": 5.0,
}
MOST_SURE = 2
"""Of the drafts of a question these teach what sureness looks like: the first, and one it could yield to."""
PARTS = 3
LEAST_SEEN = 3
LEAST_TOGETHER = 4
LEAST_LIFT = 0.4
_NONE, _WHOLE = np.zeros(0), np.zeros(0, dtype=np.int32)
NOTHING = Forest(_WHOLE, np.zeros(0, dtype=np.int16), _NONE, _WHOLE, _WHOLE, _NONE)

Runs = Callable[[Example, Sequence[Scored]], list[bool | None]]
"""Whether each draft returns the gold rows; None where it cannot be run."""


def fit(examples: Sequence[Example], runs: Runs, say: Callable[[str], None]) -> Models:
    """All models; those that judge by the output of others see it as it is on databases not trained on."""
    parts = _parts(examples)
    classes = {head: sorted({e.heads[head] for e in examples}) for head in ("sel", "tail", "nest")}
    figures: dict[str, list[list[float]]] = {}
    without: list[Models] = []
    for part in range(PARTS):
        without.append(_first([e for e in examples if parts[e.database] != part], classes))
        for each in examples:
            if parts[each.database] == part:
                figures[each.id] = _role_features(each, without[part])
        say(f"first models, part {part + 1} of {PARTS}")
    seen: dict[str, tuple[reader.Judged, list[Scored]]] = {}
    ranking_rows: dict[str, list[list[float]]] = {}
    rights: dict[str, list[bool | None]] = {}
    for part in range(PARTS):
        within = [e for e in examples if parts[e.database] != part]
        models = _with_roles(without[part], within, figures)
        for each in examples:
            if parts[each.database] == part:
                judged = reader.judge(each.evidence, models)
                drafts = Assembler(judged.evidence, judged.candidates, judged.chances).drafts()
                ranking_rows[each.id] = judging.features(
                    judged.evidence, judged.candidates, judged.chances, drafts
                )
                rights[each.id] = runs(each, drafts)
                seen[each.id] = judged, drafts
        say(f"drafts, part {part + 1} of {PARTS}")
    models = _with_roles(_first(examples, classes), examples, figures)

    def ranking_of(kept: Sequence[Example]) -> Forest:
        rows, right, weights = [], [], []
        for each in kept:
            for row, is_right in zip(ranking_rows[each.id], rights[each.id], strict=True):
                if is_right is not None:
                    rows.append(row)
                    right.append(is_right)
                    weights.append(each.weight)
        return _forest(rows, right, weights, RANKING_TREES, 250)

    rows, right, weights = [], [], []
    for part in range(PARTS):
        ranking = ranking_of([e for e in examples if parts[e.database] != part])
        for each in examples:
            if parts[each.database] == part:
                for row, is_right in _sure(*seen[each.id], rights[each.id], ranking):
                    rows.append(row)
                    right.append(is_right)
                    weights.append(each.weight)
    say(f"confidence from {len(rows)} drafts, of which {sum(right)} are right")
    return replace(
        models,
        ranking=ranking_of(examples),
        confidence=_forest(rows, right, weights, CONFIDENCE_TREES, 160),
    )


def _sure(
    judged: reader.Judged, drafts: Sequence[Scored], rights: Sequence[bool | None], ranking: Forest
) -> list[tuple[list[float], bool]]:
    """Figures of the likeliest drafts that can be run, with whether they are right."""
    by_draft = {scored.draft: right for scored, right in zip(drafts, rights, strict=True)}
    order = reader.ranked(judged, drafts, ranking)
    found = []
    for place, each in enumerate(order):
        is_right = by_draft[each.draft]
        if is_right is not None:
            row = confidence.features(judged.evidence, judged.candidates, order, place)
            found.append((row, is_right))
        if len(found) == MOST_SURE:
            break
    return found


def _parts(examples: Sequence[Example]) -> dict[str, int]:
    databases = sorted({each.database for each in examples})
    random.Random(SEED).shuffle(databases)  # noqa: S311 -- parts, not secrets
    return {database: place % PARTS for place, database in enumerate(databases)}


def _first(examples: Sequence[Example], classes: dict[str, list[str]]) -> Models:
    rows = [row for e in examples for row in e.figures]
    right = [is_right for e in examples for is_right in e.right]
    weights = [e.weight for e in examples for _ in e.figures]
    heads = {
        head: _weights(
            [e.signs for e in examples],
            [e.heads[head] for e in examples],
            [e.weight for e in examples],
            classes[head],
        )
        for head in classes
    }
    contexts = {}
    for role in ROLES:
        signs, labels, own = [], [], []
        for each in examples:
            if role != "select" and len(each.evidence.schema.tables) == 1:
                continue
            for column, mentions in enumerate(each.evidence.columns):
                if mentions and mentions[0].strength >= reader.MENTIONED:
                    signs.append(roles.context(each.evidence, mentions[0]))
                    labels.append("yes" if column in each.roles[role] else "no")
                    own.append(each.weight)
        contexts[role] = _weights(signs, labels, own, ["no", "yes"], strength=0.3)
    return Models(
        conditions=_forest(rows, right, weights, TREES, 150),
        roles={},
        ranking=NOTHING,
        confidence=NOTHING,
        heads=heads,
        contexts=contexts,
        associations=_associations(examples),
    )


def _role_features(each: Example, models: Models) -> list[list[float]]:
    likely = models.conditions.chances(each.figures).tolist()
    return reader.role_features(each.evidence, each.candidates, likely, models)


def _with_roles(models: Models, examples: Sequence[Example], figures: dict[str, list[list[float]]]) -> Models:
    fitted = {}
    for role in ROLES:
        kept = [e for e in examples if role == "select" or len(e.evidence.schema.tables) > 1]
        rows = [row for e in kept for row in figures[e.id]]
        right = [column in e.roles[role] for e in kept for column in range(len(figures[e.id]))]
        weights = [e.weight for e in kept for _ in figures[e.id]]
        fitted[role] = _forest(rows, right, weights, TREES, 200)
    return replace(models, roles=fitted)


def _associations(examples: Sequence[Example]) -> dict[tuple[str, str], float]:
    """How words of questions and of the columns they ask for go together, beyond chance."""
    together: Counter[tuple[str, str]] = Counter()
    asked: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for each in examples:
        words = roles.question_words(each.evidence)
        stems = {
            stem
            for column in each.roles["select"]
            for stem in each.evidence.schema.columns[column].words.stems
        }
        asked.update(words)
        named.update(stems)
        together.update((word, stem) for word in words for stem in stems)
    lifts = {}
    for (word, stem), count in sorted(together.items()):
        if count >= LEAST_TOGETHER and word != stem:
            lift = math.log(count * len(examples) / (asked[word] * named[stem])) * count / (count + 5)
            if lift > LEAST_LIFT:
                lifts[word, stem] = lift
    return lifts


def _weights(
    signs: Sequence[Sequence[str]],
    labels: Sequence[str],
    weights: Sequence[float],
    classes: list[str],
    strength: float = 1.0,
) -> Weights:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(each, 1.0) for each in signs])
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= LEAST_SEEN
    model = LogisticRegression(C=strength, max_iter=150)
    model.fit(matrix[:, often], labels, sample_weight=weights)
    names = [name for name, is_kept in zip(vectorizer.get_feature_names_out(), often, strict=True) if is_kept]
    found = [str(each) for each in model.classes_]
    if len(classes) == 2:
        own, intercept = model.coef_.T, model.intercept_
    else:
        # A class that these examples do not show cannot be chosen.
        own = np.zeros((len(names), len(classes)))
        intercept = np.full(len(classes), -30.0)
        for place, each in enumerate(found):
            own[:, classes.index(each)] = model.coef_[place]
            intercept[classes.index(each)] = model.intercept_[place]
    places = {name: place for place, name in enumerate(names)}
    return Weights(tuple(classes), places, own.astype(np.float16), np.asarray(intercept, dtype=np.float64))


def _forest(
    rows: Sequence[Sequence[float]],
    right: Sequence[bool],
    weights: Sequence[float],
    settings: dict[str, Any],
    trees: int,
) -> Forest:
    data = lightgbm.Dataset(
        np.asarray(rows, dtype=np.float64), np.asarray(right, dtype=np.float64), weight=np.asarray(weights)
    )
    booster = lightgbm.train(settings, data, num_boost_round=trees)
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right_: list[int] = []
    leaf: list[float] = []

    def grow(node: dict[str, Any]) -> int:
        if "leaf_value" in node and "split_feature" not in node:
            leaf.append(node["leaf_value"])
            return -len(leaf)
        place = len(feature)
        feature.append(node["split_feature"])
        threshold.append(node["threshold"])
        left.append(0)
        right_.append(0)
        left[place] = grow(node["left_child"])
        right_[place] = grow(node["right_child"])
        return place

    roots = [grow(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    return Forest(
        np.asarray(roots, dtype=np.int32),
        np.asarray(feature, dtype=np.int16),
        np.asarray(threshold, dtype=np.float64),
        np.asarray(left, dtype=np.int32),
        np.asarray(right_, dtype=np.int32),
        np.asarray(leaf, dtype=np.float64),
    )
