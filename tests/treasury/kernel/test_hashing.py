from datetime import UTC, date, datetime
from decimal import Decimal as D

import numpy as np
import pytest

from treasury.kernel.errors import InputError
from treasury.kernel.hashing import digest


def test_equal_content_has_one_digest():
    assert digest({"a": 1, "b": [D("1.0"), None]}) == digest({"b": [D("1.00"), None], "a": 1})
    assert digest(-0.0) == digest(0.0)
    assert digest(D("1E+2")) == digest(100)
    assert digest(np.array([1.0, 2.0], dtype=">f8")) == digest(np.array([1.0, 2.0]))
    assert len(digest(None)) == 64


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["ab", "c"], ["a", "bc"]),
        ([], {}),
        ([[], []], [[[]]]),
        ("1", 1),
        (1, True),
        (None, ""),
        (0.1, 0.1 + 2**-56),
        ([1, 2], [2, 1]),
        (date(2025, 1, 1), "2025-01-01"),
        (np.array([1, 2, 3, 4]), np.array([[1, 2], [3, 4]])),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, 0, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_different_content_has_another_digest(one, other):
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        D("Infinity"),
        np.array([np.inf]),
        {1: 2},
        object(),
        datetime(2025, 1, 1),  # noqa: DTZ001
        np.array(["a"]),
    ],
)
def test_what_has_no_one_encoding_is_refused(value):
    with pytest.raises(InputError, match="content"):
        digest(value)
