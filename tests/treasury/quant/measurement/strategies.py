"""Amounts that the tests of measurement draw: small ones that often meet, and the largest that minor units have."""

from hypothesis import strategies as st

LARGEST = 2**53 - 1
amounts = st.one_of(st.integers(-5, 5), st.integers(-(10**6), 10**6), st.integers(-LARGEST, LARGEST))
effective = st.booleans()


def columns(*strategies, max_size=8, min_size=1):
    """Several lists of one length."""
    return st.lists(st.tuples(*strategies), min_size=min_size, max_size=max_size).map(
        lambda rows: [list(column) for column in zip(*rows, strict=True)]
    )


def tables(width):
    """1 to 5 relationships over the same number of periods; each row holds ``width`` series."""
    return st.integers(1, 6).flatmap(
        lambda periods: st.lists(
            st.tuples(*[st.lists(amounts, min_size=periods, max_size=periods) for _ in range(width)]),
            min_size=1,
            max_size=5,
        )
    )
