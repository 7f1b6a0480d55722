"""The clock: processor time of this one thread, the sides by turns, the best of several rounds of each."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from typing import Any


def best_by_turns(sides: Sequence[Callable[[], Any]], rounds: int) -> list[float]:
    """Seconds of the best round of each side; every round runs each side once, so that noise hits all.

    Processor time does not count what other work on a shared machine takes. The collector of garbage is left as
    Python has it in use.
    """
    best = [float("inf")] * len(sides)
    gc.collect()
    for _ in range(rounds):
        for place, side in enumerate(sides):
            best[place] = min(best[place], _seconds(side))
    return best


def _seconds(side: Callable[[], Any]) -> float:
    start = time.process_time()
    side()
    return time.process_time() - start
