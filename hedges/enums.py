"""Kinds and states of hedging instruments and hedge relationships."""

from django.db.models import TextChoices


class InstrumentKind(TextChoices):
    FORWARD = "FORWARD", "forward"
    NON_DELIVERABLE_FORWARD = "NON_DELIVERABLE_FORWARD", "non-deliverable forward"
    FUTURE = "FUTURE", "future"
    OPTION = "OPTION", "option"
    FX_SWAP = "FX_SWAP", "FX swap"
    INTEREST_RATE_SWAP = "INTEREST_RATE_SWAP", "interest-rate swap"
    CROSS_CURRENCY_SWAP = "CROSS_CURRENCY_SWAP", "cross-currency swap"
    NATURAL_OFFSET = "NATURAL_OFFSET", "natural offset"


class InstrumentStatus(TextChoices):
    LIVE = "LIVE", "live"
    SETTLED = "SETTLED", "settled"
    UNWOUND = "UNWOUND", "unwound"
    CANCELLED = "CANCELLED", "cancelled"


class OptionKind(TextChoices):
    CALL = "CALL", "call"
    PUT = "PUT", "put"


class OptionSide(TextChoices):
    BOUGHT = "BOUGHT", "bought"
    SOLD = "SOLD", "sold"


class HedgeType(TextChoices):
    FAIR_VALUE = "FAIR_VALUE", "fair value hedge"
    CASH_FLOW = "CASH_FLOW", "cash flow hedge"
    NET_INVESTMENT = "NET_INVESTMENT", "net investment hedge"
    ECONOMIC = "ECONOMIC", "economic hedge, no hedge accounting"


class DesignatedComponent(TextChoices):
    """Which part of the value is designated. SPOT and INTRINSIC leave out the forward element or the time value."""

    WHOLE = "WHOLE", "whole"
    SPOT = "SPOT", "spot element"
    FORWARD = "FORWARD", "forward element"
    INTRINSIC = "INTRINSIC", "intrinsic value"
    TIME_VALUE = "TIME_VALUE", "time value"


class RelationshipStatus(TextChoices):
    DESIGNATED = "DESIGNATED", "designated"
    DISCONTINUED = "DISCONTINUED", "discontinued"
    MATURED = "MATURED", "matured"


class AssessmentMethod(TextChoices):
    """The documented method; the others are computed beside it."""

    DOLLAR_OFFSET = "DOLLAR_OFFSET", "cumulative dollar offset"
    REGRESSION = "REGRESSION", "regression of weekly changes"


class EffectivenessStatus(TextChoices):
    EFFECTIVE = "EFFECTIVE", "effective"
    NOT_EFFECTIVE = "NOT_EFFECTIVE", "not effective"
    INCONCLUSIVE = "INCONCLUSIVE", "inconclusive"
    NOT_TESTED = "NOT_TESTED", "not tested"


class RatioSubject(TextChoices):
    """What a hedge ratio is over."""

    ENTITY = "ENTITY", "entity"
    ENTITY_RISK = "ENTITY_RISK", "entity and risk"
    RELATIONSHIP = "RELATIONSHIP", "hedge relationship"


#: First months of the horizon's buckets: 0-3, 3-6, 6-9, 9-12, 12-18, 18-24, 24-36 months ahead, and everything after.
HORIZON_MONTHS = (0, 3, 6, 9, 12, 18, 24, 36)

#: Columns of a bucket's hedges, and the kinds of instrument in each.
HORIZON_KINDS = {
    "forward_amount": (InstrumentKind.FORWARD, InstrumentKind.NON_DELIVERABLE_FORWARD),
    "option_amount": (InstrumentKind.OPTION,),
    "swap_amount": (
        InstrumentKind.FX_SWAP,
        InstrumentKind.INTEREST_RATE_SWAP,
        InstrumentKind.CROSS_CURRENCY_SWAP,
    ),
    "future_amount": (InstrumentKind.FUTURE,),
    "natural_offset_amount": (InstrumentKind.NATURAL_OFFSET,),
}
