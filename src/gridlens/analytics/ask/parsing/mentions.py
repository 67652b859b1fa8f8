"""Where a question names columns, tables and values."""

from dataclasses import dataclass
from functools import lru_cache

from gridlens.analytics.ask.parsing.schema import Schema, Words
from gridlens.analytics.ask.parsing.tokens import Token
from gridlens.analytics.ask.parsing.values import ValueIndex
from gridlens.analytics.ask.understanding.vocabulary import concepts_of

LINKING = frozenset("of the a an in 's for and".split())
STOPWORDS = frozenset(
    """a an the of in on at to for from by with and or is are was were be been do does did has have had that
    which what who whom whose where when how many much all each every any some there their its his her it they
    this these those than then as not no find list show give me return tell please can you i we us
    out""".split()
)
LONGEST_VALUE = 14
# What people compare with these words, by the names it has in schemas, the likeliest first.
MEASURED_BY = {
    word: tuple(names.split())
    for words, names in (
        ("old older oldest young younger youngest", "age birthday birthdate born birth founded opened"),
        ("expensive cheap cheaper cheapest costly cost costs", "price cost fee amount charge fare"),
        ("large larger largest big bigger biggest", "size area population capacity floor"),
        ("small smaller smallest", "size area population capacity floor"),
        ("populous populated people inhabitants residents citizens", "population"),
        ("dense denser densest", "density"),
        ("heavy heavier heaviest light lighter lightest", "weight mass"),
        ("tall taller tallest high higher highest low lower lowest", "height elevation altitude"),
        ("short shorter shortest", "length height duration distance"),
        ("long longer longest", "length duration distance"),
        ("deep deeper deepest shallow shallowest", "depth"),
        ("wide wider widest narrow narrowest", "width"),
        ("fast faster fastest slow slower slowest", "speed time"),
        ("recent recently latest newest earliest early late first last when", "date year time day month"),
        ("rich richer richest earn earns earned earning paid", "salary income revenue wage earnings"),
        ("far farther farthest near nearest close closest", "distance"),
        ("where located live lives living", "location city address place country state"),
        ("hot hotter hottest warm warmest cold colder coldest", "temperature"),
        ("called named", "name title"),
        ("good better best bad worse worst", "score rating rank grade points"),
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens ``[first, last)``; ``cover`` is the weight of the name that they say, ``sure`` how literally."""

    first: int
    last: int
    cover: float
    sure: float

    @property
    def strength(self) -> float:
        return self.cover * self.sure


@dataclass(frozen=True, slots=True)
class ValueMention:
    first: int
    last: int
    column: int
    value: str | int | float


@lru_cache(maxsize=200_000)
def likeness(plain: str, stem: str, name_plain: str, name_stem: str) -> float:
    """How much a word of a question is like a word of a name."""
    if plain == name_plain:
        return 1.0
    if stem == name_stem:
        return 0.95
    if plain in STOPWORDS:
        return 0.0
    if len(name_stem) >= 3 and len(stem) >= 3:
        short, long = sorted((stem, name_stem), key=len)
        if long.startswith(short) and (len(short) >= 4 or len(short) / len(long) > 0.5):
            return 0.75
    if concepts_of(plain) & concepts_of(name_plain):
        return 0.6
    if name_plain in MEASURED_BY.get(plain, ()):
        return 0.7
    if _skeleton(plain) == name_plain and len(name_plain) >= 3:
        return 0.6
    return 0.0


@lru_cache(maxsize=50_000)
def _skeleton(word: str) -> str:
    """The consonants: how names are abbreviated."""
    return word[:1] + "".join(letter for letter in word[1:] if letter not in "aeiou")


class NameFinder:
    """Finds the names of one schema in questions."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        names = [t.words for t in schema.tables] + [c.words for c in schema.columns]
        counts: dict[str, int] = {}
        for words in names:
            for word in set(words.stems):
                counts[word] = counts.get(word, 0) + 1
        self._weights: dict[str, float] = {
            word: float(1.0 / (1.0 + 0.3 * (count - 1)) ** 0.5) for word, count in counts.items()
        }

    def weight(self, stem: str) -> float:
        return self._weights.get(stem, 1.0)

    def mentions(self, tokens: list[Token], words: Words, own_table: Words | None) -> list[Mention]:
        """The places that say the name, best first."""
        total = 0.0
        weights = []
        for stem in words.stems:
            weight = self.weight(stem)
            # “Student id” in a table of students is said by “id” alone.
            if own_table is not None and stem in own_table.stems and len(words.stems) > 1:
                weight *= 0.4
            weights.append(weight)
            total += weight
        hits: list[list[tuple[int, float]]] = []
        for token in tokens:
            row = []
            for place, (plain, stem) in enumerate(zip(words.plain, words.stems, strict=True)):
                like = likeness(token.plain, token.stem, plain, stem)
                if like:
                    row.append((place, like))
            hits.append(row)
        found = []
        for first, row in enumerate(hits):
            if not row or (tokens[first].plain in LINKING and len(words.stems) > 1):
                continue
            covered: dict[int, float] = {}
            last = first
            for here in range(first, min(first + len(words.stems) + 3, len(tokens))):
                fresh = [(place, like) for place, like in hits[here] if like > covered.get(place, 0.0)]
                if fresh:
                    place, like = max(fresh, key=lambda each: (each[0] not in covered, each[1]))
                    covered[place] = like
                    last = here + 1
                elif tokens[here].plain not in LINKING:
                    break
            weight = sum(weights[place] for place in covered)
            sure = sum(weights[place] * like for place, like in covered.items()) / max(weight, 1e-9)
            found.append(Mention(first, last, weight / total, sure))
        return sorted(found, key=lambda each: (-each.strength, each.first))


def value_mentions(tokens: list[Token], index: ValueIndex) -> list[ValueMention]:
    """Every span of tokens that is a value of some column."""
    spans: dict[tuple[int, int], str] = {}
    for first in range(len(tokens)):
        key = ""
        for last in range(first + 1, min(first + LONGEST_VALUE, len(tokens)) + 1):
            token = tokens[last - 1]
            part = token.plain.replace(",", "")
            key = f"{key} {part}" if key else part
            if last - first == 1 and token.plain in STOPWORDS and not token.is_quoted:
                continue
            spans[first, last] = key
    known = index.find(list(spans.values()))
    return [
        ValueMention(first, last, column, value)
        for (first, last), key in spans.items()
        for column, value in known.get(key, ())
    ]
