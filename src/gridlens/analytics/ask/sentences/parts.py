"""What a sentence with slots is made of."""

from typing import Literal

import msgspec

SlotKind = Literal[
    "figure", "function", "unit", "group", "filter", "hours", "weekdays", "months", "range", "anchor",
    "comparison", "condition", "order", "limit", "columns", "add",
]  # fmt: skip
Accepts = Literal["days", "hours", "weekdays", "months", "number", "values"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    pass


class Patch(_Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A choice for a slot, as it is sent back to change the plan."""

    slot: str
    option: str


class Option(_Part, frozen=True, kw_only=True):
    label: str
    patch: Patch
    is_chosen: bool = False


class Words(_Part, frozen=True, kw_only=True, tag="words", tag_field="type"):
    text: str


class Slot(_Part, frozen=True, kw_only=True, tag="slot", tag_field="type"):
    """A part that can be changed. ``accepts`` says what may be typed instead of an option:

    days as ``days:2026-06-08:2026-06-14`` with both ends meant, hours as ``17:00-21:00``, weekdays and
    months as ``1,2,3``, a number as such, values as ``values:["a", "b"]``. ``typed`` is what stands there
    now, written the same way.
    """

    id: str
    label: str
    kind: SlotKind
    state: Literal["matched", "assumed"]
    options: tuple[Option, ...] = ()
    accepts: Accepts | None = None
    typed: str | None = None


Segment = Words | Slot


class Sentence(_Part, frozen=True, kw_only=True):
    """``segments`` in reading order; ``text`` is the same without slots."""

    segments: tuple[Segment, ...]
    text: str
