"""Which language model an organisation uses, as an administrator sets it."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta, UnsetType

Protocol = Literal["openai", "anthropic"]
Asked = Literal["unsure", "always"]


class ModelSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """``endpoint`` is where the protocol's own paths begin: ``https://host/v1``, ``http://ollama:11434/v1``.

    ``when`` says whether the model is asked for every question or where the embedded engine is not sure.
    Without ``may_see_values`` it is told names, types, units and agreed terms, and no value of any row.
    """

    protocol: Protocol
    endpoint: Annotated[str, Meta(min_length=8, max_length=500, pattern=r"^https?://[^\s?#@]+$")]
    model: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^\S+$")]
    when: Asked = "unsure"
    may_see_values: bool = False
    timeout_seconds: Annotated[int, Meta(ge=2, le=120)] = 20

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).hostname or ""


class LanguageModelChange(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"
):
    """A missing ``key`` keeps the one that is stored, an empty one takes it away."""

    settings: ModelSettings
    version: Annotated[int, Meta(ge=0)]
    key: Annotated[str, Meta(max_length=1_000, pattern=r"^[\x21-\x7e]*$")] | UnsetType = UNSET


class ModelOut(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What is set; never the key. Version 0: no model is used."""

    version: int
    settings: ModelSettings | None
    has_key: bool


class Tried(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What came of a trial: the model answered in so many milliseconds, or ``reason`` says why not."""

    works: bool
    elapsed_ms: float
    reason: str | None = None
