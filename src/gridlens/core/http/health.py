"""Whether this process lives, and whether it can serve."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec
from litestar import Response, get
from litestar.datastructures import State

from gridlens.core.http.access import public

Probe = Callable[[], Awaitable[str | None]]
"""Nothing when the part is ready, else the reason why it is not."""


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """``parts`` names each part with ``ready`` or the reason why it is not."""

    ready: bool
    parts: dict[str, str]


@get("/health/live", guards=[public], operation_id="healthLive", tags=["health"], sync_to_thread=False)
def live() -> dict[str, str]:
    """This process answers."""
    return {"status": "live"}


@get("/health/ready", guards=[public], operation_id="healthReady", tags=["health"])
async def ready(state: State) -> Response[Readiness]:
    """Everything this process needs answers too; else 503 naming the part that does not."""
    probes: Mapping[str, Probe] = state.probes
    parts = {name: await probe() or "ready" for name, probe in probes.items()}
    is_ready = all(said == "ready" for said in parts.values())
    return Response(Readiness(ready=is_ready, parts=parts), status_code=200 if is_ready else 503)
