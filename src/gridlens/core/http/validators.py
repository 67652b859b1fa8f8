"""Answers that a browser keeps and asks again only whether they still hold: ``ETag`` and 304."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.datastructures.headers import ETag
from litestar.params import QueryParameter
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from gridlens import __version__
from gridlens.core.errors import Invalid

KEPT_PRIVATELY = "private, no-cache"
"""Kept by the reader's own browser alone, and never shown before it has asked us again."""
OptionsT = TypeVar("OptionsT")
Options = Annotated[
    str, QueryParameter(name="options", max_length=16_000, description="What to show, as JSON.")
]


def options_of(text: str, kind: type[OptionsT]) -> OptionsT:
    """Only what is asked for by its address can be kept, so a GET carries its options there."""
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise Invalid(
            "The options cannot be read. Correct them and send again.", fields={"options": str(error)}
        ) from None


def tag_of(*parts: bytes) -> str:
    """A weak validator: answers with equal parts say the same, though not with the same bytes."""
    # Another release may say the same in another way.
    digest = blake2b(__version__.encode(), digest_size=18)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return ETag(value=digest.hexdigest(), weak=True).to_header()


def is_known(request: Request[Any, Any, Any], tag: str) -> bool:
    """Whether the asker has this very answer already, by RFC 9110's weak comparison."""
    known = request.headers.get("if-none-match", "")
    return tag.removeprefix("W/") in {each.strip().removeprefix("W/") for each in known.split(",")}


def not_modified(tag: str, *, vary: str = "") -> Response[None]:
    return Response(None, status_code=HTTP_304_NOT_MODIFIED, headers=kept_headers(tag, vary=vary))


def kept_headers(tag: str, *, vary: str = "") -> Mapping[str, str]:
    headers = {"ETag": tag, "Cache-Control": KEPT_PRIVATELY}
    return {**headers, "Vary": vary} if vary else headers
