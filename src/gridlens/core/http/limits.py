"""Rate limits in moving windows, in this process or shared through Redis."""

import structlog
from limits import parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.storage import storage_from_string

from gridlens.core.errors import TooMany

log = structlog.get_logger()


class Limiter:
    """Counts what people do. A shared store that is down leaves each process with its own, stricter count."""

    def __init__(self, storage_url: str = "") -> None:
        self._local = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_open(storage_url)) if storage_url else None

    async def allows(self, limit: str, *key: str) -> bool:
        """Count one use of ``limit``, written like ``10/5 minutes``; false when it is used up."""
        rule = parse(limit)
        if self._shared is not None:
            try:
                return await self._shared.hit(rule, *key)
            except Exception:
                log.exception("rate_limit_store_down")
        return await self._local.hit(rule, *key)

    async def check(self, limit: str, *key: str) -> None:
        """Raise ``TooMany`` with the time to wait when the limit is used up."""
        if not await self.allows(limit, *key):
            seconds = parse(limit).get_expiry()
            raise TooMany(
                f"That was too often: {limit} is the limit. Wait and try again.",
                headers={"Retry-After": str(seconds)},
            )


def _open(url: str) -> Storage:
    storage = storage_from_string(f"async+{url}")
    if not isinstance(storage, Storage):
        raise TypeError(f"{url} is not an asynchronous store")
    return storage
