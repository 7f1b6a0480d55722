"""What reports call things: the reserves of a roll-forward and the risk categories of the disclosures."""

from django.db.models import TextChoices

from hedges.enums import AccountRole, PostingRule
from treasury.enums import RiskKind


class Reserve(TextChoices):
    """What has an opening, movements and a closing; each is one account role of the journal."""

    CASH_FLOW_HEDGE = "CASH_FLOW_HEDGE", "cash flow hedge reserve"
    COST_OF_HEDGING = "COST_OF_HEDGING", "cost of hedging reserve"
    TRANSLATION = "TRANSLATION", "foreign currency translation reserve"
    HEDGE_ADJUSTMENT = "HEDGE_ADJUSTMENT", "hedge adjustment of hedged items"


ROLE_OF_RESERVE = {
    Reserve.CASH_FLOW_HEDGE: AccountRole.CASH_FLOW_HEDGE_RESERVE,
    Reserve.COST_OF_HEDGING: AccountRole.COST_OF_HEDGING_RESERVE,
    Reserve.TRANSLATION: AccountRole.TRANSLATION_RESERVE,
    Reserve.HEDGE_ADJUSTMENT: AccountRole.HEDGED_ITEM_CARRYING_AMOUNT,
}
RESERVE_OF_ROLE = {role: reserve for reserve, role in ROLE_OF_RESERVE.items()}


class Movement(TextChoices):
    """The columns of a roll-forward between opening and closing, by what posted the line."""

    RECOGNISED = "recognised", "Recognised"
    RECLASSIFIED = "reclassified", "Reclassified"
    BASIS_ADJUSTED = "basis_adjusted", "Into the item's cost"
    AMORTISED = "amortised", "Amortised"
    RELEASED = "released", "Released"
    REVERSED = "reversed", "Reversed"


MOVEMENT_OF_RULE = {
    PostingRule.REMEASUREMENT: Movement.RECOGNISED,
    PostingRule.ITEM_ADJUSTMENT: Movement.RECOGNISED,
    PostingRule.RECLASSIFICATION: Movement.RECLASSIFIED,
    PostingRule.LOSS_NOT_RECOVERED: Movement.RECLASSIFIED,
    PostingRule.BASIS_ADJUSTMENT: Movement.BASIS_ADJUSTED,
    PostingRule.COST_AMORTISATION: Movement.AMORTISED,
    PostingRule.ITEM_ADJUSTMENT_AMORTISATION: Movement.AMORTISED,
    PostingRule.COST_RELEASE: Movement.RELEASED,
    PostingRule.COST_LOST: Movement.RECLASSIFIED,
}


class RiskCategory(TextChoices):
    """Risk categories of IFRS 7.21C, by the kind of the hedged risk."""

    FOREIGN_EXCHANGE = RiskKind.CURRENCY_PAIR.value, "foreign exchange risk"
    INTEREST_RATE = RiskKind.RATE_INDEX.value, "interest-rate risk"
    COMMODITY = RiskKind.COMMODITY.value, "commodity price risk"
    EQUITY = RiskKind.EQUITY_INDEX.value, "equity price risk"


class ReclassificationReason(TextChoices):
    """Why an amount left the reserve for profit or loss (IFRS 7.24C(b)(iv))."""

    ITEM = "ITEM", "the hedged item affected profit or loss"
    NO_LONGER_EXPECTED = "NO_LONGER_EXPECTED", "the hedged cash flows are no longer expected"
    NOT_RECOVERED = "NOT_RECOVERED", "the loss will not be recovered"
