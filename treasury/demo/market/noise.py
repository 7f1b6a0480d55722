"""Seeded random numbers that are the same on every machine and with every version of numpy.

numpy promises no stable stream for its generators, and a demo whose figures move with a library update
cannot be talked about. A normal number here is the sum of twelve uniform ones less six (Irwin-Hall):
additions of integers only, so that not even the last digit depends on a mathematical library. Each series
has its own label, so that a new series changes no other.
"""

import hashlib

import numpy as np

SEED = "hedgebook demo 1"


def _uniform_words(label: str, count: int) -> np.ndarray:
    data = hashlib.shake_256(f"{SEED}/{label}".encode()).digest(4 * count)
    return np.frombuffer(data, dtype="<u4")


def normals(label: str, count: int) -> np.ndarray:
    """`count` standard normal numbers (cut at ±6) belonging to `label`."""
    words = _uniform_words(label, 12 * count).reshape(count, 12)
    return words.sum(axis=1, dtype=np.int64) / 2.0**32 - 6.0


def uniforms(label: str, count: int) -> np.ndarray:
    """`count` numbers in [0, 1) belonging to `label`."""
    return _uniform_words(label, count) / 2.0**32


def mean_reverting(label: str, count: int, *, daily_deviation: float, reversion: float) -> np.ndarray:
    """A path around zero that starts at zero: each day it loses the share `reversion` and gains a random
    step.
    """
    steps = normals(label, count) * daily_deviation
    path = np.zeros(count)
    for day in range(1, count):
        path[day] = path[day - 1] * (1.0 - reversion) + steps[day]
    return path
