"""Signs, in one place: + is an inflow, a long position, a gain or an asset (rules section 1).

A protective hedge has the opposite sign to its exposure. Works on numbers and on arrays alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

SIDES = {"bought": 1, "sold": -1}
KINDS = {"call": 1, "put": -1}


def direction(value: ArrayLike) -> NDArray[np.int8]:
    """+1, 0 or −1 per element."""
    array = np.asarray(value)
    return ((array > 0).astype(np.int8) - (array < 0).astype(np.int8)).astype(np.int8)


def protects(exposure: ArrayLike, hedge: ArrayLike) -> NDArray[np.bool_]:
    """Whether the hedge works against the exposure: their signs are opposite and neither is zero."""
    return direction(exposure) * direction(hedge) == -1


def hedge_direction(exposure: Any) -> str | None:
    """``long`` for a short exposure (gains if the price falls), ``short`` for a long one, None for zero
    (FAQ §3).
    """
    return {1: "short", -1: "long", 0: None}[int(direction(exposure))]
