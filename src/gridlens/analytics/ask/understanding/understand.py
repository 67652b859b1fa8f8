"""From a question in plain words to a plan, with what every word became."""

from contextlib import suppress
from datetime import date

from msgspec.structs import replace as replaced

from gridlens.analytics.ask.check import conditions_of
from gridlens.analytics.ask.errors import PlanRefused
from gridlens.analytics.ask.plan import QueryPlan, aggregates
from gridlens.analytics.ask.relations import TableKey
from gridlens.analytics.ask.rendering.statement import render
from gridlens.analytics.ask.rendering.timeline import newest_day
from gridlens.analytics.ask.sentences.sentence import say
from gridlens.analytics.ask.sentences.wording import day_text, joined, span_text
from gridlens.analytics.ask.understanding.assembly import Assembled, Assembly
from gridlens.analytics.ask.understanding.draft import Draft
from gridlens.analytics.ask.understanding.focus import Focus, focuses
from gridlens.analytics.ask.understanding.followup import altered, is_follow_up
from gridlens.analytics.ask.understanding.lexicon import ColumnEntry, Lexicon, TableEntry, lexicon_of
from gridlens.analytics.ask.understanding.outcome import Phrase, Reading, Understanding, UnknownWord
from gridlens.analytics.ask.understanding.peaks import coincident_peak
from gridlens.analytics.ask.understanding.question import Note
from gridlens.analytics.ask.understanding.words import Word
from gridlens.shared.data_sources import SourceDescription

LONGEST_QUESTION = 500
_SURE = 0.97
_PER_ASSUMPTION = 0.95
_PER_MENDED_WORD = 0.85
_CLOSE_SECOND = 0.3
_MOST_READINGS = 3
_MOST_TRIED = 5
_SURE_ENOUGH = 0.8
_SECOND_FIGURE = 0.8
_SAME_FIGURE = 0.5
_BOTH_NAMED = 0.9
_EXPLAINS = 0.4
_IS_NAME = 0.75
_SAME = "Nothing changes."
# Slots that there is only one of, by the short names that readers of words use.
_SLOTS = {"function": "function.0", "unit": "unit.0", "measure": "measure.0", "filter": "filter.0"}


def understand(
    question: str, description: SourceDescription, today: date, zone: str, previous: QueryPlan | None = None
) -> Understanding:
    """The plan a question means, how sure that is, and what its words became.

    ``previous`` is the plan of the question before, which “and by month?” goes on from.
    """
    lexicon = lexicon_of(description.catalog)
    text = question[:LONGEST_QUESTION]
    anchor = _first_anchor(lexicon, description, today, zone)
    found = _Reader(text, lexicon, description, anchor, today, zone).understand(previous)
    settled = _anchor_of(found.plan, lexicon, description, zone)
    if settled is not None and settled != anchor:
        # Tables of an archive end on different days; dates without a year count from the one asked about.
        found = _Reader(text, lexicon, description, settled, today, zone).understand(previous)
    return found


def _first_anchor(lexicon: Lexicon, description: SourceDescription, today: date, zone: str) -> date:
    if not description.anchors_to_newest:
        return today
    days = [
        newest_day(reference, lexicon.relations, description.dialect, zone)
        for key in lexicon.tables
        if (reference := lexicon.relations.time_column(key)) is not None
    ]
    return max((day for day in days if day is not None), default=today)


def _anchor_of(
    plan: QueryPlan | None, lexicon: Lexicon, description: SourceDescription, zone: str
) -> date | None:
    if plan is None or plan.time is None or not description.anchors_to_newest:
        return None
    return newest_day(plan.time.column, lexicon.relations, description.dialect, zone)


class _Reader:
    def __init__(
        self,
        question: str,
        lexicon: Lexicon,
        description: SourceDescription,
        anchor: date,
        today: date,
        zone: str,
    ) -> None:
        self.text = question
        self.lexicon = lexicon
        self.description = description
        self.anchor = anchor
        self.today = today
        self.zone = zone
        self.draft = Draft.of(question, lexicon, anchor)

    def understand(self, previous: QueryPlan | None) -> Understanding:
        if self.draft.times.refusal is not None:
            return self._unanswered(self.draft.times.refusal)
        if previous is not None and is_follow_up(self.draft):
            try:
                return self._go_on(previous)
            except PlanRefused as refusal:
                alone = self._read()
                if alone.plan is not None or alone.unknown_words or refusal.detail == _SAME:
                    return alone
                return replaced(alone, reason=refusal.detail)
        return self._read()

    def _go_on(self, previous: QueryPlan) -> Understanding:
        anchor = "newest" if self.description.anchors_to_newest else "today"
        plan, notes, used = altered(self.draft, previous, anchor, self.today, self.anchor)
        if plan == previous:
            raise PlanRefused(_SAME)
        self._prove(plan)
        best = Assembled(plan, [*self.draft.question.notes, *notes], used)
        explained, unknown = self._remaining(best)
        confidence = _SURE * _PER_ASSUMPTION ** len(plan.assumed)
        return Understanding(
            plan=None if unknown else plan,
            confidence=round(0.3 * confidence if unknown else confidence, 2),
            tokens=self._tokens(best, explained, unknown),
            unknown_words=tuple(self._unknown_word(word) for word in unknown),
            reason=self._why_not(unknown) if unknown else None,
            is_follow_up=True,
        )

    def _read(self) -> Understanding:
        tried: list[tuple[Focus, Assembled]] = []
        refusals: list[tuple[float, str]] = []
        for focus in focuses(self.draft)[:_MOST_TRIED]:
            try:
                tried.append((focus, self._assemble(focus, is_first=not tried)))
            except PlanRefused as refusal:
                refusals.append((focus.named, refusal.detail))
        if not tried:
            # What fitted the words best tells best why it cannot be.
            _, reason = max(refusals, key=lambda each: each[0], default=(0.0, None))
            return self._unanswered(reason)
        focus, best = tried[0]
        best = self._with_second_figure(focus, best)
        explained, unknown = self._remaining(best)
        others = self._others(tried)
        at_once = coincident_peak(best.plan, self.lexicon.relations)
        if at_once is not None:
            others.insert(0, at_once)
            best.notes.append(Note(0, 0, "the highest of any one, not of their sum", "assumed", "function.0"))
        confidence = self._confidence(focus, best, tried)
        tokens = self._tokens(best, explained, unknown)
        if unknown:
            return Understanding(
                plan=None,
                confidence=round(0.3 * confidence, 2),
                tokens=tokens,
                readings=self._readings([best.plan, *others]),
                unknown_words=tuple(self._unknown_word(word) for word in unknown),
                reason=self._why_not(unknown),
            )
        is_sure = confidence >= _SURE_ENOUGH and not self._has_rival(tried) and at_once is None
        return Understanding(
            plan=best.plan,
            confidence=round(confidence, 2),
            tokens=tokens,
            readings=() if is_sure else self._readings(others),
        )

    def _assemble(self, focus: Focus, *, is_first: bool) -> Assembled:
        anchor = "newest" if self.description.anchors_to_newest else "today"
        assembled = Assembly(self.draft, focus, anchor).plan()
        if is_first:
            self._prove(assembled.plan)
        return assembled

    def _with_second_figure(self, focus: Focus, best: Assembled) -> Assembled:
        """“Load and temperature”: the words may name another figure beside the first."""
        is_one = self.draft.quantities.pair is not None or self.draft.quantities.at_extreme
        if focus.kind != "figure" or focus.figure is None or not self.draft.linker.joins_figures() or is_one:
            return best
        first = focus.figure.column
        words = [word for _, word in self.draft.content() if first.match_own(word) < _SAME_FIGURE]
        figures = [
            figure
            for figure in self.draft.linker.figures(words)
            if figure.strength >= _SECOND_FIGURE and figure.column is not first
        ]
        for figure in sorted(figures, key=lambda each: -each.score)[:2]:
            anchor = "newest" if self.description.anchors_to_newest else "today"
            assembly = Assembly(self.draft, focus, anchor)
            assembly.second = figure
            with suppress(PlanRefused):
                both = assembly.plan()
                self._prove(both.plan)
                focus.named = max(focus.named, _BOTH_NAMED)
                return both
        return best

    def _prove(self, plan: QueryPlan) -> None:
        """Rendering has the last word on whether tables can be asked about together."""
        render(plan, self.description.catalog, self.description.dialect, self.zone, self.today)

    def _is_answerable(self, plan: QueryPlan) -> bool:
        try:
            self._prove(plan)
        except PlanRefused:
            return False
        return True

    def _remaining(self, best: Assembled) -> tuple[list[tuple[int, Word, str]], list[Word]]:
        """The words that no note covers: those the plan's names explain, and those nothing does."""
        noted = {index for note in best.notes for index in range(note.first, note.last)}
        used = [*best.used, *self._on_the_way(best.plan)]
        explained, unknown = [], []
        for index, word in self.draft.content():
            if index in noted:
                continue
            said = max(used, key=lambda entry: entry.match(word), default=None)
            is_said = said is not None and said.match(word) >= _EXPLAINS
            if said is not None and is_said and not self._means_another(index, word, used):
                explained.append((index, word, _name(said)))
            else:
                unknown.append(word)
        return explained, unknown

    def _means_another(self, index: int, word: Word, used: list[ColumnEntry | TableEntry]) -> bool:
        """“The load where the wind was …”: a figure of its own, which what the plan holds is not.

        Words side by side are one name: “wind power” is wind, whatever else is called power.
        """
        if any(entry.match_own(word) >= _IS_NAME for entry in used if isinstance(entry, ColumnEntry)):
            return False
        if any(entry.match(word) >= _IS_NAME for entry in used if isinstance(entry, TableEntry)):
            return False
        beside = [other for at, other in self.draft.content() if abs(at - index) == 1]
        if any(entry.match(other) >= _IS_NAME for entry in used for other in beside):
            return False
        columns = self.lexicon.columns.values()
        return any(
            entry.is_measure and word.stem in entry.name.stems for entry in columns if entry not in used
        )

    def _on_the_way(self, plan: QueryPlan) -> list[TableEntry]:
        """Tables that the plan's joins pass."""
        relations = self.lexicon.relations
        references = [a.column for m in plan.measures for a in aggregates(m)]
        references += [d.column for d in plan.dimensions] + [c.column for c in plan.columns]
        references += [c.column for c in conditions_of(plan.filters)]
        keys = list(dict.fromkeys(relations.key(reference) for reference in references))
        passed: dict[TableKey, TableEntry] = {}
        for key in keys[1:]:
            for step in relations.way(keys[0], key) or ():
                passed[step.target] = self.lexicon.tables[step.target]
        return list(passed.values())

    def _others(self, tried: list[tuple[Focus, Assembled]]) -> list[QueryPlan]:
        best = tried[0][0]
        close = [a.plan for focus, a in tried[1:] if focus.score >= best.score - 2 * _CLOSE_SECOND]
        return [plan for plan in close if plan != tried[0][1].plan]

    def _has_rival(self, tried: list[tuple[Focus, Assembled]]) -> bool:
        (first, best), *others = tried
        return any(first.score - focus.score < _CLOSE_SECOND and a.plan != best.plan for focus, a in others)

    def _confidence(self, focus: Focus, best: Assembled, tried: list[tuple[Focus, Assembled]]) -> float:
        confidence = _SURE * (0.6 + 0.4 * min(1.0, focus.named))
        confidence *= _PER_ASSUMPTION ** len(best.plan.assumed)
        confidence *= _PER_MENDED_WORD ** len(self.draft.question.mended)
        rivals = [other for other, a in tried[1:] if a.plan != best.plan]
        if rivals and focus.score - rivals[0].score < _CLOSE_SECOND:
            confidence *= 0.8 + 0.2 * max(0.0, focus.score - rivals[0].score) / _CLOSE_SECOND
        return confidence

    def _readings(self, plans: list[QueryPlan]) -> tuple[Reading, ...]:
        distinct = [plan for plan in dict.fromkeys(plans) if self._is_answerable(plan)][:_MOST_READINGS]
        return tuple(Reading(label=say(plan, self.description, self.today), plan=plan) for plan in distinct)

    def _unanswered(self, reason: str | None) -> Understanding:
        content = self.draft.content()
        notes = Assembled(QueryPlan(), list(self.draft.question.notes))
        unknown = [] if reason else [word for _, word in content if not self._is_known(word)]
        tokens = self._tokens(notes, [], unknown)
        if unknown:
            reason = _names_nothing(unknown, self.description.name)
        return Understanding(
            plan=None,
            confidence=0.0,
            tokens=tokens,
            unknown_words=tuple(self._unknown_word(word) for word in unknown),
            reason=reason or "It is not clear what to show. Name a figure, such as one of the columns.",
        )

    def _why_not(self, unknown: list[Word]) -> str:
        strangers = [word for word in unknown if not self._is_known(word)]
        if strangers:
            return _names_nothing(strangers, self.description.name)
        words = list(dict.fromkeys(unknown))
        holders = {
            entry.table.table.name for entry in self.lexicon.columns.values() if _is_called(entry, words[0])
        }
        hold = "holds" if len(holders) == 1 else "hold"
        where = f", which {joined(sorted(holders))} {hold}," if len(words) == 1 and holders else ""
        verb = "does" if len({word.text for word in words}) == 1 else "do"
        return f"{_listed(words)}{where} {verb} not go together with the rest of the question."

    def _trouble_with(self, word: Word) -> str:
        return "does not go with the rest" if self._is_known(word) else "names nothing here"

    def _is_known(self, word: Word) -> bool:
        entries: list[ColumnEntry | TableEntry] = [
            *self.lexicon.columns.values(),
            *self.lexicon.tables.values(),
        ]
        return any(entry.match(word) >= _EXPLAINS for entry in entries)

    def _unknown_word(self, word: Word) -> UnknownWord:
        is_known = self._is_known(word)
        nearest = () if is_known else self.lexicon.nearest(word)
        return UnknownWord(text=word.text, start=word.start, end=word.end, is_known=is_known, nearest=nearest)

    def _tokens(
        self, best: Assembled, explained: list[tuple[int, Word, str]], unknown: list[Word]
    ) -> tuple[Phrase, ...]:
        words = self.draft.question.words
        notes = list(best.notes)
        notes += [Note(index, index + 1, name, "matched", None) for index, _, name in explained]
        covered = {index for note in notes for index in range(note.first, note.last)}
        for index, word in enumerate(words):
            if index not in covered:
                state = "unknown" if word in unknown else "ignored"
                meaning = self._trouble_with(word) if word in unknown else ""
                notes.append(Note(index, index + 1, meaning, state))  # type: ignore[arg-type]
        self._date_ranges(best.plan, notes)
        for note in notes:
            mended = [
                words[index].plain
                for index in range(note.first, note.last)
                if index in self.draft.question.mended
            ]
            if mended and note.state in ("matched", "assumed"):
                note.state = "assumed"
                note.meaning = f"{note.meaning}, read as “{' '.join(mended)}”".lstrip(", ")
        phrases = [
            Phrase(
                text=self.text[words[note.first].start : words[note.last - 1].end] if note.last else "",
                start=words[note.first].start if note.last else len(self.text),
                end=words[note.last - 1].end if note.last else len(self.text),
                state=note.state,
                meaning=note.meaning,
                slot=_SLOTS.get(note.slot or "", note.slot),
            )
            for note in notes
        ]
        return tuple(sorted(phrases, key=lambda phrase: (phrase.start, phrase.end)))

    def _date_ranges(self, plan: QueryPlan, notes: list[Note]) -> None:
        """Say which days a time means, and what it counts from."""
        if plan.time is None or plan.time.span is None:
            return
        for note in notes:
            if note.slot == "range":
                note.meaning = note.meaning or span_text(plan.time.span, self.anchor)
        if plan.time.anchor == "newest":
            notes.append(
                Note(0, 0, f"counted from the newest data, {day_text(self.anchor)}", "assumed", "anchor")
            )


def _name(entry: ColumnEntry | TableEntry) -> str:
    if isinstance(entry, TableEntry):
        return entry.table.name
    return f"{entry.table.table.name}.{entry.column.name}"


def _is_called(entry: ColumnEntry, word: Word) -> bool:
    return entry.is_measure and entry.match_own(word) >= _IS_NAME


def _names_nothing(words: list[Word], source: str) -> str:
    verb = "names" if len({word.text for word in words}) == 1 else "name"
    return f"{_listed(words)} {verb} nothing in {source}."


def _listed(words: list[Word]) -> str:
    return joined([f"“{word}”" for word in dict.fromkeys(word.text for word in words)])
