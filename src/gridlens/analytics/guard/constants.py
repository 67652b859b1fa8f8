"""Numbers that a query writes out, however it dresses them."""

import operator
from collections.abc import Callable

from sqlglot import exp

LARGEST = 1e300
_ARITHMETIC: dict[type[exp.Expr], Callable[[float, float], float]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
    exp.Div: operator.truediv,
    exp.Pow: lambda base, power: base**power if abs(power) <= 300 else LARGEST,
    exp.BitwiseLeftShift: lambda number, bits: number * 2.0 ** min(bits, 300.0),
}


def number_in(node: exp.Expr) -> float | None:
    """What an expression of numbers alone comes to; nothing where it holds anything else."""
    match node:
        case exp.Literal():
            return _literal(node)
        case exp.Paren() | exp.Cast():
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
