"""Work in a thread that ends in time: at the deadline an exception is raised in the middle of it."""

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

ResultT = TypeVar("ResultT")
AGAIN_SECONDS = 0.05


class OutOfTime(BaseException):
    """The deadline has passed. No ``except Exception`` on the way may hold it up."""


def within(seconds: float, work: Callable[[], ResultT]) -> ResultT:
    """Do work that is plain Python in this thread, for at most that long.

    Raises:
        OutOfTime: it was not done by then.
    """
    thread_id = threading.get_ident()
    lock = threading.Lock()
    done = threading.Event()
    is_running = True

    def end() -> None:
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not is_running:
                    return
                _raise_in(thread_id, OutOfTime)
            # Python drops what is raised within a destructor or the callback of a weak reference.
            wait = AGAIN_SECONDS

    deadline = threading.Thread(target=end, daemon=True, name="deadline")
    try:
        deadline.start()
        return work()
    finally:
        while is_running:
            try:
                # From here on nothing more is raised; what was raised before arrives with the next step.
                with lock:
                    is_running = False
            except OutOfTime:
                continue
        done.set()


def _raise_in(thread_id: int, kind: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), ctypes.py_object(kind))
