"""sqlglot's reading and writing of the four dialects, narrowed to what a guard can vouch for.

Function calls stay as they were written instead of being translated, so that one list of names
says what may be called; and reading is bounded in steps, nodes and time.
"""

import logging
import time
from functools import cache
from itertools import pairwise
from typing import Any, NoReturn

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect
from sqlglot.errors import ErrorLevel, ParseError, SqlglotError
from sqlglot.parser import Parser
from sqlglot.tokenizer_core import Token, TokenType

from gridlens.analytics.guard import allow_lists
from gridlens.analytics.guard.dialect_readings import (
    BEFORE,
    BEHIND,
    LIKES,
    PREFIX_OPERATORS,
    SPELLED,
    DuckdbReading,
    MysqlReading,
    PostgresReading,
    SqliteReading,
    TestsAsWritten,
    TypesAsWritten,
    WholeUnits,
    WithoutPercent,
    cast_behind,
    unary_plus,
)
from gridlens.analytics.guard.dialect_writings import WRITTEN
from gridlens.analytics.guard.sqlite_names import note_names
from gridlens.analytics.guard.text import Place, refused, unreadable
from gridlens.analytics.guard.tokens import settled

# What it warns of is in the hands of whoever writes queries, and would fill our log.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

MOST_NODES = 30_000
LONGEST_SECONDS = 4.0
STEPS_PER_TOKEN = 60
FREE_STEPS = 20_000
_CLOCK_EVERY = 2_047
START = "start"
"""Key of a node's offset in the text, as sqlglot keeps it."""
NEAR = "near"
"""Key of the offset of the last token read when a node was made."""


class _TooMuch(Exception):
    """The text takes more work to read than any real query."""


def _json_operator(kind: type[exp.Expr]) -> Any:
    return lambda self, this, path: self.expression(kind(this=this, expression=path))


_JSON_OPERATORS = {
    TokenType.ARROW: _json_operator(exp.JSONExtract),
    TokenType.DARROW: _json_operator(exp.JSONExtractScalar),
    TokenType.HASH_ARROW: _json_operator(exp.JSONBExtract),
    TokenType.DHASH_ARROW: _json_operator(exp.JSONBExtractScalar),
}


class _Reading(Parser):
    """What the guard adds to a dialect's parser."""

    _steps_left = 0
    _give_up_at = 0.0

    def limit(self, tokens: int) -> None:
        self._steps_left = FREE_STEPS + STEPS_PER_TOKEN * tokens
        self._give_up_at = time.monotonic() + LONGEST_SECONDS

    def _advance(self, times: int = 1) -> None:
        self._steps_left -= 1
        if self._steps_left < 0 or (
            self._steps_left & _CLOCK_EVERY == 0 and time.monotonic() > self._give_up_at
        ):
            raise _TooMuch
        super()._advance(times)

    def expression(self, instance: Any, token: Token | None = None, comments: list[str] | None = None) -> Any:
        instance.meta[NEAR] = self._prev.start
        return super().expression(instance, token, comments)

    def raise_error(self, message: str, token: Any = None) -> None:
        token = token or self._curr or self._prev
        error = ParseError(message, [{"description": message, "start": token.start if token else 0}])
        if self.error_level == ErrorLevel.IMMEDIATE:
            raise error
        self.errors.append(error)

    def check_errors(self, *_: Any) -> None:
        if self.errors:
            raise self.errors[0]

    def _parse_expression(self) -> Any:
        # DuckDB's "alias: value" would otherwise swallow SELECT in "SELECT :parameter".
        if self._curr.token_type == TokenType.SELECT:
            return None
        return super()._parse_expression()

    def _parse_interval(self, require_interval: bool = True, parse_function_unit: bool = True) -> Any:
        # As sqlglot's own, which takes what is added to an interval for a part of it, up to a cast behind.
        first = self._index
        if not self._match(TokenType.INTERVAL) and require_interval:
            return None
        is_text = self._match(TokenType.STRING, advance=False)
        this = self._parse_primary() if is_text else self._parse_amount()
        if this is None or (isinstance(this, exp.Column) and not self._is_at_unit()):
            self._retreat(first)
            return None
        return self._parse_interval_span(this, parse_function_unit=parse_function_unit)

    def _parse_amount(self) -> Any:
        return self._parse_term()

    def _is_at_unit(self) -> bool:
        return bool(self._curr) and self._curr.text.upper() in self.dialect.VALID_INTERVAL_UNITS

    def _parse_interval_span(self, this: Any, *how: Any, **more: Any) -> Any:
        # sqlglot takes the first words of '1 day ago' for the whole.
        written, first = this.copy(), self._index
        read = super()._parse_interval_span(this, *how, **more)
        if written.is_string and self._index == first:
            for part in ("unit", "fraction_in_string"):
                read.set(part, None)
            read.set("this", written)
        return read

    def _parse_primary(self) -> Any:
        # sqlglot makes 0.5 of .5, which is a digit wider and gives a column another name.
        is_bare = self._curr.token_type == TokenType.DOT
        read = super()._parse_primary()
        if is_bare and isinstance(read, exp.Literal):
            read.set("this", read.name.removeprefix("0"))
        return read

    def _parse_star_ops(self) -> Any:
        # *COLUMNS(…) gives one call many arguments, where COLUMNS(…) makes one call for each column.
        read = super()._parse_star_ops()
        if isinstance(read, exp.Anonymous) and len(read.expressions) == 1:
            return self.expression(exp.Columns(this=read.expressions[0], unpack=True))
        return read

    def _parse_simplified_pivot(self, is_unpivot: bool | None = None) -> Any:
        # The engine takes ORDER BY and LIMIT behind a PIVOT; a tree has room for them in a SELECT alone.
        pivot = super()._parse_simplified_pivot(is_unpivot)
        if self._curr.token_type not in {TokenType.ORDER_BY, TokenType.LIMIT}:
            return pivot
        inner = exp.Subquery(this=pivot)
        around = exp.Select(expressions=[exp.Star()], from_=exp.From(this=inner))
        return self._parse_query_modifiers(around)

    def _parse_type(self, *how: Any, **more: Any) -> Any:
        # sqlglot takes DATE '2025-01-01'::text for a cast of ('2025-01-01'::text).
        first = self._index
        if self._curr.token_type != TokenType.INTERVAL and self._curr.token_type in self.TYPE_TOKENS:
            kind = self._parse_types(check_func=True, allow_identifiers=False)
            if isinstance(kind, exp.DataType) and self._curr.token_type == TokenType.STRING:
                literal = self._parse_primary()
                if isinstance(literal, exp.Literal):
                    read = self.TYPE_LITERAL_PARSERS.get(kind.this)
                    typed = read(self, literal, kind) if read else exp.Cast(this=literal, to=kind)
                    typed.meta[BEFORE] = True
                    return self._parse_column_ops(self.expression(typed))
            self._retreat(first)
        return super()._parse_type(*how, **more)

    def _negate_range(self, this: Any = None) -> Any:
        # NOT before a value and NOT behind it do not bind alike.
        read = super()._negate_range(this)
        if isinstance(read, exp.Not):
            read.meta[BEHIND] = True
        return read

    def _parse_join(self, *how: Any, **more: Any) -> Any:
        # sqlglot drops what is joined to anything but a table or a subquery before its own ON.
        join = super()._parse_join(*how, **more)
        joined = join.this if isinstance(join, exp.Join) else None
        if (
            joined is not None
            and joined.args.get("joins")
            and not isinstance(joined, exp.Table | exp.Subquery)
        ):
            self.raise_error("A join within a join may begin with a table or a subquery only")
        return join

    def _parse_is(self, this: Any) -> Any:
        read = super()._parse_is(this)
        if isinstance(read, exp.Not):
            read.meta[BEHIND] = True
        return read

    def _warn_unsupported(self) -> None:
        """A statement that sqlglot only passes through: the guard refuses it by its node."""


class Grammar:
    """Reads and writes one dialect."""

    def __init__(self, dialect: str) -> None:
        self.name = dialect
        self._dialect: Any = Dialect.get_or_raise(dialect)
        # Places in lists stay as they are written, instead of being counted from zero and back.
        self._dialect.INDEX_OFFSET = 0
        self._parser = _parser_of(self._dialect, dialect)
        self._generator = _generator_of(self._dialect, dialect)

    def read(self, sql: str) -> list[exp.Expr]:
        """The statements in a text, without empty ones."""
        try:
            tokens = settled(self._dialect.tokenize(sql), sql, self.name)
            parser = self._parser(error_level=ErrorLevel.RAISE, dialect=self._dialect, max_nodes=MOST_NODES)
            parser.limit(len(tokens))
            trees = parser.parse(tokens, sql)
        except ParseError as error:
            [found, *_] = error.errors or [{"description": str(error), "start": 0}]
            place = Place.of(sql, int(found.get("start") or 0))
            raise unreadable(_in_words(str(found["description"])), place) from error
        except (_TooMuch, RecursionError) as error:
            raise refused("it is nested too deeply or takes too long to read", "nesting") from error
        except SqlglotError as error:
            raise unreadable(str(error).splitlines()[0].rstrip(".")) from error
        except Exception as error:  # the parser trips over some malformed texts; those are refused too
            raise unreadable("its structure is not understood") from error
        trees = [tree for tree in trees if tree is not None and not isinstance(tree, exp.Semicolon)]
        for tree in trees:
            if self.name == "mysql":
                _settle_mysql_words(tree)
            if self.name == "postgres":
                _settle_postgres_calls(tree)
            if self.name == "sqlite":
                note_names(tree, sql, START)
            if self.name in {"mysql", "postgres"}:
                _settle_texts(tree)
            _settle_exists(tree)
        return trees

    def second_statement(self, sql: str) -> Place | None:
        """Where the first statement has ended and another begins."""
        tokens = self._dialect.tokenize(sql)
        for token, following in pairwise(tokens):
            if token.token_type == TokenType.SEMICOLON and following.token_type != TokenType.SEMICOLON:
                return Place.of(sql, following.start)
        return None

    def write(self, tree: exp.Expr, *, pretty: bool = False, is_spent: bool = False) -> str:
        """The text of a tree, without comments; one that ``is_spent`` may be changed on the way."""
        generator = self._generator(
            dialect=self._dialect,
            comments=False,
            normalize_functions=False,
            pretty=pretty,
            unsupported_level=ErrorLevel.RAISE,
        )
        try:
            return str(generator.generate(tree, copy=not is_spent))
        except (SqlglotError, RecursionError, ValueError) as error:
            raise refused("it cannot be written back faithfully", "rendering") from error


_CLOCKS = frozenset({"UTC_DATE", "UTC_TIME", "UTC_TIMESTAMP"})
_HARMLESS_MODIFIERS = frozenset(
    """
    SQL_NO_CACHE SQL_CACHE SQL_SMALL_RESULT SQL_BIG_RESULT SQL_BUFFER_RESULT STRAIGHT_JOIN HIGH_PRIORITY
    """.split()
)


def _settle_mysql_words(tree: exp.Expr) -> None:
    """Clocks may be read without brackets, and some words behind SELECT change nothing in its rows."""
    for column in list(tree.find_all(exp.Column)):
        name = column.this
        if not isinstance(name, exp.Identifier) or name.quoted or column.args.get("table"):
            continue
        if name.name.upper() in _CLOCKS:
            clock = exp.Anonymous(this=name.name, expressions=[])
            clock.meta.update(name.meta)
            column.replace(clock)
    for select in tree.find_all(exp.Select):
        modifiers = select.args.get("operation_modifiers") or []
        kept = [word for word in modifiers if word.name.upper() not in _HARMLESS_MODIFIERS]
        select.set("operation_modifiers", kept or None)


def _settle_postgres_calls(tree: exp.Expr) -> None:
    """What is only another way of writing a cast or a named argument."""
    for literal in list(tree.find_all(exp.ParseJSON)):
        if literal.args.get("is_literal"):
            literal.replace(exp.Cast(this=literal.this, to=exp.DataType.build("JSON")))
    for named in list(tree.find_all(exp.PropertyEQ)):
        if isinstance(named.parent, exp.Anonymous):
            named.replace(exp.Kwarg(this=exp.Var(this=named.name), expression=named.expression))


def _settle_texts(tree: exp.Expr) -> None:
    """A text goes on in the next one; what is a function has stayed a call."""
    for texts in list(tree.find_all(exp.Concat)):
        if all(each.is_string for each in texts.expressions):
            texts.replace(exp.Literal.string("".join(each.name for each in texts.expressions)))


def _settle_exists(tree: exp.Expr) -> None:
    """A test for rows that begin with another word than SELECT is no function either."""
    for call in list(tree.find_all(exp.Anonymous)):
        rows = call.expressions
        if (
            str(call.this).upper() == "EXISTS"
            and len(rows) == 1
            and isinstance(rows[0], exp.Query | exp.Values)
        ):
            call.replace(exp.Exists(this=rows[0]))


def _in_words(description: str) -> str:
    """What sqlglot says of a mistake, without the names of its classes."""
    if description.startswith("Required keyword"):
        return "something is missing here"
    if description.startswith("Invalid expression"):
        return "this was not expected here"
    reason = description.split(" but got <Token", maxsplit=1)[0].rstrip(".")
    return reason[:1].lower() + reason[1:]


@cache
def grammar_of(dialect: str) -> Grammar:
    if dialect not in allow_lists.DIALECTS:
        raise refused(f"sources of the kind “{dialect}” cannot be guarded", dialect)
    return Grammar(dialect)


_WORDS = frozenset(
    kind for word, kind in Dialect.get_or_raise("postgres").tokenizer_class.KEYWORDS.items() if word.isalpha()
)


_OWN_READINGS: dict[str, tuple[type[Parser], ...]] = {
    "duckdb": (DuckdbReading, _Reading),
    "sqlite": (SqliteReading, _Reading, WithoutPercent),
    "postgres": (WholeUnits, _Reading, PostgresReading, TestsAsWritten, WithoutPercent),
    "mysql": (TypesAsWritten, MysqlReading, _Reading, TestsAsWritten, WithoutPercent),
}


def _parser_of(dialect: Dialect, name: str) -> Any:
    base: Any = dialect.parser_class
    own_grammar = {word.upper() for word in allow_lists.OWN_GRAMMAR[name]}
    bases = (*_OWN_READINGS[name], base)
    unary = {**base.UNARY_PARSERS, TokenType.PLUS: unary_plus}
    operators = _with_plain_json(base.COLUMN_OPERATORS)
    own = {}
    if name == "postgres":
        unary = {**unary, **PREFIX_OPERATORS}
        operators = {**operators, TokenType.DCOLON: cast_behind}
        own = {
            "RANGE_PARSERS": {**base.RANGE_PARSERS, **LIKES},
            # It is a power there, and binds more than what sqlglot may take it for.
            "BITWISE": {k: v for k, v in base.BITWISE.items() if k != TokenType.CARET},
        }
    if name == "sqlite":
        own = {"CONCAT_OPERATORS": _with_plain_json(base.CONCAT_OPERATORS)}
    if name == "duckdb":
        # To DuckDB <=> is a distance, and sqlglot takes it for IS NOT DISTINCT FROM.
        own = {"EQUALITY": {k: v for k, v in base.EQUALITY.items() if k != TokenType.NULLSAFE_EQ}}
    return type(
        f"{name.title()}Reading",
        bases,
        {
            "FUNCTIONS": {},
            "UNARY_PARSERS": unary,
            # An arrow behind a name is JSON's: the engines have no lambda that is written with one.
            "LAMBDAS": {k: v for k, v in base.LAMBDAS.items() if k != TokenType.ARROW},
            # VALUES begins a table here; it is a function only where rows are written.
            "FUNC_TOKENS": base.FUNC_TOKENS - {TokenType.VALUES},
            "VALUES_FOLLOWED_BY_PAREN": True,
            "NO_PAREN_FUNCTION_PARSERS": {**base.NO_PAREN_FUNCTION_PARSERS, **_some(base)},
            "FUNCTION_PARSERS": {
                word: _with_limit(read) if word == "GROUP_CONCAT" else read
                for word, read in {"MID": base.FUNCTION_PARSERS["SUBSTRING"], **base.FUNCTION_PARSERS}.items()
                if word in own_grammar
            },
            # sqlglot takes list(x)[1] for an array that is written out, and drops x.
            "ARRAY_CONSTRUCTORS": {"ARRAY": exp.Array},
            # Any word may follow a colon: ":from" and ":end" are natural names of parameters.
            "COLON_PLACEHOLDER_TOKENS": base.COLON_PLACEHOLDER_TOKENS | _WORDS,
            "PRIMARY_PARSERS": {**base.PRIMARY_PARSERS, **_spelled(base)},
            # CAST(… AS TIME) drops what is below a second, and TIME '…' does not.
            "TYPE_LITERAL_PARSERS": {**base.TYPE_LITERAL_PARSERS, **_typed(name)},
            "COLUMN_OPERATORS": operators,
            "JSON_OPERATORS": _with_plain_json(base.JSON_OPERATORS),
            **own,
        },
    )


def _with_limit(read: Any) -> Any:
    """MariaDB's limit of a concatenation stands behind its separator."""

    def parse(self: Any) -> Any:
        node = read(self)
        if self._curr and self._curr.token_type == TokenType.LIMIT:
            limit = self._parse_limit(node.this)
            if self._match(TokenType.OFFSET):
                limit.set("offset", self._parse_term())
            node.set("this", limit)
        return node

    return parse


def _spelled(base: Any) -> dict[TokenType, Any]:
    """0xFF is a number where x'FF' is bytes, and sqlglot tells them apart no more once they are read."""

    def remembering(read: Any) -> Any:
        def parse(self: Any, token: Token) -> Any:
            node = read(self, token)
            beginning = self.sql[token.start : token.start + 2].lower()
            if beginning in {"0x", "0b"}:
                node.meta[SPELLED] = beginning
            return node

        return parse

    kinds = (TokenType.HEX_STRING, TokenType.BIT_STRING)
    return {kind: remembering(base.PRIMARY_PARSERS[kind]) for kind in kinds}


def _typed(name: str) -> dict[exp.DType, Any]:
    def time(self: Any, this: exp.Expr, _: Any) -> Any:
        return self.expression(exp.Anonymous(this="TIME", expressions=[this]))

    return {exp.DType.TIME: time} if name == "mysql" else {}


def _some(base: Any) -> dict[str, Any]:
    """SOME is another word for ANY, and is read as it."""
    parsers = base.NO_PAREN_FUNCTION_PARSERS
    return {"SOME": parsers["ANY"]} if "ANY" in parsers else {}


def _with_plain_json(operators: dict[TokenType, Any]) -> dict[TokenType, Any]:
    """JSON paths are kept as written: translating one can change what it selects."""
    return {token: _JSON_OPERATORS.get(token, read) for token, read in operators.items()}


def _generator_of(dialect: Dialect, name: str) -> Any:
    base: Any = dialect.generator_class
    transforms = {**base.TRANSFORMS, **WRITTEN[name]}
    # DUAL is a name that must stand without quotes, though it is reserved.
    reserved = base.RESERVED_KEYWORDS - {"dual"}
    changed = {"TRANSFORMS": transforms, "RESERVED_KEYWORDS": reserved, "MULTI_ARG_DISTINCT": True}
    if name == "postgres":
        # '1.5' HOUR is an hour there, and '1.5 hours' is more.
        changed["SINGLE_STRING_INTERVAL"] = False
    if name == "mysql":
        changed["LIMIT_FETCH"] = "ALL"
    return type(f"{name.title()}Writing", (base,), changed)


def place_of(sql: str, node: exp.Expr) -> Place:
    """Where a node stands: at its first token that is known, else where what it stands in does."""
    inner: exp.Expr | None = node
    while inner is not None:
        starts = [found.meta[START] for found in inner.walk() if START in found.meta]
        offset = min(starts, default=inner.meta.get(NEAR))
        if offset is not None:
            return Place.of(sql, offset)
        inner = inner.parent
    return Place.of(sql, len(sql) - len(sql.lstrip()))


def fail(sql: str, node: exp.Expr, reason: str, construct: str) -> NoReturn:
    raise refused(reason, construct, place_of(sql, node))
