"""Components that sum to the value to the minor unit: the last one is the rounded total less the others.

Units: float64 major units in, int64 minor units out, half even. Reference: rules sections 1 and 3.
Worked example: 0.005 = 0.0024 + 0.0026 in EUR → total 0, parts 0 and 0; 10.006 = 3.335 + 6.671 → 10.01 =
3.34 + 6.67.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.kernel.money import round_to_minor_units
from treasury.quant.numbers import Int


def round_components(
    total: ArrayLike, leading_components: Sequence[ArrayLike], unit_exponents: ArrayLike
) -> tuple[Int, list[Int]]:
    """The rounded total and all components, the last of which (not given) is total − the leading ones.

    Refuses NaN, infinity and amounts of 2^53 minor units or more: take undefined rows out first.
    """
    if not leading_components:
        raise InputError("leading_components", "at least one component")
    whole = round_to_minor_units(total, unit_exponents)
    parts = [round_to_minor_units(part, unit_exponents) for part in leading_components]
    rest = whole - np.sum(np.stack(np.broadcast_arrays(*parts)), axis=0)
    return whole, [*parts, np.asarray(rest, dtype=np.int64)]
