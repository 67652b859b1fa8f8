"""From a question about any schema to plans, the likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.parsing import conditions, confidence, judging, roles, shapes
from gridlens.analytics.ask.parsing.assembly import Assembler, Scored
from gridlens.analytics.ask.parsing.choices import Chances
from gridlens.analytics.ask.parsing.conditions import Candidate
from gridlens.analytics.ask.parsing.confidence import Ranked
from gridlens.analytics.ask.parsing.diligence import diligence
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.evidence import Evidence, Known
from gridlens.analytics.ask.parsing.models import Forest, Models
from gridlens.analytics.ask.parsing.planning import plan_of
from gridlens.analytics.ask.plan import QueryPlan

MOST_PLANS = 8
MENTIONED = 0.4
UNSAID = -5.0


@dataclass(frozen=True)
class Reading:
    """A plan with the chance that it is what was meant; ``figures`` tell how it stands among the others."""

    plan: QueryPlan
    draft: Draft
    chance: float
    figures: tuple[float, ...] = ()


@dataclass(frozen=True)
class Judged:
    """A question with everything the first models say of it."""

    evidence: Evidence
    candidates: list[Candidate]
    chances: Chances


def judge(evidence: Evidence, models: Models) -> Judged:
    found = conditions.candidates(evidence)
    likely = models.conditions.chances(conditions.features(evidence, found)).tolist()
    rows = role_features(evidence, found, likely, models)
    by_role = {role: models.roles[role].chances(rows).tolist() for role in roles.ROLES}
    heads = head_chances(evidence, models)
    chances = Chances(
        sel=heads["sel"],
        tail=heads["tail"],
        nest=heads["nest"],
        select=by_role["select"],
        group=by_role["group"],
        order=by_role["order"],
        conditions=likely,
    )
    return Judged(evidence, found, chances)


def head_chances(evidence: Evidence, models: Models) -> dict[str, dict[str, float]]:
    signs = shapes.signs(evidence)
    return {
        name: dict(zip(head.classes, head.chances(signs).tolist(), strict=True))
        for name, head in models.heads.items()
    }


def role_features(
    evidence: Evidence, found: Sequence[Candidate], likely: Sequence[float], models: Models
) -> list[list[float]]:
    columns = evidence.schema.columns
    chances = [0.0] * len(columns)
    for each, chance in zip(found, likely, strict=True):
        if each.column >= 0:
            chances[each.column] = max(chances[each.column], chance)
    said = {role: [UNSAID] * len(columns) for role in roles.ROLES}
    for column, mentions in enumerate(evidence.columns):
        if mentions and mentions[0].strength >= MENTIONED:
            signs = roles.context(evidence, mentions[0])
            for role in roles.ROLES:
                said[role][column] = float(models.contexts[role].scores(signs)[0])
    shape = [chance for head in head_chances(evidence, models).values() for chance in head.values()]
    return roles.features(evidence, chances, roles.association(evidence, models.associations), shape, said)


def ranked(judged: Judged, drafts: Sequence[Scored], ranking: Forest) -> list[Ranked]:
    """The drafts, the likeliest first."""
    rows = judging.features(judged.evidence, judged.candidates, judged.chances, drafts)
    found = []
    for scored, row, chance in zip(drafts, rows, ranking.chances(rows).tolist(), strict=True):
        worth = diligence(judged.evidence, scored.draft, judged.candidates)
        found.append(Ranked(scored.draft, row, chance * worth, worth))
    return sorted(found, key=lambda each: -each.chance)


def read(question: str, known: Known, models: Models) -> list[Reading]:
    """The likeliest plans, each once; none where nothing fits."""
    evidence = Evidence(question, known)
    if not evidence.values and max(evidence.name_at, default=0.0) < MENTIONED:
        return []  # nothing of this source is named at all
    judged = judge(evidence, models)
    drafts = Assembler(judged.evidence, judged.candidates, judged.chances).drafts()
    order = ranked(judged, drafts, models.ranking)
    plans: dict[QueryPlan, int] = {}
    for place, each in enumerate(order):
        try:
            plans.setdefault(plan_of(each.draft, known.schema), place)
        except PlanRefused:
            continue
        if len(plans) == MOST_PLANS:
            break
    beside = [confidence.beside_others(evidence, judged.candidates, order, place) for place in plans.values()]
    rows = [[*own, *order[place].row] for own, place in zip(beside, plans.values(), strict=True)]
    chances = models.confidence.chances(rows).tolist()
    return [
        Reading(plan, order[place].draft, chance, tuple(own))
        for (plan, place), own, chance in zip(plans.items(), beside, chances, strict=True)
    ]
