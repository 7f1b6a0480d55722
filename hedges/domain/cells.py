"""From arrays to cells: amounts rounded once to minor units, masks of reasons as words, statuses."""

from collections.abc import Sequence
from enum import IntFlag
from functools import cache

import numpy as np

from hedges.domain.rounding import Rounded, exact, rest, rounded, summed
from treasury.enums import ResultStatus
from treasury.quant.codes import CoverFlag, Reason, names
from treasury.quant.numbers import Bool, Mask
from treasury.queries import copy

__all__ = ["Rounded", "Rows", "exact", "flags", "reasons", "rest", "rounded", "status", "summed"]

#: Rows of one result family: column -> texts for COPY.
Rows = dict[str, list[str]]


def reasons(masks: Mask) -> list[str]:
    """Bit masks of reasons as arrays of words."""
    return _words(Reason, masks)


def flags(masks: Mask) -> list[str]:
    return _words(CoverFlag, masks)


def status(complete: Bool, partial: Bool) -> list[str]:
    """OK where everything is there, PARTIAL where something is, UNDEFINED elsewhere."""
    codes = np.where(complete, 0, np.where(partial, 1, 2))
    words: Sequence[str] = (ResultStatus.OK.value, ResultStatus.PARTIAL.value, ResultStatus.UNDEFINED.value)
    return [words[code] for code in codes.tolist()]


def _words(kind: type[IntFlag], masks: Mask) -> list[str]:
    return [_word(kind, mask) for mask in np.asarray(masks).tolist()]


@cache
def _word(kind: type[IntFlag], mask: int) -> str:
    return copy.words([names(kind, mask)])[0]
