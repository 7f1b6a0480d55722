"""Reasons, flags and statuses: every code that a formula can answer with, in one place.

Arrays carry reasons and flags as bit masks (int64), statuses as small integers (int8); ``names`` and
``.name`` turn them into the words that the API and the screens show. Codes are stored: append new ones,
never renumber.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import TypeVar


class Reason(IntFlag):
    """Why a number is null or a status is what it is. The word is the name in lower case."""

    NONE = 0
    ZERO_EXPOSURE = 1 << 0
    NO_POSITIONS = 1 << 1
    ZERO_CONTRACT_NOTIONAL = 1 << 2
    ZERO_AMOUNT_TO_HEDGE = 1 << 3
    ZERO_UNHEDGED_CHANGE = 1 << 4
    ZERO_ITEM_CHANGE = 1 << 5
    IMMATERIAL_CHANGES = 1 << 6
    TOO_FEW_POINTS = 1 << 7
    WRONG_DIRECTION = 1 << 8
    BELOW_LOWER = 1 << 9
    ABOVE_UPPER = 1 << 10
    R_SQUARED_LOW = 1 << 11
    NOT_SIGNIFICANT = 1 << 12
    CONSTANT_ITEM = 1 << 13
    CONSTANT_INSTRUMENT = 1 << 14
    ZERO_RESIDUAL_VARIANCE = 1 << 15
    OUT_OF_RANGE = 1 << 16
    MISSING_DATA = 1 << 17
    NO_OBSERVATIONS = 1 << 18
    NO_CONTRACT_SIZE = 1 << 19
    NO_PRICES = 1 << 20
    NO_SPOT_RATE = 1 << 21
    NO_PARITY_RATE = 1 << 22
    AT_THE_KINK = 1 << 23
    ZERO_ECONOMIC_CHANGE = 1 << 24
    CREDIT_WATCH = 1 << 25
    CREDIT_DOMINATES = 1 << 26
    RATIONALE_MISSING = 1 << 27
    NO_QUANTITATIVE_SUPPORT = 1 << 28
    RATIO_IMBALANCE = 1 << 29
    METHOD_UNDECIDED = 1 << 30
    ECONOMIC_RELATIONSHIP_FAILED = 1 << 31
    CREDIT_RISK_FAILED = 1 << 32
    HEDGE_RATIO_FAILED = 1 << 33
    METHOD_FAILED = 1 << 34
    CRITERION_UNDECIDED = 1 << 35
    METHOD_WARNING = 1 << 36
    VARIANCE_REDUCTION_LOW = 1 << 37
    ZERO_SENSITIVITY = 1 << 38
    TERM_MISSING = 1 << 39
    TERMS_DIFFER = 1 << 40
    ZERO_FOLLOWING_AMOUNT = 1 << 41
    ZERO_RATIO_SUM = 1 << 42
    NO_OPEN_RATE = 1 << 43
    NOT_GIVEN = 1 << 44
    STALE_DATA = 1 << 45
    NO_BAND = 1 << 46
    FLOW_PAST = 1 << 47
    THROUGH_ORIGIN = 1 << 48
    CONSTANT_FUTURES = 1 << 49
    CONSTANT_SPOT = 1 << 50
    OTHER_METHOD_MISSED = 1 << 51
    CORNER_SOLUTION = 1 << 52
    COLLINEAR_INSTRUMENTS = 1 << 53
    NO_UNIQUE_RATE = 1 << 54
    STRUCK_AT_THE_MONEY = 1 << 55
    CURVE_NOT_BUILT = 1 << 56
    PROSPECTIVE_MISSED = 1 << 57
    NO_POTENTIAL_LOSS = 1 << 58
    COUNTERPARTY_DEFAULTED = 1 << 59
    RATING_BELOW_LIMIT = 1 << 60
    COLLATERAL_NOT_POSTED = 1 << 61


class CoverFlag(IntFlag):
    """What a hedge ratio tells about a bucket or a group."""

    NONE = 0
    OVER_HEDGED = 1 << 0
    WRONG_DIRECTION = 1 << 1
    UNDER_HEDGED = 1 << 2
    ABOVE_BAND = 1 << 3
    COUNT_DIFFERS = 1 << 4


class EffectivenessStatus(IntEnum):
    """Outcome of one criterion, one method or a whole relationship (rules section 4)."""

    NOT_TESTED = 0
    INCONCLUSIVE = 1
    NOT_EFFECTIVE = 2
    EFFECTIVE = 3


class CreditStatus(IntEnum):
    """Outcome of the credit dominance measure."""

    INCONCLUSIVE = 1
    FAIL = 2
    WATCH = 3
    PASS = 4


class MatchStatus(IntEnum):
    """Outcome of the critical terms match."""

    INCONCLUSIVE = 1
    NOT_MATCHED = 2
    MATCHED = 3


class Framework(IntEnum):
    """Accounting framework that judges a relationship."""

    IFRS9 = 1
    IAS39 = 2
    ASC815 = 3


class HedgedDefinition(IntEnum):
    """When a position counts as hedged (FAQ §2)."""

    ANY_COVER = 1
    COVER_AT_LEAST = 2
    FULL_COVER = 3


Flag = TypeVar("Flag", bound=IntFlag)


def names(kind: type[Flag], mask: int) -> list[str]:
    """The words of a bit mask in the order of their bits: ``names(Reason, 1)`` is ``["zero_exposure"]``."""
    return [str(member.name).lower() for member in kind if member & int(mask)]


def reason_names(mask: int) -> list[str]:
    """The words of a mask of reasons."""
    return names(Reason, mask)
