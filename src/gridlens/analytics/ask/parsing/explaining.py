"""What each word of a question became in a draft."""

from gridlens.analytics.ask.parsing.conditions import candidates
from gridlens.analytics.ask.parsing.draft import Draft
from gridlens.analytics.ask.parsing.evidence import Evidence
from gridlens.analytics.ask.parsing.judging import columns_of, covered, tables_of
from gridlens.analytics.ask.parsing.mentions import STOPWORDS
from gridlens.analytics.ask.parsing.tokens import Token
from gridlens.analytics.ask.understanding.outcome import Phrase

SAID = 0.4


def left_over(evidence: Evidence, draft: Draft) -> list[Token]:
    """Words and numbers that carry meaning and that nothing in the draft explains."""
    cover = covered(evidence, draft, candidates(evidence))
    return [
        token
        for place, token in enumerate(evidence.tokens)
        if cover[place] < SAID and token.plain not in STOPWORDS
    ]


def explained(evidence: Evidence, draft: Draft) -> tuple[Phrase, ...]:
    """A phrase for each run of words that names one thing of the draft."""
    meanings: list[tuple[float, str]] = [(0.0, "")] * len(evidence.tokens)
    schema = evidence.schema
    named = [(schema.columns[c].name, evidence.columns[c][:2]) for c in set(columns_of(draft))]
    named += [(schema.tables[t].name, evidence.tables[t][:2]) for t in tables_of(draft, evidence)]
    for name, mentions in named:
        for mention in mentions:
            if mention.strength > SAID:
                for place in range(mention.first, mention.last):
                    meanings[place] = max(meanings[place], (mention.strength, name))
    for each in draft.where:
        for value in evidence.values:
            if value.column == each.column and value.value == each.value:
                for place in range(value.first, value.last):
                    meanings[place] = (2.0, f"{schema.columns[each.column].name} is {each.value}")
    phrases: list[Phrase] = []
    for place, (token, (_, meaning)) in enumerate(zip(evidence.tokens, meanings, strict=True)):
        before = meanings[place - 1][1] if place else ""
        if phrases and meaning and meaning == before:
            start = phrases[-1].start
            text = evidence.question[start : token.end]
            phrases[-1] = Phrase(text=text, start=start, end=token.end, state="matched", meaning=meaning)
        else:
            phrases.append(
                Phrase(
                    text=token.text,
                    start=token.start,
                    end=token.end,
                    state="matched" if meaning else "ignored",
                    meaning=meaning,
                )
            )
    return tuple(phrases)
