"""Eight clients from one thread: requests made beforehand, so that asking costs next to nothing."""

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
ENDED = b"0\r\n\r\n"


@dataclass(slots=True)
class Client:
    """One kept connection, with one request on its way."""

    connection: socket.socket
    began: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def take(self) -> bool:
        """Read what has come; true when the answer is whole."""
        part = self.connection.recv(1 << 18)
        if not part:
            raise ConnectionError(f"the server hung up after {bytes(self.received[:500])!r}")
        self.received += part
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return False
        if self.received[9:12] not in (b"200", b"304"):
            raise RuntimeError(f"refused: {bytes(self.received[:1500]).decode(errors='replace')}")
        length = LENGTH.search(self.received, 0, end)
        if length is not None:
            return len(self.received) - end - 4 >= int(length[1])
        return self.received[9:12] == b"304" or self.received.endswith(ENDED)


@dataclass(frozen=True, slots=True)
class Outcome:
    times_ms: Sequence[float]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.times_ms) / self.seconds


def press(port: int, requests: Iterator[bytes], *, clients: int, seconds: float) -> Outcome:
    """Every client asks again as soon as it has its answer."""
    opened = [Client(socket.create_connection(("127.0.0.1", port), timeout=60)) for _ in range(clients)]
    times: list[float] = []
    try:
        with selectors.DefaultSelector() as waiting:
            started = time.perf_counter()
            for client in opened:
                client.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                waiting.register(client.connection, selectors.EVENT_READ, client)
                _send(client, next(requests))
            until = started + seconds
            under_way = clients
            while under_way:
                for key, _ in waiting.select(60):
                    client = key.data
                    if not client.take():
                        continue
                    now = time.perf_counter()
                    times.append((now - client.began) * 1000)
                    if now < until:
                        _send(client, next(requests))
                    else:
                        under_way -= 1
            return Outcome(times, time.perf_counter() - started)
    finally:
        for client in opened:
            client.connection.close()


def _send(client: Client, request: bytes) -> None:
    client.received.clear()
    client.began = time.perf_counter()
    client.connection.sendall(request)
