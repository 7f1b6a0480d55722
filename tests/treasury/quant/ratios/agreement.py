"""What a float of the formulas must be when the exact value is a fraction, and the numbers that are drawn for it."""

import math
from fractions import Fraction as Q

from hypothesis import strategies as st

#: Beyond it a float is infinite.
LARGEST = Q(1.7976931348623157e308)
SMALLEST = Q(5e-324)

SIZES = (
    0.0,
    1.0,
    -1.0,
    1e-300,
    -1e-300,
    1e300,
    -1e300,
    5e-324,
    1.7e308,
    -1.7e308,
    1e16,
    1 + 2**-52,
    0.1,
    -0.3,
)
ordinary = st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda value: round(value, 6))
extreme = st.one_of(
    ordinary,
    st.sampled_from(SIZES),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-5, 5).map(float),
)
positive = st.one_of(
    st.floats(0.001, 1000), st.sampled_from([1e-300, 1e300, 5e-324, 1.7e308, 1.0]), st.floats(5e-324, 1.7e308)
)


def columns(values, low, high):
    """A column of ordinary, extreme or constant numbers."""
    lists = st.lists(values, min_size=low, max_size=high)
    return st.one_of(lists, st.tuples(values, st.integers(low, high)).map(lambda pair: [pair[0]] * pair[1]))


def agrees(value, exact, scale=0, rel=1e-12):
    """Whether a float is the fraction to rounding; NaN stands for None, and for what is beyond float64.

    ``scale`` is the size of what was added up: rounding is relative to it.
    """
    if exact is None:
        return math.isnan(value)
    exact = Q(exact)
    room = Q(rel) * (abs(exact) + abs(Q(scale))) + 4 * SMALLEST
    if math.isnan(value):
        return abs(exact) + room > LARGEST
    return math.isfinite(value) and abs(Q(value) - exact) <= room
