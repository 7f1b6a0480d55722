"""What Ctrl-C and a polite kill mean: unwind, stop what was started, in order, once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

TERMINATED = 128 + signal.SIGTERM


def unwind_on_terminate() -> None:
    """SIGTERM and a closed terminal unwind the stack as Ctrl-C does, so that everything started is stopped."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


@contextmanager
def undisturbed() -> Iterator[None]:
    """While things are being stopped, a second Ctrl-C must not leave half of them running."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
