"""Work in a thread that ends in time: at the deadline an exception is raised in the middle of it."""

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

ResultT = TypeVar("ResultT")


class OutOfTime(BaseException):
    """The deadline has passed. No ``except Exception`` on the way may hold it up."""


def within(seconds: float, work: Callable[[], ResultT]) -> ResultT:
    """Do work that is plain Python in this thread, for at most that long.

    Raises:
        OutOfTime: it was not done by then.
    """
    thread_id = threading.get_ident()
    lock = threading.Lock()
    is_running = True

    def end() -> None:
        with lock:
            if is_running:
                _raise_in(thread_id, OutOfTime)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        return work()
    finally:
        # From here on the timer raises nothing more; what it raised before arrives with the next step.
        with lock:
            is_running = False
        timer.cancel()


def _raise_in(thread_id: int, kind: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), ctypes.py_object(kind))
