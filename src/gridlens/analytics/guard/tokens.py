"""The words of a text, before they are read, where sqlglot takes some of them for others."""

import re
from itertools import pairwise
from typing import Final

from sqlglot.tokenizer_core import Token, TokenType

from gridlens.analytics.guard.text import Place, unreadable

_BYTES: Final = re.compile(r"([0-9A-Fa-f]{2})*")


def settled(tokens: list[Token], sql: str, dialect: str) -> list[Token]:
    """The tokens as this dialect knows them.

    Raises:
        InvalidSql: some would be read as something else.
    """
    if dialect in {"sqlite", "postgres"}:
        _check_numbers(tokens, sql)
    if dialect == "duckdb":
        _check_factorials(tokens, sql)
        tokens = _with_bytes(tokens)
    return tokens


def _check_numbers(tokens: list[Token], sql: str) -> None:
    """Some servers read 1_000 as a thousand, which sqlglot takes for a one that is called _000."""
    for token, following in pairwise(tokens):
        is_word = following.text[:1].isalpha() or following.text.startswith("_")
        if token.token_type == TokenType.NUMBER and is_word and following.start == token.end + 1:
            raise unreadable("a number ends where a word begins", Place.of(sql, following.start))


def _with_bytes(tokens: list[Token]) -> list[Token]:
    """The tokens, with x'41' as one: sqlglot knows bytes so written in other dialects alone."""
    joined: list[Token] = []
    for token in tokens:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.token_type == TokenType.VAR
            and before.text in {"x", "X"}
            and token.token_type == TokenType.STRING
            and token.start == before.end + 1
            and _BYTES.fullmatch(token.text)
        ):
            joined[-1] = Token(
                TokenType.HEX_STRING, token.text, before.line, before.col, before.start, token.end
            )
        else:
            joined.append(token)
    return joined


def _check_factorials(tokens: list[Token], sql: str) -> None:
    """sqlglot takes the sign of a factorial for a NOT, so that 5! IS NULL is true."""
    for token, following in pairwise(tokens):
        is_operator = following.text.startswith("~") and following.start == token.end + 1
        if token.token_type == TokenType.NOT and token.text == "!" and not is_operator:
            raise unreadable("a factorial is written factorial(n)", Place.of(sql, token.start))
