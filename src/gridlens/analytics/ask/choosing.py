"""Two readers look at a question, and the one that explains it better is believed.

The grammar (``understanding``) knows energy, units and calendars word by word. The reader (``parsing``) has
learned from many questions on many databases how people ask for columns, conditions, groups and orders. What
neither explains is refused, with the word that nothing here stands for.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from gridlens.analytics.ask.bounds import moves_a_bound
from gridlens.analytics.ask.faithfulness import Weighed, weighed
from gridlens.analytics.ask.flows import split_by_flow
from gridlens.analytics.ask.plan import Aggregate, QueryPlan, aggregates
from gridlens.analytics.ask.relations import relations_of
from gridlens.analytics.ask.sentences.sentence import say
from gridlens.analytics.ask.sentences.wording import joined
from gridlens.analytics.ask.strangers import without_strangers
from gridlens.analytics.ask.trials import Tried, Tries, surety_of, tried_in_turn
from gridlens.analytics.ask.understanding.lexicon import lexicon_of
from gridlens.analytics.ask.understanding.outcome import Phrase, Reading, Understanding
from gridlens.analytics.ask.understanding.words import Word
from gridlens.analytics.ask.units import column_unit
from gridlens.shared.catalog import Catalog
from gridlens.shared.data_sources import SourceDescription

if TYPE_CHECKING:
    from gridlens.analytics.ask.parsing.evidence import Evidence, Known
    from gridlens.analytics.ask.parsing.models import Models
    from gridlens.analytics.ask.parsing.reader import Reading as Parsed
    from gridlens.analytics.ask.parsing.values import ValueIndex

SEVERAL_THINGS = "This could mean several things. Choose one of the readings, or say more."
MOST_READINGS = 3
SURE = 0.8
ANSWERED, ANSWERED_OF_READINGS = 0.12, 0.5
"""Below this chance of being right nothing is answered, the readings are offered; sooner where the grammar
knows the subject, as what it cannot place there is hardly ever meant by a word of the schema."""
CERTAIN = 0.95
UNSURE, UNSURE_OF_READINGS = 0.3, 0.6
"""Below this chance of the reader's best the grammar is believed; sooner where it knows the subject."""
ALONE = 0.4
"""How often it was, where the reader said something else."""
WORTH_TELLING = 0.6
"""Below this the grammar guessed so much that its plan stands behind any other."""
SECOND = 0.25
MISSED, MISSED_OF_READINGS = 0.5, 0.25
"""What is left of a chance when a thing that is asked for names nothing here: a phone number, an employee."""

_ASKS_WHICH = re.compile(r"\s*(?:which|who|welche[rsmn]?|wer)\b", re.IGNORECASE)
_ASKS_WHICH_TIME = re.compile(
    r"\s*(?:which|welche[rsmn]?) (?:hour|day|weekday|week|month|quarter|year|stunde|tag|wochentag|woche|"
    r"monat|quartal|jahr)\b",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(r"\s*(?:when|wann)\b", re.IGNORECASE)
_WHEN = ("range", "hours", "weekdays", "months", "grain")
_ASKS_FOR_GROSS = re.compile(
    r"\b(?:traded|turnover|gross|both directions|gehandelt\w*|umsatz)\b", re.IGNORECASE
)
_BEFORE_THINGS = frozenset("which what the many our show list all".split())


def by_grammar(
    question: str, description: SourceDescription, today: date, zone: str, previous: QueryPlan | None = None
) -> Understanding:
    """What the grammar reads. Its hundreds of patterns are made for the first question and not at start."""
    from gridlens.analytics.ask.understanding.understand import understand as read

    return read(question, description, today, zone, previous)


def understand(
    question: str,
    description: SourceDescription,
    today: date,
    zone: str,
    previous: QueryPlan | None = None,
    *,
    values: "ValueIndex | None" = None,
    tries: Tries | None = None,
    models: "Models | None" = None,
) -> Understanding:
    """The plan a question means, how sure that is, and what its words became.

    ``values`` is the index of the source, without which only the grammar reads; ``tries`` runs a plan.
    """
    found = _chosen(question, description, today, zone, previous, values, tries, models)
    lexicon = lexicon_of(description.catalog)
    kept = [each for each in found.readings if not moves_a_bound(question, each.plan, lexicon)]
    found = msgspec.structs.replace(found, readings=tuple(kept))
    return found if tries is None else without_strangers(found, description, tries)


def _chosen(
    question: str,
    description: SourceDescription,
    today: date,
    zone: str,
    previous: QueryPlan | None,
    values: "ValueIndex | None",
    tries: Tries | None,
    models: "Models | None",
) -> Understanding:
    """What the reader that explains the question better understood."""
    grammar = by_grammar(question, description, today, zone, previous)
    if grammar.plan is not None:
        plan = grammar.plan
        # Whoever goes on from a sum has seen what it is split by, and may have taken that away.
        if not grammar.is_follow_up and not _ASKS_FOR_GROSS.search(question):
            plan = split_by_flow(plan, relations_of(description.catalog))
        grammar = msgspec.structs.replace(grammar, plan=only_asked(question, plan))
        grammar = _only_faithful(question, grammar, description, today)
    if values is None or grammar.is_follow_up:
        return grammar
    # The reader and what it learned load with the first question, not with the start of the server.
    from gridlens.analytics.ask.parsing.models import shipped

    models = models or shipped()
    known = known_of(description.catalog, values)
    found = likely(question, known, models, description, today, zone, tries)
    if not found:
        return grammar
    best = found[0]
    if grammar.plan is not None and _believes_grammar(grammar, best, description):
        grammar = msgspec.structs.replace(grammar, confidence=_shared(grammar, best, description))
        is_sure = grammar.confidence >= (ANSWERED_OF_READINGS if _holds_readings(description) else ANSWERED)
        return grammar if is_sure else _offered(grammar, found, description, today)
    chance = surety_of(models, found, tries)
    answer = _answer(question, known, found, chance, grammar, description, today)
    return _only_faithful(question, answer, description, today)


def likely(
    question: str,
    known: "Known",
    models: "Models",
    description: SourceDescription,
    today: date,
    zone: str,
    tries: Tries | None,
) -> list[Tried]:
    """What the reader makes of a question: plans that can be run, the one to be believed first."""
    from gridlens.analytics.ask.parsing.reader import read

    found = tried_in_turn(read(question, known, models), description, zone, today, tries)
    return _faithful_first(question, known, found, description)


def _only_faithful(
    question: str, found: Understanding, description: SourceDescription, today: date
) -> Understanding:
    """What was understood; not run where the plan leaves out a word that changes what is asked."""
    if found.plan is None:
        return found
    words = _weighed(question, found.plan, found.tokens, description)
    missed = words.missed
    if not missed:
        told = tuple(_as_held(phrase, words.held) for phrase in found.tokens)
        return msgspec.structs.replace(found, tokens=told)
    starts = {word.start for word in missed}
    nearest = Reading(label=say(found.plan, description, today), plan=found.plan)
    return msgspec.structs.replace(
        found,
        plan=None,
        confidence=round(0.3 * found.confidence, 2),
        tokens=tuple(_as_missed(phrase) if phrase.start in starts else phrase for phrase in found.tokens),
        readings=_distinct([nearest, *found.readings]),
        reason=(
            f"{joined([f'“{text}”' for text in dict.fromkeys(_runs(question, missed))])} was not understood "
            "here, so the question was not run. Choose a reading, or say it in other words."
        ),
    )


def _as_held(phrase: Phrase, held: dict[int, str]) -> Phrase:
    """A small word that the plan does hold, which is not to look as if it had been passed over."""
    meaning = held.get(phrase.start)
    if phrase.state != "ignored" or meaning is None:
        return phrase
    return msgspec.structs.replace(phrase, state="matched", meaning=meaning)


def _as_missed(phrase: Phrase) -> Phrase:
    if not phrase.text:
        return phrase
    return msgspec.structs.replace(phrase, state="unknown", meaning="was not understood", slot=None)


def _runs(question: str, words: Sequence[Word]) -> Iterator[str]:
    """The words as they stand in the question, those that follow one another together."""
    start = end = -1
    for word in words:
        if end >= 0 and not question[end : word.start].strip():
            end = word.end
            continue
        if end >= 0:
            yield question[start:end]
        start, end = word.start, word.end
    if end >= 0:
        yield question[start:end]


def _weighed(
    question: str, plan: QueryPlan, phrases: Sequence[Phrase], description: SourceDescription
) -> Weighed:
    return weighed(
        question,
        plan,
        phrases,
        lexicon_of(description.catalog),
        holds_readings=_holds_readings(description),
    )


def _faithful_first(
    question: str, known: "Known", found: list[Tried], description: SourceDescription
) -> list[Tried]:
    """Those first that leave out no word that changes what is asked."""
    from gridlens.analytics.ask.parsing.evidence import Evidence
    from gridlens.analytics.ask.parsing.explaining import explained

    evidence = Evidence(question, known)

    def leaves_out(each: Tried) -> bool:
        phrases = explained(evidence, each.reading.draft)
        return bool(_weighed(question, each.reading.plan, phrases, description).missed)

    return sorted(found, key=leaves_out)


def _offered(
    grammar: Understanding, found: list[Tried], description: SourceDescription, today: date
) -> Understanding:
    """Neither reader is sure: what each makes of the question is offered."""
    plans = [grammar.plan, *(each.reading.plan for each in found)]
    readings = [Reading(label=say(plan, description, today), plan=plan) for plan in plans if plan is not None]
    return msgspec.structs.replace(grammar, plan=None, readings=_distinct(readings), reason=SEVERAL_THINGS)


def _shared(grammar: Understanding, best: Tried, description: SourceDescription) -> float:
    """How sure the grammar's plan is, seen that the reader says the same, or something else."""
    if best.reading.plan == grammar.plan:
        return max(grammar.confidence, SURE)
    if grammar.plan is None or says_more(grammar.plan) or _holds_readings(description):
        return grammar.confidence
    return min(grammar.confidence, ALONE)


def _missed(
    evidence: "Evidence", reading: "Parsed", grammar: Understanding, description: SourceDescription
) -> list[str]:
    """Things that are asked for and that nothing stands for; times and numbers that the draft leaves out.

    Beside readings over time every word counts that the grammar does not know, as it knows the words of the
    field; elsewhere only those that stand where a thing is named.
    """
    from gridlens.analytics.ask.parsing.explaining import left_over

    left = left_over(evidence, reading.draft)
    holds_readings = _holds_readings(description)
    unknown = {word.text for word in grammar.unknown_words} & {token.text for token in left}
    missed = [
        token.text
        for before, token in zip((None, *evidence.tokens), evidence.tokens, strict=False)
        if token.text in unknown
        and (holds_readings or (before is not None and before.plain in _BEFORE_THINGS))
    ]
    starts = {token.start for token in left}
    missed += [
        phrase.text
        for phrase in grammar.tokens
        if _must_be_used(phrase.slot) and any(phrase.start <= start < phrase.end for start in starts)
    ]
    missed += [
        token.text
        for token in left
        if token.number is not None and token.plain[0].isdigit() and token.number != reading.draft.limit
    ]
    return missed


def _must_be_used(slot: str | None) -> bool:
    """Whether the grammar found a time or a condition here, which no reading may pass over."""
    return slot is not None and (slot in _WHEN or slot.startswith(("filter", "having")))


def _reads_series(plan: QueryPlan, description: SourceDescription) -> bool:
    """Whether figures come from readings over time, or moments of such, which the grammar knows more of."""
    tables = {aggregate.column.table for measure in plan.measures for aggregate in aggregates(measure)}
    if plan.limit is not None and plan.order:
        tables |= {listed.column.table for listed in plan.columns}
    return any(t.interval_seconds is not None and t.name in tables for t in description.catalog.tables)


def _holds_readings(description: SourceDescription) -> bool:
    """Whether the source holds measurements over time: the subject whose words the grammar knows."""
    return any(
        table.interval_seconds is not None and any(column_unit(column) for column in table.columns)
        for table in description.catalog.tables
    )


@lru_cache(maxsize=16)
def known_of(catalog: Catalog, values: "ValueIndex") -> "Known":
    from gridlens.analytics.ask.parsing.evidence import Known
    from gridlens.analytics.ask.parsing.schema import Schema

    return Known.of(Schema(catalog), values)


def _believes_grammar(grammar: Understanding, best: Tried, description: SourceDescription) -> bool:
    if grammar.plan is None or grammar.confidence < WORTH_TELLING:
        return False
    if says_more(grammar.plan) or _reads_series(grammar.plan, description):
        return True
    is_sure = grammar.confidence >= CERTAIN and _holds_readings(description)
    return best.reading.chance < (UNSURE_OF_READINGS if is_sure else UNSURE)


def only_asked(question: str, plan: QueryPlan) -> QueryPlan:
    """“Which sites …” asks for sites, and “when …” for a time: what ranks them is not part of the answer.

    The sentence offers to show it.
    """
    if plan.comparison is not None or re.search(r"\b(how|and|with their)\b", question, re.IGNORECASE):
        return plan
    asks_for_time = _ASKS_WHICH_TIME.match(question) and len(plan.dimensions) == 1
    if asks_for_time or (_ASKS_WHICH.match(question) and any(d.grain is None for d in plan.dimensions)):
        used = {order.by for order in plan.order} | {having.measure for having in plan.having}
        if (plan.limit is not None or plan.having) and all(m.name in used for m in plan.measures):
            hidden = tuple(msgspec.structs.replace(m, is_shown=False) for m in plan.measures)
            return msgspec.structs.replace(plan, measures=hidden)
    if _ASKS_WHEN.match(question) and plan.limit == 1 and len(plan.columns) == 2 and plan.order:
        time, ranked = plan.columns
        if plan.order[0].by == ranked.column:
            return msgspec.structs.replace(plan, columns=(time,))
    return plan


def says_more(plan: QueryPlan) -> bool:
    """Whether a plan has what only the grammar reads: times, comparisons, units, shares, ratios, levels."""
    if plan.time is not None or plan.comparison is not None:
        return True
    if any(dimension.grain is not None for dimension in plan.dimensions):
        return True
    for measure in plan.measures:
        if not isinstance(measure, Aggregate) or measure.level is not None or measure.function == "median":
            return True
        if any(aggregate.filters or aggregate.unit for aggregate in aggregates(measure)):
            return True
    return False


def _answer(
    question: str,
    known: "Known",
    found: list[Tried],
    chance: float,
    grammar: Understanding,
    description: SourceDescription,
    today: date,
) -> Understanding:
    """The first reading where its ``chance`` of being right is good enough, else a choice of them."""
    from gridlens.analytics.ask.parsing.evidence import Evidence
    from gridlens.analytics.ask.parsing.explaining import explained

    best = found[0].reading
    evidence = Evidence(question, known)
    knows_subject = _holds_readings(description)
    missed = [len(_missed(evidence, each.reading, grammar, description)) for each in found]
    # What is left out speaks against running a plan; how sure one is of what was run, the chance tells.
    confidence = chance * (MISSED_OF_READINGS if knows_subject else MISSED) ** missed[0]
    # A reading that passes over what is asked for is no reading to choose from.
    offered = [
        Reading(label=say(each.reading.plan, description, today), plan=each.reading.plan)
        for each, unused in zip(found, missed, strict=True)
        if not unused and each.reading.chance >= SECOND * best.chance
    ]
    # What the grammar would not run for a word that it could not place has to be placed surely.
    is_unplaced = any(phrase.state == "unknown" for phrase in grammar.tokens)
    is_refused = knows_subject and grammar.plan is None and is_unplaced
    least = ANSWERED_OF_READINGS if knows_subject else ANSWERED
    is_doubtful = confidence < (SURE if is_refused else least)
    if is_doubtful and knows_subject and grammar.plan is not None and grammar.confidence >= WORTH_TELLING:
        return grammar
    if is_doubtful:
        return msgspec.structs.replace(
            grammar,
            plan=None,
            confidence=round(confidence, 2),
            readings=_distinct(offered or grammar.readings),
            reason=grammar.reason or SEVERAL_THINGS,
        )
    return Understanding(
        plan=best.plan,
        confidence=round(chance, 3),
        tokens=explained(evidence, best.draft),
        readings=() if confidence >= SURE else _distinct(each for each in offered if each.plan != best.plan),
    )


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """The first few that can be told apart by their sentences."""
    by_label: dict[str, Reading] = {}
    for reading in readings:
        by_label.setdefault(reading.label, reading)
    return tuple(by_label.values())[:MOST_READINGS]
