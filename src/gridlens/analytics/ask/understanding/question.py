"""A question while it is being read: which of its words are explained, and as what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from gridlens.analytics.ask.understanding.vocabulary import compound_parts
from gridlens.analytics.ask.understanding.words import Word, stem, words_of

_NEGATIONS = frozenset(
    "not except excluding excl without outside ohne ausser ausserhalb ausgenommen nicht no kein keine".split()
)
_BETWEEN = frozenset("in on at of for during the am an im dem der den".split())

State = Literal["matched", "assumed", "ignored", "unknown"]


@dataclass(slots=True)
class Note:
    """What the words ``[first, last)`` became; without words it is an assumption that nothing said."""

    first: int
    last: int
    meaning: str
    state: State
    slot: str | None = None


@dataclass(slots=True)
class Question:
    """The words of a question, with a note for each that is explained."""

    text: str
    words: list[Word]
    notes: list[Note] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    mended: dict[int, str] = field(default_factory=dict)
    _drawn: tuple[int, str, dict[int, int], dict[int, int]] | None = None

    @classmethod
    def of(cls, text: str) -> "Question":
        return cls(text=text, words=[part for word in words_of(text) for part in _uncompounded(word)])

    def free(self, index: int) -> bool:
        return 0 <= index < len(self.words) and index not in self.taken

    def take(
        self, first: int, last: int, meaning: str, state: State = "matched", slot: str | None = None
    ) -> Note:
        note = Note(first, last, meaning, state, slot)
        self.notes.append(note)
        self.taken.update(range(first, last))
        return note

    def negation_before(self, first: int) -> int | None:
        """The place of a free “not” or “except” that the words at ``first`` stand under."""
        place = first - 1
        while self.free(place) and self.words[place].plain in _BETWEEN:
            place -= 1
        return place if self.free(place) and self.words[place].plain in _NEGATIONS else None

    def assume(self, meaning: str, slot: str | None = None) -> None:
        self.notes.append(Note(0, 0, meaning, "assumed", slot))

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
        """Matches over the words that are still free, as ranges of words."""
        line, starts, ends = self._line()
        for match in pattern.finditer(line):
            # Patterns may look past a space to what follows.
            first, last = starts.get(match.start()), ends.get(match.start() + len(match.group().rstrip()))
            if first is None or last is None or first >= last:
                continue
            if self.taken.isdisjoint(range(first, last)):
                yield first, last, match

    def _line(self) -> tuple[str, dict[int, int], dict[int, int]]:
        """The free words in one line, with the places at which words begin and end."""
        if self._drawn is None or self._drawn[0] != len(self.taken):
            line, starts, ends = "", {}, {}
            for index, word in enumerate(self.words):
                starts[len(line)] = index
                line += "#" * len(word.plain) if index in self.taken else word.plain
                ends[len(line)] = index + 1
                line += " "
            # Words are only ever taken, so their number tells whether the line is still right.
            self._drawn = (len(self.taken), line, starts, ends)
        return self._drawn[1:]


def _uncompounded(word: Word) -> list[Word]:
    """A German compound as its parts, which share its place in the question."""
    parts = compound_parts(word.plain) or ()
    return [Word(word.text, part, stem(part), word.start, word.end) for part in parts] or [word]
