"""Rate limits in moving windows, in this process or shared through Redis."""

import time

import structlog
from limits import parse
from limits.aio.storage import MemoryStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from gridlens.core.config import WrongSettings
from gridlens.core.errors import TooMany

TIDIED_AFTER_SECONDS = 10.0
log = structlog.get_logger()


class LocalStore(MemoryStorage):
    """In this process. What is over is dropped now and then, and not counted before that either.

    The library would look through every key at every use, and go to a thread for each of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._tidied_at = time.monotonic()

    async def _MemoryStorage__schedule_expiry(self) -> None:  # noqa: N802 # the library's own, as Python names it
        if time.monotonic() - self._tidied_at >= TIDIED_AFTER_SECONDS:
            self._tidied_at = time.monotonic()
            await super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]  # private, and known by its test


class Limiter:
    """Counts what people do. A shared store that is down leaves each process with its own, stricter count."""

    def __init__(self, storage_url: str = "") -> None:
        self._local = MovingWindowRateLimiter(LocalStore())
        self._shared = MovingWindowRateLimiter(open_store(storage_url)) if storage_url else None

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


def open_store(url: str) -> Storage:
    try:
        storage = storage_from_string(f"async+{url}")
    except ConfigurationError as error:
        raise WrongSettings(
            f"Shared rate limits cannot be used: {error}.",
            fields={"rate_limit_url": f"{error}; install gridlens[redis]"},
        ) from error
    if not isinstance(storage, Storage):
        raise TypeError(f"{url} is not an asynchronous store")
    return storage
