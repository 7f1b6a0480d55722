"""Columns of numbers as people write them: exact minor units, and what is wrong with the others.

The same grammar as `treasury.kernel.parsing.decimal` after the marks that the person chose are taken for what they are:
ASCII digits, one sign in front, whole groups of three or none, no exponent, no NaN, no infinity. A test holds the two
together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from treasury.kernel.money import MINOR_UNIT_LIMIT

NOT_A_NUMBER, TOO_MANY_DECIMALS, TOO_LARGE = "not_a_number", "too_many_decimals", "too_large"
#: Whole digits that can still be below 2^53 minor units.
_MOST_DIGITS = 18
_SPACES = " \u00a0\u202f"


def grammar(decimal: str, thousands: str) -> str:
    """The pattern of a whole cell: sign, whole digits, decimals."""
    mark = f"[{_SPACES}]" if thousands == " " else re.escape(thousands)
    whole = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]+" if thousands else "[0-9]+"
    return rf"([+-]?)({whole})(?:{re.escape(decimal)}([0-9]+))?"


def minor_units(
    texts: Sequence[str], exponents: NDArray[np.int64], *, decimal: str, thousands: str = ""
) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
    """Texts as counts of 10^-exponent, shape (n,), and a code for each that is none (empty where it is one)."""
    column = pd.Series(list(texts), dtype=object)
    found = column.str.extract(f"^{grammar(decimal, thousands)}$", flags=re.ASCII)
    codes = np.full(len(column), "", dtype=object)
    # `$` also stands before a last line break, which a cell has not: it was stripped
    codes[found[1].isna().to_numpy()] = NOT_A_NUMBER
    whole = found[1].fillna("0").str.replace("[^0-9]", "", regex=True).str.lstrip("0")
    decimals = found[2].fillna("").str.rstrip("0")
    places = decimals.str.len().to_numpy(dtype=np.int64)
    codes[(codes == "") & (places > exponents)] = TOO_MANY_DECIMALS
    digits = whole.str.len().to_numpy(dtype=np.int64) + exponents
    codes[(codes == "") & (digits > _MOST_DIGITS)] = TOO_LARGE
    fine = codes == ""
    padded = np.strings.ljust(
        np.where(fine, decimals.to_numpy(dtype=object), "").astype(np.str_), exponents, "0"
    )
    counted = np.strings.add(np.where(fine, whole.to_numpy(dtype=object), "").astype(np.str_), padded)
    units = np.where(np.strings.str_len(counted) > 0, counted, "0").astype(np.int64)
    units = np.where(fine, units, 0)
    codes[fine & (units >= MINOR_UNIT_LIMIT)] = TOO_LARGE
    units = np.where(codes == "", units, 0)
    return np.where((found[0] == "-").to_numpy(dtype=bool), -units, units), codes
