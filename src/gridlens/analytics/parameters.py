"""Blanks in a question: what they are called, what may fill them, and what fills them in one run."""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from gridlens.analytics.errors import InvalidParameters

Scalar = str | int | float | bool
Value = Scalar | tuple[Scalar, ...] | None
ParameterType = Literal["text", "number", "date", "timestamp", "boolean", "list"]
LONGEST_TEXT = 10_000
LONGEST_LIST = 1_000
MOST_DIGITS = 60
_BROKEN = re.compile("[\x00\ud800-\udfff]")


class Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """A blank in a query. One that is optional and left out is NULL; a list left out filters nothing."""

    name: Annotated[str, Meta(pattern="^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
    type: ParameterType = "text"
    label: Annotated[str, Meta(max_length=200)] | None = None
    default: Value = None
    is_optional: bool = False


class Bound(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter with the value it has in one run."""

    name: str
    type: ParameterType
    value: Value


def bind_values(parameters: Sequence[Parameter], values: Mapping[str, Value]) -> tuple[Bound, ...]:
    """Every parameter with its value or its default; each wrong one is named with its reason."""
    wrong: dict[str, str] = {}
    known = {parameter.name for parameter in parameters}
    wrong |= {name: "there is no such parameter" for name in values if name not in known}
    bound = []
    for parameter in parameters:
        value = values.get(parameter.name)
        value = parameter.default if value is None else value
        if value is None and not parameter.is_optional:
            wrong[parameter.name] = "a value is needed"
        elif value is not None and (reason := _why_wrong(value, parameter.type)):
            wrong[parameter.name] = reason
        bound.append(Bound(name=parameter.name, type=parameter.type, value=value))
    if wrong:
        named = "; ".join(f"{name}: {reason}" for name, reason in wrong.items())
        raise InvalidParameters(f"Correct these parameters and run again. {named}", fields=wrong)
    return tuple(bound)


_SAMPLES: dict[ParameterType, Value] = {
    "text": "text",
    "number": 1,
    "date": "2025-01-01",
    "timestamp": "2025-01-01T00:00:00+00:00",
    "boolean": True,
    "list": ("text",),
}


def sample_values(parameters: Sequence[Parameter]) -> dict[str, Value]:
    """A value of the right type for each parameter that has no default: to check a query, not to run it."""
    return {each.name: _SAMPLES[each.type] for each in parameters if each.default is None}


def _why_wrong(value: Value, kind: ParameterType) -> str | None:
    if kind == "list":
        values = value if isinstance(value, tuple) else (value,)
        if len(values) > LONGEST_LIST:
            return f"at most {LONGEST_LIST:,} values are possible"
        reasons = (_why_wrong_scalar(each, "number" if _is_number(each) else "text") for each in values)
        return next((reason for reason in reasons if reason), None)
    if isinstance(value, tuple):
        return "one value is needed, not a list"
    return _why_wrong_scalar(value, kind)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _why_wrong_scalar(value: Value, kind: ParameterType) -> str | None:
    if kind == "boolean":
        return None if isinstance(value, bool) else "true or false is needed"
    if kind == "number":
        return _why_no_number(value)
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST_TEXT:
        return f"at most {LONGEST_TEXT:,} characters are possible"
    if _BROKEN.search(text):
        return "it holds a character that no database stores"
    try:
        if kind == "date":
            date.fromisoformat(text)
        if kind == "timestamp":
            datetime.fromisoformat(text)
    except ValueError:
        return (
            "a date like 2025-03-30 is needed" if kind == "date" else "a time like 2025-03-30T14:00 is needed"
        )
    return None


def _why_no_number(value: Value) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "a number is needed"
    if isinstance(value, float) and not math.isfinite(value):
        return "a finite number is needed"
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return "a number is needed"
    if (
        not number.is_finite()
        or abs(number.adjusted()) > MOST_DIGITS
        or len(number.as_tuple().digits) > MOST_DIGITS
    ):
        return "a number of ordinary size is needed"
    return None
