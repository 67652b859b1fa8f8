"""Terms of utilities that English writes in two words and German in one: voltage level, Spannungsebene.

They are for finding what a source calls so. What the learned reader knows of words stays as it was learned.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from gridlens.analytics.ask.understanding.vocabulary import concepts_of

# A star stands for any ending, a hyphen for the space between two words.
_TERMS = {
    "voltage level": "voltage-level* grid-level* spannungsebene* netzebene*",
    "grid fee": (
        "grid-fee* network-fee* network-charge* network-tariff* netzentgelt* netznutzungsentgelt* "
        "netzgebuehr*"
    ),
    "standing charge": "standing-charge* base-charge* grundpreis* grundgebuehr*",
    "consumption point": (
        "consumption-point* offtake-point* supply-point* verbrauchsstelle* abnahmestelle* entnahmestelle*"
    ),
    "metering point": "metering-point* meter-point* zaehlpunkt* messlokation*",
    "market location": "market-location* marktlokation*",
    "balancing group": "balancing-group* bilanzkreis*",
    "grid operator": "grid-operator* network-operator* netzbetreiber*",
    "grid area": "grid-area* network-area* netzgebiet*",
    "postcode": "post-code* postal-code* zip-code* postcode* plz postleitzahl*",
}
CHARGES = frozenset({"grid fee", "standing charge"})
"""Terms for money that is charged, by whose name a table tells what its prices are."""
_WIDER = {"consumption point": {"site"}, "metering point": {"meter"}}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(word.replace("*", r"\w*").replace("-", " ") for word in words.split()))


_PATTERNS = {term: _pattern(words) for term, words in _TERMS.items()}


@lru_cache(maxsize=20_000)
def meant_by(plain: str) -> frozenset[str]:
    """What a folded word may stand for: its term, as a “Verbrauchsstelle” is no consumption, or concepts."""
    term = term_of(plain)
    return concepts_of(plain) if term is None else frozenset({term, *_WIDER.get(term, ())})


@lru_cache(maxsize=20_000)
def term_of(plain: str) -> str | None:
    """The term that a folded word, or two with a space between them, stand for."""
    return next((term for term, pattern in _PATTERNS.items() if pattern.fullmatch(plain)), None)


def terms_in(words: Iterable[str]) -> frozenset[str]:
    """The terms that words side by side make."""
    return frozenset(term for pair in pairwise(words) if (term := term_of(" ".join(pair))) is not None)
