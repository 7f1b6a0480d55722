"""Who may be a hedged item or a hedging instrument (rules, section 5), each fault with its paragraph.

Nothing is wrong where the list is empty. The functions `hedgebook_item_refusal`, `hedgebook_instrument_refusal` and
`hedgebook_parts_refusal` of the database hold the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from exposures.enums import ExposureKind, ExposureStatus
from exposures.models import ExposureVersion
from hedges.domain.known import Known
from hedges.enums import (
    DesignatedComponent,
    ExcludedTreatment,
    HedgeType,
    InstrumentKind,
    InstrumentStatus,
    OptionSide,
    ReleasePattern,
    ReportingScope,
)
from hedges.models import HedgeRelationshipVersion, InceptionFile, InstrumentVersion
from treasury.enums import RiskKind

RECOGNISED = (ExposureKind.RECOGNISED_ASSET, ExposureKind.RECOGNISED_LIABILITY)
YET_TO_COME = (ExposureKind.HIGHLY_PROBABLE_FORECAST, ExposureKind.FIRM_COMMITMENT)


def item_fault(
    version: HedgeRelationshipVersion,
    file: InceptionFile | None,
    item: ExposureVersion,
    since: date,
    known: Known,
) -> str:
    """Why `item` cannot be a hedged item from `since` on; empty when it can."""
    if item.status != ExposureStatus.OPEN:
        state = ExposureStatus(item.status).label
        return f"it is {state}: only an open exposure can be designated"
    if item.expected_date < since:
        return f"its date, {item.expected_date}, has passed"
    if version.hedge_type == HedgeType.ECONOMIC:
        return ""
    if (version.hedge_type == HedgeType.NET_INVESTMENT) != (item.kind == ExposureKind.NET_INVESTMENT):
        return "a net investment, and nothing else, is hedged by a net investment hedge (6.5.2)"
    if item.kind == ExposureKind.FORECAST:
        return (
            "a forecast is a hedged item only if it is highly probable (6.3.3): amend it, with a second person,"
            " when it has become so"
        )
    return _cash_flow_or_value(version, item, known) or _release(file, item)


def _cash_flow_or_value(version: HedgeRelationshipVersion, item: ExposureVersion, known: Known) -> str:
    if version.hedge_type == HedgeType.FAIR_VALUE and item.kind == ExposureKind.HIGHLY_PROBABLE_FORECAST:
        return "a forecast has no fair value to hedge; recognised items and firm commitments have (6.5.2)"
    if version.hedge_type != HedgeType.CASH_FLOW:
        return ""
    kind = known.risks[item.risk_id].kind
    if kind == RiskKind.CURRENCY_PAIR:
        return ""
    if item.kind == ExposureKind.FIRM_COMMITMENT:
        return "of a firm commitment only the currency risk can be a cash flow hedge; designate FAIR_VALUE (6.5.4)"
    if item.kind in RECOGNISED and (kind != RiskKind.RATE_INDEX or item.payment_months is None):
        return "a recognised item has cash flows at risk in currency or variable interest; designate FAIR_VALUE (6.5.2)"
    return ""


def _release(file: InceptionFile | None, item: ExposureVersion) -> str:
    pattern = file.release_pattern if file else ""
    if pattern == ReleasePattern.AS_REMEASURED and item.kind not in RECOGNISED:
        return "release_pattern AS_REMEASURED is for recognised items"
    if pattern == ReleasePattern.BASIS_ADJUSTMENT and item.kind not in YET_TO_COME:
        return "release_pattern BASIS_ADJUSTMENT is for items that are still to be recognised (6.5.11(d)(i))"
    return ""


def instrument_fault(
    version: HedgeRelationshipVersion,
    file: InceptionFile | None,
    instrument: InstrumentVersion,
    since: date,
    known: Known,
) -> str:
    """Why `instrument` cannot be a hedging instrument from `since` on; empty when it can."""
    if instrument.status != InstrumentStatus.LIVE:
        state = InstrumentStatus(instrument.status).label
        return f"it is {state}: only a live instrument can be designated"
    if instrument.settlement_date < since:
        return f"it has matured on {instrument.settlement_date}"
    if instrument.instrument_id in known.near_legs:
        return "it is the near leg of a roll: it closes a trade and hedges nothing"
    if version.hedge_type == HedgeType.ECONOMIC:
        return ""
    hedged, own = known.risks[version.risk_id].kind, known.risks[instrument.risk_id].kind
    if instrument.kind == InstrumentKind.NATURAL_OFFSET and hedged != RiskKind.CURRENCY_PAIR:
        return "a natural offset is a hedging instrument for currency risk only (6.2.2)"
    scope = file.reporting_scope if file else ReportingScope.CONSOLIDATED
    if instrument.counterparty_id in known.within_group and scope == ReportingScope.CONSOLIDATED:
        return (
            "a deal within the group is no hedging instrument in consolidated statements (6.2.3, 6.3.5): designate"
            " the deal with a bank, or in separate statements"
        )
    if file and file.basis_excluded and own != RiskKind.CURRENCY_PAIR:
        return "only currency instruments have a basis to exclude (6.5.16)"
    return _component(version.designated_component, instrument.kind, file)


def _component(component: str, kind: str, file: InceptionFile | None) -> str:
    if component == DesignatedComponent.INTRINSIC and kind != InstrumentKind.OPTION:
        return "intrinsic value is an option's: designate the options apart, or WHOLE (6.2.4(a))"
    if component == DesignatedComponent.SPOT and kind in (
        InstrumentKind.OPTION,
        InstrumentKind.INTEREST_RATE_SWAP,
    ):
        return "a spot element is a forward's (6.2.4(b))"
    deferred = file is not None and file.excluded_treatment == ExcludedTreatment.DEFERRED
    if component == DesignatedComponent.SPOT and kind == InstrumentKind.CROSS_CURRENCY_SWAP and deferred:
        return (
            "the interest of a cross-currency swap has no forward points that could be deferred (6.5.16, B6.5.34):"
            " designate SPOT with excluded_treatment PROFIT_OR_LOSS, or WHOLE with basis_excluded"
        )
    return ""


def group_faults(
    items: Sequence[tuple[ExposureVersion, Decimal]], instruments: Sequence[tuple[InstrumentVersion, Decimal]]
) -> Iterator[str]:
    """What is wrong with the parts together: a net position, a written option that nothing covers."""
    if not items:
        yield "hedged items are missing"
    if not instruments:
        yield "hedging instruments are missing"
    if len({amount > 0 for _, amount in items}) > 1:
        yield (
            "flows in and flows out are a net position: only gross positions can be designated, each side in a"
            " relationship of its own (6.6)"
        )
    if _is_net_written([pair for pair in instruments if pair[0].option_side]):
        yield (
            "a written option is a hedging instrument only within a net purchased combination: bought options of the"
            " same risk, no fewer and no earlier, and no net premium received (6.2.4, B6.2.4)"
        )


def _is_net_written(options: Sequence[tuple[InstrumentVersion, Decimal]]) -> bool:
    """Whether sold options reach further than bought ones of their risk, from any expiry on, or bring in a premium."""
    if not any(option.option_side == OptionSide.SOLD for option, _ in options):
        return False
    if len({option.premium_currency_id for option, _ in options}) > 1:
        return True
    premium = sum(
        (
            (option.premium_amount or Decimal(0)) * abs(amount / option.notional_amount)
            for option, amount in options
        ),
        Decimal(0),
    )
    return premium > 0 or any(
        _sold_beyond(option, options) > 0 for option, _ in options if option.option_side == OptionSide.SOLD
    )


def _sold_beyond(sold: InstrumentVersion, options: Sequence[tuple[Any, Decimal]]) -> Decimal:
    """Sold less bought units of the same risk that expire no earlier than `sold` does."""
    return sum(
        (
            abs(amount) if option.option_side == OptionSide.SOLD else -abs(amount)
            for option, amount in options
            if option.risk_id == sold.risk_id and option.expiry_date >= sold.expiry_date
        ),
        Decimal(0),
    )
