"""Tables that a draft needs besides those of its columns: the one that is counted, or one only named."""

from collections.abc import Iterator
from dataclasses import replace

from gridlens.analytics.ask.parsing.choices import log_of
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.evidence import Evidence


def tables_after(evidence: Evidence, place: int, other_than: int | None) -> list[tuple[int, float]]:
    """Tables named after a place, the nearest strong mention first."""
    found = []
    for table, mentions in enumerate(evidence.tables):
        if table == other_than:
            continue
        for mention in mentions:
            if mention.first > place and mention.strength > 0.4:
                found.append((-round(mention.strength, 1), mention.first, table, mention.strength))
                break
    return [(table, strength) for _, _, table, strength in sorted(found)]


class Tables:
    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.schema, self.tokens = evidence.schema, evidence.tokens

    def _used(self, draft: Draft) -> list[int]:
        columns = [item.column for item in draft.select] + [n.column for n in draft.where] + list(draft.group)
        columns += [item.column for item, _ in draft.order] + [n.column for n in draft.having]
        return list(dict.fromkeys(self.schema.columns[c].table.index for c in columns if c >= 0))

    def added(self, draft: Draft, sel: str, tail: str) -> Iterator[tuple[Draft, float]]:
        """Add the table whose rows are counted, or one that the words need."""
        used = self._used(draft)
        named = [
            (table, mentions[0].strength)
            for table, mentions in enumerate(self.evidence.tables)
            if mentions and mentions[0].strength >= 0.75
        ]
        counts = sel in ("count", "cols+count") or "count" in tail
        if counts:
            counted = self._counted()
            for table, strength in counted[:2]:
                tables = tuple(dict.fromkeys([table]))
                yield self._grouped_by_key(replace(draft, tables=tables), table), log_of(0.4 + 0.6 * strength)
            if used:
                yield draft, log_of(0.5 if not counted else 0.25)
            return
        if not used:
            ranked = sorted(named, key=lambda each: -each[1]) or tables_after(self.evidence, -1, None)
            for table, strength in ranked[:2]:
                yield replace(draft, tables=(table,)), log_of(strength)
            return
        yield draft, 0.0
        for table, strength in named:
            nested = any(isinstance(n.value, Draft) and table in n.value.tables for n in draft.where)
            if table not in used and not nested and self.schema.joined([*used, table]):
                yield replace(draft, tables=(table,)), log_of(0.35 * strength)

    def _grouped_by_key(self, draft: Draft, counted: int) -> Draft:
        """Things that are counted by are told apart by their key, not by a name that two may share."""
        if not draft.group:
            return draft
        tables = {self.schema.columns[c].table.index for c in draft.group}
        if tables == {counted} or len(tables) != 1:
            return draft
        table = self.schema.tables[tables.pop()]
        keys = [column.index for column in table.columns if column.is_key]
        named = any(
            self.schema.columns[c].words.plain[-1] in ("name", "title") or self.schema.columns[c].is_key
            for c in draft.group
        )
        if keys and named:
            return replace(draft, group=tuple(dict.fromkeys([*keys, *draft.group])))
        return draft

    def _counted(self) -> list[tuple[int, float]]:
        """Tables whose rows are counted: what follows “how many”, “number of”, “most”."""
        words = [token.plain for token in self.tokens]
        starts = []
        for place, word in enumerate(words):
            if word in ("many", "most", "fewest", "least", "count", "more", "than", "number"):
                starts.append(place)
        scored: dict[int, float] = {}
        for table, mentions in enumerate(self.evidence.tables):
            for mention in mentions:
                if mention.strength < 0.4:
                    continue
                gap = min((mention.first - start for start in starts if mention.first > start), default=9)
                worth = mention.strength * (1.0 if gap <= 3 else 0.6 if gap <= 5 else 0.4)
                scored[table] = max(scored.get(table, 0.0), worth)
        return sorted(scored.items(), key=lambda each: -each[1])
