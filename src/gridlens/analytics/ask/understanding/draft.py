"""A question half read: everything its words were found to say, before a base table is settled."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gridlens.analytics.ask.understanding.amounts import Threshold, clause_before
from gridlens.analytics.ask.understanding.lexicon import SAME_CONCEPT, Lexicon, TableEntry
from gridlens.analytics.ask.understanding.linking import Linker, Mention, ValueMention
from gridlens.analytics.ask.understanding.quantities import Quantities, read_quantities
from gridlens.analytics.ask.understanding.question import Question
from gridlens.analytics.ask.understanding.terms import meant_by, term_of
from gridlens.analytics.ask.understanding.times import Times, read_times
from gridlens.analytics.ask.understanding.vocabulary import is_function_word
from gridlens.analytics.ask.understanding.words import Word, stem

_HEADS = frozenset(
    "which what who list show display give all alle zeige zeig liste nenne welche welcher welches".split()
)
_WHICH = frozenset("which what who welche welcher welches".split())
# Nouns that carry nothing by themselves.
_IDLE = frozenset(
    """system systems data value values level levels figure figures record records entry entries row rows
    overview everything result results report information details kind type number numbers
    werte wert daten uebersicht menge verlauf average first now currently current jetzt aktuell right please
    instead also available total grid netz stromnetz yet far""".split()
)
# Rows of a series, whatever its table is called.
_ROW_NOUNS = (
    "reading readings measurement measurements interval intervals messwert messwerte messungen".split()
)
ROW_STEMS = frozenset(stem(word) for word in _ROW_NOUNS)
WITHOUT = frozenset(["without", "no", "not", "ohne", "kein", "keine", "keinen"])
_STOPS = frozenset(
    "in of for with by on at per from to had has have is are was were von mit in fuer bei hat haben".split()
)


@dataclass(slots=True)
class Draft:
    question: Question
    lexicon: Lexicon
    linker: Linker
    times: Times
    quantities: Quantities
    groups: list[Mention] = field(default_factory=list)
    values: list[ValueMention] = field(default_factory=list)
    head: Mention | None = None

    @classmethod
    def of(cls, text: str, lexicon: Lexicon, today: date) -> "Draft":
        question = Question.of(text)
        _join_terms(question, lexicon)
        linker = Linker(question, lexicon)
        _mend_spelling(question, lexicon, today)
        phrases = list(linker.values(only_phrases=True))
        for mention in phrases:
            question.taken.update(range(mention.first, mention.last))
        times = read_times(question, today)
        draft = cls(question, lexicon, linker, times, read_quantities(question), values=phrases)
        draft._settle_run()
        draft._read_names()
        return draft

    def _settle_run(self) -> None:
        """What runs on needs groups of time, and a moving mean says which."""
        run = self.quantities.run
        if run is not None and self.times.grain is None:
            self.times.grain = run.grain
            self.times.wants_trend = run.grain is None
        elif run is not None and run.grain not in (None, self.times.grain):
            self.times.refusal = (
                f"A mean over {run.last} {run.grain}s moves from {run.grain} to {run.grain}. Ask for it by "
                f"{run.grain}."
            )
        if run is not None and run.is_unsized:
            self.times.refusal = "Say over how long the mean moves, such as “7-day moving average”."

    def _read_names(self) -> None:
        self._take_values(self.linker.numbered())
        ranked_by = self._ranked_by()
        for mention in self.linker.groups():
            if mention.first != ranked_by:
                self.groups.append(mention)
                self.question.taken.update(range(mention.first, mention.last))
        self._take_values(self.linker.flags())
        self._take_values(self.linker.values(only_phrases=False))
        self.head = self._head()

    def _take_values(self, mentions: Iterator[ValueMention]) -> None:
        for mention in mentions:
            if self.question.taken.isdisjoint(range(mention.first, mention.last)):
                self.values.append(mention)
                self.question.taken.update(range(mention.first, mention.last))

    def _ranked_by(self) -> int | None:
        """Where “by” tells what a ranking goes by, as in “top 5 sites by load”."""
        if self.quantities.superlative is None:
            return None
        words = self.question.words
        places = [i for i, word in enumerate(words) if word.plain in ("by", "nach") and self.question.free(i)]
        for place in places:
            following = self.linker.target_at(place + 1)
            if following is None or not any(word.plain in _HEADS for word in words):
                figures = self.linker.figures(
                    [w for w in words[place + 1 : place + 4] if not is_function_word(w.plain)]
                )
                best = max((figure.score for figure in figures if figure.has_own_word), default=0.0)
                if best >= 0.6 and (following is None or best >= following.targets[0].score - 0.4):
                    return place
        return None

    def _head(self) -> Mention | None:
        """The noun that is counted, ranked or listed."""
        words = self.question.words
        starts = [note.last for note in self.question.notes if note.slot in ("limit", "columns")]
        if self.quantities.is_count:
            starts = [n.last for n in self.question.notes if n.meaning == "counted"] + starts
        starts += [i + 1 for i, word in enumerate(words) if word.plain in _HEADS]
        starts.append(0)
        for start in starts:
            index = start
            while index < len(words):
                if not self.question.free(index):
                    index += 1
                    continue
                if is_function_word(words[index].plain):
                    if words[index].plain in _STOPS and index > start:
                        break
                    index += 1
                    continue
                found = self.linker.target_at(index)
                if found is not None:
                    return found
                if meant_by(words[index].plain):
                    break
                index += 1
        return None

    def content(self) -> list[tuple[int, Word]]:
        """The words that are free and carry meaning."""
        return [
            (index, word)
            for index, word in enumerate(self.question.words)
            if self.question.free(index)
            and not is_function_word(word.plain)
            and (word.plain not in _IDLE or self._follows_by(index))
            and not (word.stem in ROW_STEMS and not self._is_named(word))
            and any(letter.isalnum() for letter in word.plain)
        ]

    def names_series(self, mention: Mention) -> bool:
        """Whether the mention means rows that follow one another in time."""
        best = mention.targets[0]
        words = self.question.words[mention.first : mention.last]
        is_rows = any(word.stem in ROW_STEMS for word in words)
        return (
            isinstance(best.entry, TableEntry)
            and best.table.table.interval_seconds is not None
            and not is_rows
        )

    def counted_after(self, threshold: Threshold) -> Mention | None:
        """The things that “more than 2 meters” counts."""
        if threshold.unit is not None or threshold.hint is not None or threshold.is_sign:
            return None
        start = threshold.last
        while start in self.question.taken:
            start += 1
        found = self.linker.target_at(start)
        is_next = found is not None and found.first == start
        return found if is_next and found and isinstance(found.targets[0].entry, TableEntry) else None

    def compared_before(self, threshold: Threshold) -> list[tuple[int, Word]]:
        """The words of a condition that name what is compared: “when the ac power is zero”."""
        start = clause_before(self.question, threshold.first)
        if start is None or threshold.hint is not None:
            return []
        named = [(index, word) for index, word in self.content() if start < index < threshold.first]
        measures = [entry for entry in self.lexicon.columns.values() if entry.is_measure]
        others = [word for index, word in self.content() if index < start]
        is_figure_elsewhere = any(e.match_own(word) >= SAME_CONCEPT for e in measures for word in others)
        is_named = any(e.match_own(word) >= SAME_CONCEPT for e in measures for _, word in named)
        return named if is_named and is_figure_elsewhere else []

    def asked_for(self, counted: Mention) -> Mention | None:
        """What “which” asks for, where a number of something else ranks it."""
        words, at = self.question.words, self.quantities.superlative_at
        for place, word in enumerate(words[: at or 0]):
            if word.plain in _WHICH:
                found = self.linker.target_at(place + 1)
                return found if found is not None and found.last <= min(counted.first, at or 0) else None
        return None

    def left_out(self) -> list[tuple[int, Word]]:
        """The words that “without” stands before: what the things asked for have not."""
        words = self.question.words
        return [
            (index, word)
            for index, word in self.content()
            if any(each.plain in WITHOUT for each in words[max(index - 2, 0) : index])
        ]

    def _is_named(self, word: Word) -> bool:
        return any(entry.match(word) >= SAME_CONCEPT for entry in self.lexicon.tables.values())

    def _follows_by(self, index: int) -> bool:
        """“By value” names something, where a mere “value” does not."""
        return index > 0 and self.question.words[index - 1].plain in ("by", "per", "nach", "pro")


def _join_terms(question: Question, lexicon: Lexicon) -> None:
    """Two words that make a term which the source has, such as “voltage level”, become one."""
    words: list[Word] = []
    for word in question.words:
        before = words[-1] if words else None
        plain = f"{before.plain} {word.plain}" if before is not None else word.plain
        term = term_of(plain)
        if before is not None and term is not None and lexicon.calls(term):
            text = question.text[before.start : word.end]
            words[-1] = Word(text, plain, stem(plain), before.start, word.end, word.is_quoted)
        else:
            words.append(word)
    question.words = words


def _mend_spelling(question: Question, lexicon: Lexicon, today: date) -> None:
    """Correct words that neither the grammar nor the source knows."""
    grammar = Question(text=question.text, words=question.words)
    read_times(grammar, today)
    read_quantities(grammar)
    for index, word in enumerate(question.words):
        if index in grammar.taken or lexicon.knows(word):
            continue
        if is_function_word(word.plain) or word.plain in _IDLE:
            continue
        mended = lexicon.correct(word)
        if mended is not None:
            question.words[index] = mended
            question.mended[index] = word.text
