"""The fields of a trade in bulk, by the names that the API reads them under; which a kind has, the book says."""

from __future__ import annotations

from hedges.enums import DayCount, InstrumentKind, OptionKind, OptionSide
from treasury.domain.bulk.rows import Field

AMOUNTS = ("notional_amount", "counter_amount", "premium_amount", "near_counter_amount")
RATES = (
    "strike_rate", "entry_price", "near_rate", "fixed_rate", "spread_rate", "counter_fixed_rate", "dealt_rate",
)  # fmt: skip
DAYS = ("trade_date", "start_date", "settlement_date", "fixing_date", "expiry_date", "near_settlement_date")
WHOLE = ("contract_count", "payment_months", "floating_payment_months")
COUNTS = ("day_count", "floating_day_count")
YES_OR_NO = ("pay_fixed", "resets_notional")
#: Terms that are the book's own codes as they stand.
WORDS = ("option_kind", "option_side", "settlement_currency", "premium_currency", "dealt_pair")
_NEEDED = ("notional_amount", "trade_date", "settlement_date")

FIELDS = (
    Field("external_reference", "By which the source knows the trade.", required=True, example="FX-20017"),
    Field("entity", "Code of the entity.", required=True, example="DE01"),
    Field("kind", "What it is.", required=True, choices=tuple(
        kind for kind in InstrumentKind.values if kind != InstrumentKind.NATURAL_OFFSET), example="FORWARD"),
    Field("risk", "Code of the risk.", required=True, example="USDEUR"),
    Field("counterparty", "Code of the counterparty.", required=True, example="BANKA"),
    Field("contract", "Code of the futures contract, of a future."),
    Field("structure_reference", "Shared by the legs of a structure."),
    *(Field(name, "Signed, bought +; in the unit of the risk or the currency beside it.", "decimal", name in _NEEDED)
      for name in AMOUNTS),
    *(Field(name, "As dealt.", "decimal") for name in RATES),
    *(Field(name, "Of the trade.", "date", name in _NEEDED) for name in DAYS),
    *(Field(name, "Of the trade.", "integer") for name in WHOLE),
    *(Field(name, "Of a swap.", "boolean") for name in YES_OR_NO),
    Field("day_count", "Of the fixed leg of an interest-rate swap, or of both legs.", choices=tuple(DayCount.values)),
    Field("floating_day_count", "Of the floating leg.", choices=tuple(DayCount.values)),
    Field("option_kind", "Of an option.", choices=tuple(OptionKind.values)),
    Field("option_side", "Of an option.", choices=tuple(OptionSide.values)),
    Field("settlement_currency", "Of a non-deliverable forward."),
    Field("premium_currency", "Of an option."),
    Field("dealt_pair", "The pair as dealt, if the other way round."),
)  # fmt: skip
