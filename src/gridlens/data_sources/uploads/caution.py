"""Something that a person should know before an import."""

import msgspec


class Caution(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """``code`` is for programs, ``message`` for people; ``column`` is none when the whole file is meant."""

    code: str
    message: str
    column: str | None = None
