"""What a worker process takes from itself before it opens anything of a customer."""

import contextlib
import os
import sys

if sys.platform != "win32":
    import resource

GIVES_WAY = 5
"""Steps of niceness: the server, which everybody waits for, goes before what one query or file takes."""
MEMORY_BYTES = 2 * 1024**3
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def leave_network() -> None:
    """Move into a network of its own with nothing in it, where the system lets us.

    Must run before the first thread starts.
    """
    if sys.platform != "linux":
        return
    import ctypes

    # Without privileges the way to a network of one's own leads through a user namespace.
    flags = CLONE_NEWNET if os.geteuid() == 0 else CLONE_NEWNET | CLONE_NEWUSER
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).unshare(flags)


def give_way() -> None:
    """Let the server go first; threads that are started later do so too."""
    if sys.platform != "win32":
        os.nice(GIVES_WAY)


def limit_memory(memory_bytes: int = MEMORY_BYTES) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def is_want_of_memory(error: BaseException) -> bool:
    """Whether an error says that no memory was left, be it for values, for a thread or in a native library.

    What a query took of the address space is not given back whole: the next ones would want for it too.
    """
    text = str(error)
    return (
        isinstance(error, MemoryError)
        or (isinstance(error, RuntimeError) and "start new thread" in text)
        or (not isinstance(error, Exception) and "allocat" in text)  # a panic
    )


def forbid_writing() -> None:
    """No file may grow; pipes are not files."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def allow_cpu(seconds: float) -> None:
    """Let the process burn this much more: the end of one whose parent died in the middle."""
    if sys.platform != "win32":
        usage = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(usage.ru_utime + usage.ru_stime + seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))
