"""One digest for one content: SHA-256 over an unambiguous encoding.

Every value is written with a letter for its type and the length of its text, so that no two contents share
an encoding. Equal numbers have equal digests whatever their spelling (Decimal 1.0 and 1.00; −0.0 and 0.0);
the order of keys does not count, the order of a sequence does. NaN and infinity are refused.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from treasury.kernel.errors import InputError, shown
from treasury.kernel.money import plain


def digest(value: Any) -> str:
    """The hexadecimal SHA-256 of a value made of mappings, sequences, numbers, texts, dates and arrays."""
    state = hashlib.sha256()
    _feed(state, value)
    return state.hexdigest()


def _write(state: Any, kind: str, body: bytes) -> None:
    state.update(f"{kind}{len(body)}:".encode("ascii"))
    state.update(body)


def _feed(state: Any, value: Any) -> None:
    if value is None:
        _write(state, "z", b"")
    elif isinstance(value, bool):
        _write(state, "b", b"1" if value else b"0")
    elif isinstance(value, (int, Decimal)):
        if isinstance(value, Decimal) and not value.is_finite():
            raise InputError("content", "finite numbers", got=shown(value))
        _write(state, "n", plain(Decimal(value)).encode("ascii"))
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise InputError("content", "finite numbers", got=shown(value))
        _write(state, "f", repr(value + 0.0).encode("ascii"))
    elif isinstance(value, str):
        _write(state, "s", value.encode("utf-8"))
    elif isinstance(value, bytes):
        _write(state, "y", value)
    elif isinstance(value, datetime):
        if value.tzinfo is None:
            raise InputError("content", "times with a time zone", got=shown(value))
        _write(state, "t", f"{value.timestamp():.6f}".encode("ascii"))
    elif isinstance(value, date):
        _write(state, "d", value.isoformat().encode("ascii"))
    elif isinstance(value, np.ndarray):
        _feed_array(state, value)
    elif isinstance(value, Mapping):
        _write(state, "m", str(len(value)).encode("ascii"))
        for key in sorted(value):
            if not isinstance(key, str):
                raise InputError("content", "text keys", got=shown(key))
            _feed(state, key)
            _feed(state, value[key])
    elif isinstance(value, Sequence):
        _write(state, "l", str(len(value)).encode("ascii"))
        for item in value:
            _feed(state, item)
    else:
        raise InputError("content", "numbers, texts, dates, arrays, objects", got=type(value).__name__)


def _feed_array(state: Any, array: np.ndarray[Any, Any]) -> None:
    if array.dtype.kind not in "biuf":
        raise InputError("content", "arrays of numbers", got=str(array.dtype))
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise InputError("content", "arrays of finite numbers")
        array = array + 0.0
    little_endian = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    _write(state, "a", f"{little_endian.dtype.str}{array.shape}".encode("ascii"))
    _write(state, "y", little_endian.tobytes())
