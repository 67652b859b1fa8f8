"""Numbers and times that a query writes out, however it dresses them."""

import operator
import re
from collections.abc import Callable
from datetime import UTC, datetime

from sqlglot import exp

from gridlens.analytics.guard.dialect_readings import Plus

LARGEST = 1e300
_ARITHMETIC: dict[type[exp.Expr], Callable[[float, float], float]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: operator.truediv,
    exp.Pow: lambda base, power: base**power if abs(power) <= 300 else LARGEST,
    exp.BitwiseLeftShift: lambda number, bits: number * 2.0 ** min(bits, 300.0),
}
_STEP = re.compile(r"([0-9.]+)\s*([a-z]+)", re.IGNORECASE)
_UNITS = {
    "us": 1e-6,
    "micro": 1e-6,
    "ms": 1e-3,
    "millis": 1e-3,
    "s": 1.0,
    "m": 60.0,
    "h": 3_600.0,
    "d": 86_400.0,
    "w": 604_800.0,
    "mo": 2_592_000.0,
    "y": 31_536_000.0,
}


def number_in(node: exp.Expr) -> float | None:
    """What an expression of numbers alone comes to; nothing where it holds anything else."""
    match node:
        case exp.Literal():
            return _literal(node)
        case exp.Paren() | exp.Cast() | Plus():
            return number_in(node.this)
        case exp.Neg():
            inner = number_in(node.this)
            return None if inner is None else -inner
        case exp.HexString():
            return float(int(str(node.this) or "0", 16))
    calculate = _ARITHMETIC.get(type(node))
    if calculate is None:
        return None
    left, right = number_in(node.this), number_in(node.expression)
    if left is None or right is None:
        return None
    try:
        return calculate(left, right)
    except (ArithmeticError, ValueError, TypeError):
        return LARGEST


def _literal(node: exp.Literal) -> float | None:
    try:
        return float(str(node.this).replace("_", ""))
    except ValueError:
        return None


def seconds_in(node: exp.Expr) -> float | None:
    """What a moment or an interval that is written out comes to; nothing where it is not."""
    match node:
        case exp.Paren() | exp.Cast():
            return seconds_in(node.this)
        case exp.Interval(this=exp.Literal()):
            unit = node.args.get("unit")
            return _interval(f"{node.this.name} {unit.name if unit else ''}")
        case exp.Literal() if node.is_string:
            try:
                moment = datetime.fromisoformat(node.name.strip())
            except ValueError:
                return _interval(node.name)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _interval(text: str) -> float | None:
    """How long a step is, or nearly; its sign does not matter to the number of steps."""
    seconds = 0.0
    for count, word in _STEP.findall(text):
        unit = max((unit for unit in _UNITS if word.lower().startswith(unit)), key=len, default=None)
        if unit is None or count.count(".") > 1 or count == ".":
            return None
        seconds += float(count) * _UNITS[unit]
    return seconds or None
