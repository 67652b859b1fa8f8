"""One guarded request to a language model: no redirect, no proxy, no private address that nobody listed."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

import msgspec

from gridlens.analytics.language_model.errors import ModelAnswerUnusable, ModelUnavailable
from gridlens.analytics.language_model.protocols import Call
from gridlens.analytics.language_model.settings import ModelSettings
from gridlens.core.addresses import AddressPolicy

LARGEST_REPLY = 2 * 2**20
_REASONS = {
    400: "it does not understand the request; check the name of the model",
    401: "it does not take the key",
    403: "the key may not use this model",
    404: "there is nothing at this address, or no model of this name",
    413: "the source has too many names for it",
    429: "it has had too many requests; wait a minute",
}


class Endpoint:
    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy

    async def send(self, settings: ModelSettings, call: Call) -> Any:
        """The reply to one call, as JSON.

        Raises:
            ModelUnavailable: it cannot be reached or refuses us, or took longer than it may.
            ModelAnswerUnusable: what came back is no JSON.
        """
        import httpx

        try:
            async with asyncio.timeout(settings.timeout_seconds):
                content = await self._exchange(settings, call)
        except TimeoutError as error:
            raise ModelUnavailable(
                f"The language model took longer than {settings.timeout_seconds} s. Ask again, or simpler."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise ModelUnavailable(
                f"The language model at {settings.host} cannot be reached ({type(error).__name__}). An "
                "administrator can try it in the settings."
            ) from error
        try:
            return msgspec.json.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ModelAnswerUnusable(
                "The endpoint answered something that is no JSON. An administrator can check its address."
            ) from error

    async def _exchange(self, settings: ModelSettings, call: Call) -> bytes:
        import httpx

        parts = urlsplit(settings.endpoint)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        address = (await self._policy.resolve(host, port))[0]
        # Connected by address, so that a second answer of the name server cannot lead elsewhere.
        place = f"[{address}]" if ":" in address else address
        url = f"{parts.scheme}://{place}:{port}{parts.path.rstrip('/')}{call.path}"
        headers = {"host": parts.netloc, "content-type": "application/json", **call.headers}
        async with (
            httpx.AsyncClient(
                trust_env=False, follow_redirects=False, timeout=settings.timeout_seconds
            ) as http,
            http.stream(
                "POST",
                url,
                headers=headers,
                content=msgspec.json.encode(call.body),
                extensions={"sni_hostname": host},
            ) as response,
        ):
            if response.status_code != 200:
                reason = _REASONS.get(response.status_code, f"it answered with status {response.status_code}")
                raise ModelUnavailable(f"The language model at {host} cannot be used: {reason}.")
            content = bytearray()
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > LARGEST_REPLY:
                    raise ModelAnswerUnusable("The endpoint answered more than 2 MiB; that is no answer.")
            return bytes(content)
