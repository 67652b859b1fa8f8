"""What sqlglot reads in one dialect as something near it, which would then be run in its place."""

import re
from typing import Any, Final

from sqlglot import exp
from sqlglot.parser import Parser
from sqlglot.tokenizer_core import TokenType

from gridlens.analytics.guard import allow_lists

SPELLED: Final = "spelled"
"""Key of how a number in base 16 or 2 begins that is no text of bytes or bits, and of a type as written."""

BEHIND: Final = "behind"
"""Key of a NOT that stands behind the value, as in NOT IN, and of a cast that does, as in x::text."""

BEFORE: Final = "before"
"""Key of a cast that is a text with its type before it."""

_PLAIN_TYPE: Final = re.compile(r"[A-Z_][A-Z0-9_]*(\([0-9]+(,[0-9]+)?\))?")
_WORD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HAS_LETTERS: Final = re.compile(r"[A-Za-z]")
_UNITS: Final = frozenset(
    """
    YEAR YEARS QUARTER QUARTERS MONTH MONTHS WEEK WEEKS DAY DAYS HOUR HOURS MINUTE MINUTES SECOND SECONDS
    MILLISECOND MILLISECONDS MICROSECOND MICROSECONDS DECADE DECADES CENTURY CENTURIES MILLENNIUM MILLENNIA
    """.split()
)
_POSTGRES_UNITS: Final = frozenset({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"})
_UNSIGNED: Final = {
    "UINT8": exp.DType.UTINYINT,
    "UINT16": exp.DType.USMALLINT,
    "UINT32": exp.DType.UINT,
    "UINT64": exp.DType.UBIGINT,
}
_JOIN_WORDS: Final = ("method", "side", "kind", "on", "using")
_AFFINITIES: Final = (
    (("INT",), exp.DType.BIGINT),
    (("CHAR", "CLOB", "TEXT"), exp.DType.TEXT),
    (("BLOB",), exp.DType.BLOB),
    (("REAL", "FLOA", "DOUB"), exp.DType.DOUBLE),
)
"""The letters in the name of a type by which SQLite converts."""


class TypesAsWritten(Parser):
    """SQLite takes any word for a type, and how it converts follows from the letters in it."""

    def _parse_types(self, *how: Any, **more: Any) -> Any:
        first = self._index
        read = super()._parse_types(*how, **more)
        if isinstance(read, exp.DataType):
            tokens = self._tokens[first : self._index]
            written = "".join(token.text for token in tokens).upper()
            if _PLAIN_TYPE.fullmatch(written):
                read.meta[SPELLED] = written
        return read


class Plus(exp.Unary):
    """+x: no position in ORDER BY, no column to SQLite, and a number to PostgreSQL where x is a text."""


def unary_plus(parser: Any) -> exp.Expr:
    return Plus(this=parser._parse_unary())


class SoundsLike(exp.Expression, exp.Binary, exp.Predicate):
    """x SOUNDS LIKE y, which sqlglot takes for a comparison that binds otherwise."""


class TestsAsWritten(Parser):
    """What is behind a test may bind more than it does, and brackets around it would change the meaning."""

    def _parse_range(self, this: Any = None, parse_is: bool = False) -> Any:
        # As sqlglot's own, which puts tests with NOT in brackets where another test follows.
        this = this or self._parse_bitwise()
        while parse_is or not self._is_predicate_ahead():
            negate = self._match(TokenType.NOT)
            if self._match_set(self.RANGE_PARSERS):
                read = self.RANGE_PARSERS[self._prev.token_type](self, this)
                if not read:
                    return this
                this = read
            elif self._match(TokenType.ISNULL) or (negate and self._match(TokenType.NULL)):
                this = self._build_predicate(exp.Is, this, exp.Null())
            elif self._match(TokenType.NOTNULL):
                this = self._build_predicate(exp.Is, this, exp.Null(), negate=True)
            else:
                if negate:
                    self._retreat(self._index - 1)
                break
            if negate:
                this = self._negate_range(this)
        return this


class SqliteReading(TypesAsWritten):
    """What SQLite takes for a type in a cast: any words."""

    def expression(self, instance: Any, *how: Any, **more: Any) -> Any:
        # sqlglot puts brackets around a test that another follows; SQLite compares first what stands first.
        is_written = self._curr.token_type == TokenType.R_PAREN
        if isinstance(instance, exp.Paren) and not is_written and not isinstance(instance.this.this, exp.Is):
            return instance.this
        return super().expression(instance, *how, **more)

    def _parse_types(self, *how: Any, **more: Any) -> Any:
        first, errors = self._index, list(self.errors)
        read = super()._parse_types(*how, **more)
        is_in_cast = more.get("with_collation")
        is_whole = isinstance(read, exp.DataType) and read.this.name in allow_lists.TYPES
        if not is_in_cast or (is_whole and self._match(TokenType.R_PAREN, advance=False)):
            return read
        self._retreat(first)
        self.errors = errors
        return self._parse_words_of_a_type()

    def _parse_words_of_a_type(self) -> exp.DataType | None:
        words: list[str] = []
        quoted = {TokenType.STRING, TokenType.IDENTIFIER}
        while self._curr and self._curr.token_type not in quoted and _WORD.fullmatch(self._curr.text):
            words.append(self._curr.text.upper())
            self._advance()
        if not words:
            return None
        name = " ".join(words)
        has_length = self._match(TokenType.L_PAREN, advance=False)
        length = self._parse_wrapped_csv(self._parse_number) if has_length else []
        kind = next((kind for parts, kind in _AFFINITIES if any(each in name for each in parts)), None)
        read = exp.DataType(this=kind or exp.DType.DECIMAL)
        numbers = ",".join(str(each.this) for each in length)
        read.meta[SPELLED] = f"{name}({numbers})" if numbers else name
        return read


class WholeUnits(Parser):
    """DuckDB and PostgreSQL take any word behind an interval but these for the name of its column."""

    def _parse_interval_span(self, this: Any, *how: Any, **more: Any) -> Any:
        behind = self._curr
        word = behind.text.upper() if behind else ""
        names_units = this.is_string and bool(_HAS_LETTERS.search(this.name))
        read = super()._parse_interval_span(this, *how, **more)
        if read.args.get("unit") is not None and word not in _UNITS:
            self.raise_error(f"No interval has the unit {word}; write it out, or AS before a name", behind)
        if word in _UNITS and (names_units or (this.is_string and read.args.get("unit") is None)):
            self.raise_error("An interval whose text names units or times takes no unit behind it", behind)
        return read


class DuckdbReading(WholeUnits):
    def _parse_user_defined_type(self, identifier: exp.Identifier) -> Any:
        kind = None if identifier.args.get("quoted") else _UNSIGNED.get(identifier.name.upper())
        return exp.DataType(this=kind) if kind else super()._parse_user_defined_type(identifier)

    def _parse_is_rhs(self, distinct: bool = False) -> Any:
        # A cast behind IS TRUE is one of the test, as it is behind IS NULL.
        is_word = self._curr.token_type in {TokenType.TRUE, TokenType.FALSE}
        return self._parse_primary() if is_word and not distinct else super()._parse_is_rhs(distinct)

    def _parse_map(self) -> Any:
        if self._curr.token_type not in {TokenType.L_BRACE, TokenType.L_PAREN}:
            self._retreat(self._index - 1)  # a column of that name
            return None
        return super()._parse_map()  # type: ignore[misc]


class WithoutPercent(Parser):
    """LIMIT 7 % 3 is a remainder where LIMIT knows no percentages."""

    def _parse_term(self, parse_mod: bool = True) -> Any:
        return super()._parse_term()


def _like(kind: type[exp.Expr]) -> Any:
    """~~ means LIKE, and binds as other operators do."""

    def parse(self: Any, this: Any) -> Any:
        word = self._prev.text
        node = self.expression(kind(this=this, expression=self._parse_bitwise()))
        if word.startswith("~"):
            node.meta[SPELLED] = word
            return node
        return self._parse_escape(node)

    return parse


def cast_behind(parser: Any, this: exp.Expr, kind: exp.Expr) -> exp.Expr:
    """x::type, which takes the nearest value only, whatever sqlglot makes of what is before it."""
    node: exp.Expr = parser.expression(exp.Cast(this=this, to=kind))
    node.meta[BEHIND] = True
    return node


LIKES: Final = {TokenType.LIKE: _like(exp.Like), TokenType.ILIKE: _like(exp.ILike)}


class PostgresReading(Parser):
    def _parse_interval(self, *how: Any, **more: Any) -> Any:
        if self._match_pair(TokenType.INTERVAL, TokenType.L_PAREN, advance=False):
            self.raise_error("an interval takes no precision here")
        return super()._parse_interval(*how, **more)

    def _parse_interval_span(self, this: Any, *how: Any, **more: Any) -> Any:
        behind, first = self._curr, self._index
        read = super()._parse_interval_span(this, *how, **more)
        if self._index > first and behind.text.upper() not in _POSTGRES_UNITS:
            self.raise_error(
                f"No interval has the unit {behind.text.upper()}; write it within the quotes", behind
            )
        return read

    def _parse_types(self, *how: Any, **more: Any) -> Any:
        read = super()._parse_types(*how, **more)
        if isinstance(read, exp.DataType):
            if read.this == exp.DType.BIT and self._match_text_seq("VARYING", advance=False):
                self.raise_error("The type BIT VARYING is not known here")
            # sqlglot loses the word at the end of a text.
            is_list = self._match(TokenType.ARRAY) or self._prev.token_type == TokenType.ARRAY
            if is_list and read.this != exp.DType.ARRAY:
                read = exp.DataType(this=exp.DType.ARRAY, expressions=[read], nested=True)
        return read


class MysqlReading(Parser):
    def _parse_interval(self, *how: Any, **more: Any) -> Any:
        first = self._index
        if self._match_pair(TokenType.INTERVAL, TokenType.L_PAREN):
            # The function of that name, which counts how many of its arguments are not larger.
            given = self._parse_csv(self._parse_expression)
            if len(given) > 1 and self._match(TokenType.R_PAREN):
                return self.expression(exp.Anonymous(this="INTERVAL", expressions=given))
            self._retreat(first)
        return super()._parse_interval(*how, **more)

    def _parse_amount(self) -> Any:
        return self._parse_bitwise()

    def _build_predicate(
        self, klass: Any, this: Any, expression: Any, comments: Any = None, negate: bool = False
    ) -> Any:
        # All comparisons bind alike there, from left to right, and sqlglot's brackets would change that.
        node = klass(this=this, expression=expression, **({"negate": True} if negate else {}))
        return self.expression(node, comments=comments)

    def _parse_range(self, this: Any = None, parse_is: bool = False) -> Any:
        this = this or self._parse_bitwise()
        while self._match_text_seq("SOUNDS", "LIKE"):
            this = self.expression(SoundsLike(this=this, expression=self._parse_bitwise()))
        return super()._parse_range(this, parse_is)

    def _parse_interval_span(self, this: Any, *how: Any, **more: Any) -> Any:
        read = super()._parse_interval_span(this, *how, **more)
        # A day and a half are two days as a number, and one as a text.
        if this.is_number:
            read.set("this", this)
        return read

    def _parse_join(self, *how: Any, **more: Any) -> Any:
        is_comma = bool(self._curr) and self._curr.token_type == TokenType.COMMA
        join = super()._parse_join(*how, **more)
        if isinstance(join, exp.Join) and not is_comma and not any(map(join.args.get, _JOIN_WORDS)):
            # A comma, for which sqlglot takes it, binds less than what is joined behind it.
            join.set("kind", "CROSS")
        return join

    def _parse_limit(self, this: Any = None, *how: Any, **more: Any) -> Any:
        read = super()._parse_limit(this, *how, **more)
        if isinstance(read, exp.Fetch) and not _has_ties(read):
            # MySQL knows the other word alone, MariaDB both.
            return self.expression(exp.Limit(expression=read.args.get("count") or exp.Literal.number(1)))
        return read


def _has_ties(fetch: exp.Fetch) -> bool:
    options = fetch.args.get("limit_options")
    return options is not None and bool(options.args.get("with_ties"))


def _not(parser: Any) -> exp.Expr:
    if parser._prev.text == "!":
        parser.raise_error("! and !! are not known here; NOT is", parser._prev)
    node: exp.Expr = parser.expression(exp.Not(this=parser._parse_equality()))
    return node


def _prefix_operator(kind: type[exp.Expr], sign: str) -> Any:
    def parse(self: Any) -> Any:
        if self._prev.text != sign:  # a parameter, $1
            self._retreat(self._index - 1)
            return self._parse_type()
        return self.expression(kind(this=self._parse_term()))

    return parse


PREFIX_OPERATORS: Final = {
    TokenType.NOT: _not,
    TokenType.PIPE_SLASH: _prefix_operator(exp.Sqrt, "|/"),
    TokenType.DPIPE_SLASH: _prefix_operator(exp.Cbrt, "||/"),
    TokenType.PARAMETER: _prefix_operator(exp.Abs, "@"),
}
"""PostgreSQL's own signs bind less than sums do: ``|/ 9 + 7`` is four."""
