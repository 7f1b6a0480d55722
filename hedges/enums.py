"""Kinds and states of hedging instruments and hedge relationships."""

from django.db.models import TextChoices

from treasury.kernel import day_count


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


class LifeEventKind(TextChoices):
    """What happens to a trade between its dealing and its end. That it matured follows from its dates."""

    PARTIAL_SETTLEMENT = "PARTIAL_SETTLEMENT", "settled before its date"
    ROLL = "ROLL", "rolled"
    UNWINDING = "UNWINDING", "unwound"
    NOVATION = "NOVATION", "novated"
    EXERCISE = "EXERCISE", "exercised"
    LAPSE = "LAPSE", "lapsed"
    FIXING = "FIXING", "fixed"
    ENDING = "ENDING", "ended"
    CANCELLATION = "CANCELLATION", "cancelled"
    MARGIN = "MARGIN", "variation margin"
    REVERSAL = "REVERSAL", "taken back"


class LifeEventMethod(TextChoices):
    """How a roll or an exercise is settled."""

    AT_MARKET = "AT_MARKET", "at the market, the difference is paid"
    HISTORIC_RATE = "HISTORIC_RATE", "at the historic rate, the difference is carried"
    PHYSICAL = "PHYSICAL", "by delivery"
    CASH = "CASH", "in cash"


class DayCount(TextChoices):
    """How a leg of a swap counts the part of a year that its periods are."""

    ACT_360 = day_count.ACT_360, "actual days / 360"
    ACT_365 = day_count.ACT_365, "actual days / 365"
    THIRTY_360 = day_count.THIRTY_360, "30/360 (months of 30 days)"
    THIRTY_E_360 = day_count.THIRTY_E_360, "30E/360 (months of 30 days, Eurobond)"


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


class ChangeKind(TextChoices):
    """What a version of a hedge relationship does. Each change is a version of its own, decided by a second person."""

    DESIGNATION = "DESIGNATION", "designation"
    REBALANCING = "REBALANCING", "rebalancing"
    PARTIAL_DISCONTINUATION = "PARTIAL_DISCONTINUATION", "partial discontinuation"
    DISCONTINUATION = "DISCONTINUATION", "discontinuation"
    DE_DESIGNATION = "DE_DESIGNATION", "de-designation"


class ChangeCause(TextChoices):
    """Why a relationship changes. IFRS 9 knows no voluntary stop (6.5.6); IAS 39.91(c) and ASC 815 do."""

    RELATIONSHIP_SHIFTED = "RELATIONSHIP_SHIFTED", "the relationship shifted, the objective stands"
    CRITERIA_FAILED = "CRITERIA_FAILED", "the criteria are not met any more"
    CREDIT_RISK_DOMINATES = "CREDIT_RISK_DOMINATES", "credit risk dominates, confirmed by a person"
    OBJECTIVE_CHANGED = "OBJECTIVE_CHANGED", "the risk management objective has changed"
    INSTRUMENT_ENDED = "INSTRUMENT_ENDED", "the instrument was sold, terminated, exercised or replaced"
    NO_LONGER_HIGHLY_PROBABLE = "NO_LONGER_HIGHLY_PROBABLE", "the forecast is no longer highly probable"
    NO_LONGER_EXPECTED = "NO_LONGER_EXPECTED", "the forecast is no longer expected"
    ITEM_DISPOSED = "ITEM_DISPOSED", "the net investment was disposed of"
    VOLUNTARY = "VOLUNTARY", "revoked by choice"


class ExcludedTreatment(TextChoices):
    """What becomes of the part of the value that is not designated.

    DEFERRED: IFRS 9 cost of hedging (6.5.15, 6.5.16), ASC 815 amortised (815-20-25-83A). PROFIT_OR_LOSS: IAS 39
    always, IFRS 9 without the election (forward element, basis), ASC 815-20-25-83B.
    """

    DEFERRED = "DEFERRED", "deferred in equity"
    PROFIT_OR_LOSS = "PROFIT_OR_LOSS", "profit or loss at once"


class CostRelation(TextChoices):
    """What a cost of hedging is related to (IFRS 9 B6.5.29)."""

    TRANSACTION = "TRANSACTION", "transaction-related"
    TIME_PERIOD = "TIME_PERIOD", "time-period-related"


class ReleasePattern(TextChoices):
    """How a reserve leaves equity, as documented at designation."""

    WITH_ITEM = "WITH_ITEM", "when the hedged flow affects profit or loss, on its date"
    BASIS_ADJUSTMENT = "BASIS_ADJUSTMENT", "into the cost of a non-financial item, on its date"
    AS_REMEASURED = "AS_REMEASURED", "as the recognised monetary item is remeasured"
    OVER_TERM = "OVER_TERM", "over the remaining term of the interest flows"
    ON_DISPOSAL = "ON_DISPOSAL", "on disposal of the net investment"


class ReportingScope(TextChoices):
    """The statements that the hedge is accounted for in; an internal deal qualifies in separate ones only (6.3.5)."""

    CONSOLIDATED = "CONSOLIDATED", "consolidated statements"
    SEPARATE = "SEPARATE", "separate statements"


class CostElement(TextChoices):
    """Excluded elements of a hedging instrument's value."""

    FORWARD_ELEMENT = "FORWARD_ELEMENT", "forward element"
    TIME_VALUE = "TIME_VALUE", "time value"
    CURRENCY_BASIS = "CURRENCY_BASIS", "currency basis"


class AssessmentOccasion(TextChoices):
    INCEPTION = "INCEPTION", "at inception"
    ON_DEMAND = "ON_DEMAND", "on demand"


class DecisionSubject(TextChoices):
    """What a named person decides on, with a reason."""

    TEST = "TEST", "a test without a result"
    CREDIT_RISK = "CREDIT_RISK", "whether credit risk dominates"
    QUALITATIVE = "QUALITATIVE", "that facts and circumstances have not changed"


class PeriodStatus(TextChoices):
    OPEN = "OPEN", "open"
    CLOSED = "CLOSED", "closed"


class AccountRole(TextChoices):
    """What an account is for; an entity's account map gives each role an account of its ledger."""

    DERIVATIVE = "DERIVATIVE", "hedging instruments at fair value"
    DERIVATIVE_NOT_DESIGNATED = "DERIVATIVE_NOT_DESIGNATED", "derivatives outside hedge accounting"
    SETTLEMENT = "SETTLEMENT", "settlement of hedging instruments"
    CASH_FLOW_HEDGE_RESERVE = "CASH_FLOW_HEDGE_RESERVE", "cash flow hedge reserve"
    COST_OF_HEDGING_RESERVE = "COST_OF_HEDGING_RESERVE", "cost of hedging reserve"
    TRANSLATION_RESERVE = "TRANSLATION_RESERVE", "foreign currency translation reserve"
    INEFFECTIVENESS = "INEFFECTIVENESS", "hedge ineffectiveness"
    EXCLUDED_COMPONENT = "EXCLUDED_COMPONENT", "excluded components in profit or loss"
    COST_OF_HEDGING = "COST_OF_HEDGING", "cost of hedging, amortised"
    FAIR_VALUE_HEDGE_RESULT = "FAIR_VALUE_HEDGE_RESULT", "result of fair value hedges"
    HEDGED_ITEM_RESULT = "HEDGED_ITEM_RESULT", "profit or loss of the hedged item"
    HEDGED_ITEM_CARRYING_AMOUNT = "HEDGED_ITEM_CARRYING_AMOUNT", "hedge adjustment of hedged items"
    NON_FINANCIAL_ITEM = "NON_FINANCIAL_ITEM", "initial cost of non-financial items"


class PostingRule(TextChoices):
    """The journal entries that a close makes, one a relationship and rule."""

    INSTRUMENT_DESIGNATED = "INSTRUMENT_DESIGNATED", "instrument taken into hedge accounting"
    REMEASUREMENT = "REMEASUREMENT", "change of the instrument's fair value"
    ITEM_ADJUSTMENT = "ITEM_ADJUSTMENT", "change of the hedged item for the hedged risk"
    ITEM_ADJUSTMENT_AMORTISATION = "ITEM_ADJUSTMENT_AMORTISATION", "amortisation of the item's adjustment"
    RECLASSIFICATION = "RECLASSIFICATION", "reserve reclassified to profit or loss"
    LOSS_NOT_RECOVERED = "LOSS_NOT_RECOVERED", "loss in the reserve that will not be recovered"
    BASIS_ADJUSTMENT = "BASIS_ADJUSTMENT", "reserve into the cost of the non-financial item"
    COST_AMORTISATION = "COST_AMORTISATION", "cost of hedging amortised"
    COST_RELEASE = "COST_RELEASE", "cost of hedging released with the item"
    COST_LOST = "COST_LOST", "cost of hedging of a lost transaction"
    INSTRUMENT_RELEASED = "INSTRUMENT_RELEASED", "instrument taken out of hedge accounting"


class LifeStage(TextChoices):
    """Where a relationship stands on a date; derived from versions, dates and the last close, never typed in."""

    AWAITING_APPROVAL = "AWAITING_APPROVAL", "waits for approval"
    REJECTED = "REJECTED", "rejected"
    DOCUMENTED = "DOCUMENTED", "documented, not begun"
    ACTIVE = "ACTIVE", "in force"
    WAITING = "WAITING", "stopped, its reserve waits"
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


class ProposalKind(TextChoices):
    """What a proposal came from."""

    BAND = "BAND", "bring into the band"
    STRATEGY = "STRATEGY", "strategy"


class ProposalAim(TextChoices):
    """How far a proposed trade goes."""

    LOWER = "LOWER", "lower limit"
    TARGET = "TARGET", "target"
    UPPER = "UPPER", "upper limit"


class ProposalOutcome(TextChoices):
    DEALT = "DEALT", "dealt"
    DISMISSED = "DISMISSED", "dismissed"


class DocumentFormat(TextChoices):
    FPML = "FPML", "FpML 5"
    MT300 = "MT300", "SWIFT MT300"


class DocumentOutcome(TextChoices):
    """What became of a trade document."""

    RECORDED = "RECORDED", "recorded as a new trade"
    MATCHED = "MATCHED", "matched with a recorded trade"


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
