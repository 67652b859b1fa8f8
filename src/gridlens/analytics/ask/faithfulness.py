"""Words that change what is asked, which no answer may pass over: a “without”, an “average”, a “per”.

Whichever reader made a plan, the plan has to hold what such a word says; else the answer would be one to
another question.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gridlens.analytics.ask.anatomy import Anatomy
from gridlens.analytics.ask.check import conditions_of
from gridlens.analytics.ask.plan import OneOf, QueryPlan, aggregates
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, Lexicon
from gridlens.analytics.ask.understanding.outcome import Phrase
from gridlens.analytics.ask.understanding.quantities import weather_in
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.terms import meant_by
from gridlens.analytics.ask.understanding.vocabulary import is_function_word
from gridlens.analytics.ask.understanding.words import Word, pieces, stem
from gridlens.analytics.ask.units import Quantity, factor, spelled

_HOW = frozenset(("how", "wie"))
_COMPARED = ("lt", "le", "gt", "ge")
_UNITS = frozenset("kwh mwh gwh twh kw mw gw kwp eur euro euros usd cent cents celsius € $ £ %".split())
_COUNTS = ("count", "count_distinct")
_RATES = (Quantity.PRICE, Quantity.INTENSITY)
_NAMED = 0.5
_ENDS = {
    True: re.compile(
        r"\b(?:(?<!at )most(?! negative| of\b)|highest|largest|biggest|greatest|longest|heaviest|tallest|"
        r"dearest|hottest|warmest|hoechst\w*|groesst\w*|teuerst\w*|laengst\w*)\b"
    ),
    False: re.compile(
        r"\b(?:(?<!at )least|fewest|lowest|smallest|shortest|lightest|cheapest|coldest|most negative|"
        r"niedrigst\w*|kleinst\w*|guenstigst\w*|billigst\w*|kuerzest\w*)\b"
    ),
}
"""Words for the upper and for the lower end of an order, whatever it is of."""


@dataclass(slots=True)
class _Judge:
    words: list[Word]
    noted: dict[int, str]
    """The slots of the words that a reader says it understood."""
    plan: QueryPlan
    has: Anatomy
    lexicon: Lexicon
    holds_readings: bool

    def is_noted(self, first: int, last: int) -> bool:
        return any(place in self.noted for place in range(first, last))

    @property
    def entries(self) -> list[ColumnEntry]:
        return [self.lexicon.column(each) for each in self.has.columns if each.column != "*"]

    def is_name(self, place: int) -> bool:
        """Whether the word belongs to the name of something that the plan uses."""
        own = stem(self.words[place].plain)
        return any(
            own in entry.name.stems or own in entry.description.stems or own in entry.table.name.stems
            for entry in self.entries
        )

    # Each rule tells whether the plan holds what the words ``[first, last)`` say.

    def negation(self, first: int, last: int) -> bool:
        return self.is_noted(first, last) or self.has.negations > 0

    def mean(self, first: int, last: int) -> bool:
        has = self.has
        is_mean = bool(has.functions & {"mean", "median", "quantile"}) or "mean" in has.running
        return is_mean or has.is_ratio or self.is_name(first)

    def total(self, first: int, last: int) -> bool:
        if self.has.functions & {"sum", *_COUNTS} or self.has.is_ratio or self.is_name(first):
            return True
        return bool(self.has.functions) and self.is_noted(first, last)

    def median(self, first: int, last: int) -> bool:
        return bool(self.has.functions & {"median", "quantile"}) or self.is_name(first)

    def share(self, first: int, last: int) -> bool:
        is_percent = any(entry.quantity is Quantity.SHARE for entry in self.entries)
        return self.has.is_share or is_percent or self.is_name(first) or self._is_filter(first)

    def ratio(self, first: int, last: int) -> bool:
        return self.has.is_ratio or self.share(first, last)

    def difference(self, first: int, last: int) -> bool:
        has = self.has
        return has.is_difference or has.is_compared or self.is_noted(first, last) or self.is_name(first)

    def gap(self, first: int, last: int) -> bool:
        """“How much more” asks how far two lie apart, which their sum does not tell."""
        has = self.has
        return has.is_difference or has.is_compared or has.is_grouped or has.measures > 1

    def nested(self, first: int, last: int) -> bool:
        """“The average of the daily peak” is a figure of figures, which no plan holds."""
        return self.is_name(first) or self.is_name(last - 1)

    def running(self, first: int, last: int) -> bool:
        return bool(self.has.running) or self.is_name(first)

    def either(self, first: int, last: int) -> bool:
        """“Or” between conditions on different columns has to be in the plan as such."""
        beside = [self._filters_of(range(first - 1, -1, -1)), self._filters_of(range(last, len(self.words)))]
        is_apart = all(beside) and beside[0] != beside[1]
        return self.has.is_either or not is_apart or not self.holds_readings

    def _filters_of(self, places: range) -> str | None:
        return next(
            (self.noted[at] for at in places if self.noted.get(at, "").startswith(("filter", "range"))), None
        )

    def per(self, first: int, last: int) -> bool:
        has = self.has
        if not self.holds_readings or has.is_grouped or has.is_ratio or self.is_noted(first, last):
            return True
        if any("/" in unit for unit in has.units):
            return True
        return any("/" in (entry.unit or "") and self._says_unit(entry, last) for entry in self.entries)

    def each(self, first: int, last: int) -> bool:
        if self.plan.limit is not None and self.plan.limit_per is None and self.holds_readings:
            return False  # the first of each are not the first of all
        return bool(self.plan.columns) or self.per(first, last)

    def by(self, first: int, last: int) -> bool:
        if self.has.is_ordered or self.per(first, last):
            return True
        return any(self._is_filter(place) for place in self._content_after(last)[:2])

    def than(self, first: int, last: int) -> bool:
        has = self.has
        is_filter = any(self._is_filter(place) for place in range(first, last))
        if is_filter or has.is_bounded or has.is_compared or "comparison" in self._slots(first, last):
            return True
        return has.is_ordered and has.is_grouped

    def level(self, first: int, last: int) -> bool:
        return self.has.is_bounded or self._is_filter(first)

    def vague(self, first: int, last: int) -> bool:
        """“Where the wind was high” does not say how high; “how high was it” asks."""
        is_asked = any(word.plain in _HOW for word in self.words[:first])
        return is_asked or not self.holds_readings or self.is_noted(first, last) or self.is_name(first)

    def versus(self, first: int, last: int) -> bool:
        has = self.has
        if has.is_mixed:
            return False  # several things in one figure are no comparison of them
        return has.is_compared or has.is_grouped or has.is_ordered or has.measures > 1 or has.is_bounded

    def limit(self, first: int, last: int) -> bool:
        slots = self._slots(first, last)
        if slots & {"range", "comparison"} or any(slot.startswith(("filter", "having")) for slot in slots):
            return True
        numbers = [int(word.plain) for word in self.words[first:last] if word.plain.isdigit()]
        return not numbers or numbers[0] in self.has.limits

    def superlative(self, first: int, last: int) -> bool:
        """“The cheapest” picks from many; a plan that neither ranks nor takes an extreme gives all.

        “The price on the coldest day” is not the lowest price: the plan has to hold a temperature.
        """
        has, weather = self.has, weather_in(self.words[first].plain)
        if weather is not None and not any(entry.match(weather) >= _NAMED for entry in self.entries):
            return self._is_filter(first) or self.is_name(first)
        if self._is_upside_down():
            return False
        if has.is_ordered or has.limits or has.functions & {"max", "min", "quantile"}:
            return True
        if "comparison" in self._slots(first, last) or "range" in self._slots(first, last):
            return True
        return has.is_bounded or self._is_filter(first) or self.is_name(first)

    def _is_upside_down(self) -> bool:
        """Whether the plan takes the least where the words ask for the most, or the other way round."""
        has = self.has
        if has.is_descending is None or has.functions & {"max", "min"}:
            return False
        line = " ".join(word.plain for word in self.words)
        wanted = {is_most for is_most, pattern in _ENDS.items() if pattern.search(line)}
        return wanted == {not has.is_descending}

    def moment(self, first: int, last: int) -> bool:
        return bool(first) or any(entry.is_time for entry in self.entries) or not self.holds_readings

    def amount(self, first: int, last: int) -> bool:
        """“Cost” is money: neither a price, which is money per energy, nor anything that is not named so."""
        if not self.holds_readings or self.has.functions & set(_COUNTS):
            return True
        word = self.words[first]
        named = [entry for entry in self.entries if entry.match_own(word) >= _NAMED]
        is_rate = all(entry.quantity in _RATES for entry in named)
        is_mean = bool(self.has.functions - {"sum"})
        return bool(named) and (not is_rate or is_mean or self.has.is_ordered)

    def direction(self, first: int, last: int) -> bool:
        """“Exported” is held by a name, a value or a sign; what a column is described with holds both ways.

        “Negative when the area feeds in” tells of a column that it has exports, and not that it is them.
        """
        if not self.holds_readings or self.has.is_bounded or self._is_filter(first):
            return True
        said = meant_by(self.words[first].plain) & {"export", "import"}
        named = {flow for entry in self.entries for flow in entry.name.concepts | entry.table.name.concepts}
        if not said or said & (named | self._chosen_flows()):
            return True
        flowing = [each for each in self.entries if each.quantity in (Quantity.ENERGY, Quantity.POWER)]
        return not flowing or ("import" in said and not any(said & e.description.concepts for e in flowing))

    def _chosen_flows(self) -> set[str]:
        """The directions that the plan narrows or splits by."""
        plan, by_concept = self.plan, self.lexicon.values_by_concept
        split = [self.lexicon.column(dimension.column) for dimension in plan.dimensions]
        inner = [each for m in plan.measures for a in aggregates(m) for each in a.filters]
        kept = [each for each in (*conditions_of(plan.filters), *inner) if isinstance(each, OneOf)]
        values = [str(value) for each in kept if not each.negated for value in each.values]
        told = {flow for flow in by_concept if any(value.column in split for value in by_concept[flow])}
        return told | {flow for value in values for piece in pieces(value) for flow in meant_by(piece)}

    def unit(self, first: int, last: int) -> bool:
        said = spelled(self.words[first].plain)
        if not self.holds_readings or said is None or self.is_name(first):
            return True
        slot = self.noted.get(first, "")
        if slot and not slot.startswith("unit"):
            return True
        return any(_is_in(said, unit) for unit in (*self.has.units, *(e.unit or "" for e in self.entries)))

    def _slots(self, first: int, last: int) -> set[str]:
        return {self.noted.get(place, "") for place in range(first, last)}

    def _says_unit(self, entry: ColumnEntry, place: int) -> bool:
        following = self.words[place].plain if place < len(self.words) else ""
        return spelled(following) == (entry.unit or "").partition("/")[2]

    def _content_after(self, place: int) -> list[int]:
        rest = range(place, len(self.words))
        return [each for each in rest if not is_function_word(self.words[each].plain)]

    def _is_filter(self, place: int) -> bool:
        return self.noted.get(place, "").startswith(("filter", "having"))


def _is_in(said: str, unit: str) -> bool:
    return said == unit or said in unit.split("/") or (factor(unit, said) == 1 if unit else False)


_Rule = Callable[[_Judge, int, int], bool]


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], _Rule, str], ...]:
    most = (
        r"top|bottom|highest|lowest|largest|smallest|biggest|cheapest|dearest|hottest|coldest|warmest|"
        r"most expensive|hoechst\w*|niedrigst\w*|groesst\w*|kleinst\w*|teuerst\w*|guenstigst\w*|billigst\w*"
    )
    rules: tuple[tuple[str, _Rule, str], ...] = (
        (
            (
                r"no|not|none|never|neither|nor|without|except|excluding|excludes?|excluded|excl|outside|"
                r"(?:other|rather) than|apart from|(?:all|every|any) (?:\w+ )?but|all[er]* (?:\w+ )?bis auf|"
                r"(?:do|does|did|is|are|was|were|has|have|had)n t|"
                r"nicht|kein|keine[nrms]?|ohne|nie|niemals|ausser|ausgenommen|ausserhalb"
            ),
            _Judge.negation,
            "left out",
        ),
        (
            r"average|avg|averaged|mean|durchschnitt\w*|mittlere\w*|mittelwert|im mittel",
            _Judge.mean,
            "average",
        ),
        (r"median|zentralwert|percentile|perzentil|quantil", _Judge.median, "median"),
        (r"totals?|sum|gesamt\w*|summe|insgesamt", _Judge.total, "total"),
        (r"shares?|percentage|proportion|fraction|anteil\w*|prozentsatz", _Judge.share, "as a share"),
        (r"ratio|verhaeltnis|divided by|geteilt durch|load factors?", _Judge.ratio, "as a ratio"),
        (r"minus|difference|differenz|unterschied", _Judge.difference, "one less the other"),
        (
            r"cumulative(?:ly)?|cumulated|accumulated|running|rolling|moving|kumuliert\w*|gleitend\w*",
            _Judge.running,
            "running on",
        ),
        (r"or|oder", _Judge.either, "either"),
        (
            r"how much (?:more|less|higher|lower|larger|smaller|cheaper|dearer|warmer|colder)",
            _Judge.gap,
            "how far apart",
        ),
        (
            (
                r"(?:average|mean|median|sum|total) (?:of )?(?:the )?(?:hourly|daily|weekly|monthly|yearly) "
                r"(?:peaks?|maxim\w+|max|minim\w+|min|highest|lowest)"
            ),
            _Judge.nested,
            "a figure of figures",
        ),
        (r"per|pro|je", _Judge.per, "for each"),
        (r"each|every|jede[nrsm]?", _Judge.each, "for each"),
        (r"by|nach", _Judge.by, "split or ranked by"),
        (
            (
                r"(?:more|less|fewer|greater|higher|lower|larger|smaller|bigger|longer|shorter|cheaper|warmer|"
                r"colder|hotter|older|newer) (?:\w+ )?than|(?:mehr|weniger|hoeher|niedriger|groesser|kleiner|"
                r"teurer|guenstiger|billiger|waermer|kaelter) (?:\w+ )?als"
            ),
            _Judge.than,
            "compared",
        ),
        (
            (
                r"(?:(?<=\bis )|(?<=\bare )|(?<=\bwas )|(?<=\bwere ))(?:high|low|large|small)(?! as\b)|"
                r"(?:hoch|niedrig|gross|klein) (?:ist|war|sind|waren)"
            ),
            _Judge.vague,
            "so much",
        ),
        (r"above|below|exceed\w*|oberhalb|unterhalb", _Judge.level, "compared"),
        (r"versus|vs|compared?|against|verglichen|vergleich|gegenueber", _Judge.versus, "compared"),
        (r"when|wann", _Judge.moment, "the time"),
        (
            r"export(?:s|ed|ing)?|import(?:s|ed|ing)?|fed|feeds?|einspeis\w*|eingespeist\w*|rueckspeis\w*",
            _Judge.direction,
            "the direction",
        ),
        (
            (
                rf"{most}|dearest|longest|shortest|oldest|youngest|earliest|heaviest|lightest|tallest|fastest|"
                r"slowest|fewest|(?<!at )(?:most|least)(?! of\b| recent)|aeltest\w*|laengst\w*|kuerzest\w*"
            ),
            _Judge.superlative,
            "the first of all",
        ),
        (rf"(?:{most}|first) \d{{1,4}}|\d{{1,4}} (?:{most})", _Judge.limit, "so many"),
        (
            r"costs?|spend|spent|spending|bills?|expenses?|emissions?|footprint|kosten|ausgaben|emissionen",
            _Judge.amount,
            "an amount",
        ),
    )
    return tuple((re.compile(rf"\b(?:{words})(?!\w)"), rule, meaning) for words, rule, meaning in rules)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words that the plan does not hold, and what those mean that it holds, by where they begin."""

    missed: list[Word]
    held: dict[int, str]


def weighed(
    question: str, plan: QueryPlan, phrases: Sequence[Phrase], lexicon: Lexicon, *, holds_readings: bool
) -> Weighed:
    """Each word of a question that changes what is asked, held against the plan.

    ``phrases`` are what a reader says that it understood. Words about units, amounts and groups are judged
    only where the source ``holds_readings``, as elsewhere they are often parts of names.
    """
    words = Question.of(question).words
    understood = [phrase for phrase in phrases if phrase.state in ("matched", "assumed") and phrase.text]
    noted = {
        place: phrase.slot or "name"
        for place, word in enumerate(words)
        for phrase in understood
        if phrase.start <= word.start < phrase.end
    }
    judge = _Judge(words, noted, plan, Anatomy.of(plan), lexicon, holds_readings)
    line, starts, ends = "", {}, {}
    for place, word in enumerate(words):
        starts[len(line)] = place
        line += word.plain
        ends[len(line)] = place + 1
        line += " "
    missed: set[int] = set()
    held: dict[int, str] = {}
    for pattern, rule, meaning in _rules():
        for match in pattern.finditer(line):
            first, last = starts.get(match.start()), ends.get(match.end())
            if first is None or last is None or any(words[at].is_quoted for at in range(first, last)):
                continue
            if rule(judge, first, last):
                held.update((words[place].start, meaning) for place in range(first, last))
            else:
                missed.update(range(first, last))
    missed |= {
        place
        for place, word in enumerate(words)
        if word.plain in _UNITS and not word.is_quoted and not judge.unit(place, place + 1)
    }
    return Weighed([words[place] for place in sorted(missed)], held)
