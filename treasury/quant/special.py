"""The distributions that formulas use, from scipy, which is loaded when the first one is asked for.

Loading it takes as long as all the rest of the catalogue, and most measures need none of it.
"""

from importlib import import_module
from typing import Any


def ndtr(x: Any) -> Any:
    """Φ(x): the standard normal's probability of at most x."""
    return _scipy().ndtr(x)


def ndtri(p: Any) -> Any:
    """The standard normal's p-quantile."""
    return _scipy().ndtri(p)


def stdtr(degrees: Any, t: Any) -> Any:
    """The probability of at most t under Student's distribution."""
    return _scipy().stdtr(degrees, t)


def stdtrit(degrees: Any, p: Any) -> Any:
    """The p-quantile of Student's distribution."""
    return _scipy().stdtrit(degrees, p)


def _scipy() -> Any:
    return import_module("scipy.special")
