"""How sure the likeliest drafts of a question are, by what speaks for each and by what else it could mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridlens.analytics.ask.parsing.conditions import Candidate
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.judging import covered
from gridlens.analytics.ask.parsing.mentions import STOPWORDS

SAID = 0.4


@dataclass(frozen=True)
class Ranked:
    """A draft with its figures; ``chance`` is that of its rank, of which ``diligence`` took its share."""

    draft: Draft
    row: Sequence[float]
    chance: float
    diligence: float


def features(
    evidence: Evidence, candidates: Sequence[Candidate], ranked: Sequence[Ranked], place: int
) -> list[float]:
    """Figures of the draft at ``place`` of a question's drafts, the likeliest of which come first."""
    return [*beside_others(evidence, candidates, ranked, place), *ranked[place].row]


def beside_others(
    evidence: Evidence, candidates: Sequence[Candidate], ranked: Sequence[Ranked], place: int
) -> list[float]:
    """How the draft stands among the others, and how much of the question it leaves over."""
    own = ranked[place]
    others = [each.chance for at, each in enumerate(ranked) if at != place]
    total = own.chance + sum(others)
    cover = covered(evidence, own.draft, candidates)
    left = [
        token for at, token in enumerate(evidence.tokens) if cover[at] < SAID and token.plain not in STOPWORDS
    ]
    proper = [token for token in left if (token.is_capital and token.start) or token.is_quoted]

    def agreed(part: str) -> float:
        """The share of all chances that goes to drafts alike in a part."""
        mine = getattr(own.draft, part)
        return sum(each.chance for each in ranked if getattr(each.draft, part) == mine) / max(total, 1e-9)

    return [
        own.chance,
        own.diligence,
        max(others, default=0.0),
        own.chance - max(others, default=0.0),
        own.chance / max(total, 1e-9),
        float(sum(chance > 0.5 * own.chance for chance in others)),
        float(sum(chance > 0.8 * own.chance for chance in others)),
        *[
            agreed(part)
            for part in ("select", "where", "group", "order", "tables", "combined", "is_distinct")
        ],
        float(len(left)),
        float(len(proper)),
        float(sum(token.number is not None for token in left)),
        len(left) / max(len(evidence.tokens), 1),
        float(place),
    ]
