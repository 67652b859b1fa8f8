"""Rate limits in moving windows, in this process or shared through Redis."""

import time
from collections import deque
from functools import lru_cache

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from gridlens.core.config import WrongSettings
from gridlens.core.errors import TooMany

TIDIED_AFTER_SECONDS = 10.0
log = structlog.get_logger()


class LocalWindows:
    """The uses of each key in this process.

    The library's own store looks through every key at every use, goes to a thread for it, and moves
    all uses of a key by one place for the next.
    """

    def __init__(self) -> None:
        self._uses: dict[str, tuple[int, deque[float]]] = {}
        self._tidied_at = time.monotonic()

    def hit(self, rule: RateLimitItem, *key: str) -> bool:
        """Count one use; false, and not counted, when as many as are allowed are young enough."""
        now, window = time.monotonic(), rule.get_expiry()
        if now - self._tidied_at >= TIDIED_AFTER_SECONDS:
            self._tidy(now)
        name = rule.key_for(*key)
        if name not in self._uses:
            self._uses[name] = (window, deque(maxlen=rule.amount))
        uses = self._uses[name][1]
        if len(uses) == rule.amount and now - uses[0] <= window:
            return False
        uses.append(now)
        return True

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._uses)

    def _tidy(self, now: float) -> None:
        self._tidied_at = now
        self._uses = {
            name: (window, uses) for name, (window, uses) in self._uses.items() if now - uses[-1] <= window
        }


class Limiter:
    """Counts what people do. A shared store that is down leaves each process with its own, stricter count."""

    def __init__(self, storage_url: str = "") -> None:
        self._local = LocalWindows()
        self._shared = MovingWindowRateLimiter(open_store(storage_url)) if storage_url else None

    async def allows(self, limit: str, *key: str) -> bool:
        """Count one use of ``limit``, written like ``10/5 minutes``; false when it is used up."""
        rule = _rule(limit)
        if self._shared is not None:
            try:
                return await self._shared.hit(rule, *key)
            except Exception:
                log.exception("rate_limit_store_down")
        return self._local.hit(rule, *key)

    async def check(self, limit: str, *key: str) -> None:
        """Raise ``TooMany`` with the time to wait when the limit is used up."""
        if not await self.allows(limit, *key):
            seconds = _rule(limit).get_expiry()
            raise TooMany(
                f"That was too often: {limit} is the limit. Wait and try again.",
                headers={"Retry-After": str(seconds)},
            )


@lru_cache(maxsize=64)
def _rule(limit: str) -> RateLimitItem:
    return parse(limit)


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
