"""Between a trade as documents have it and an instrument's version as the book has it, both ways, exactly.

A document quotes its pair one way round, the book has the risk's: dealt the other way round, the strike is 1 / rate at
ten decimals and the rate as dealt is kept beside it, so that the way back gives the same trade.
"""

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from hedges.domain.documents.fpml_write import KINDS
from hedges.domain.documents.problems import Problems
from hedges.domain.documents.trade import Trade, said_count
from hedges.domain.schedules import SWAPS
from hedges.enums import InstrumentKind, OptionKind
from hedges.models import InstrumentVersion
from treasury.domain.refusals import Refusal
from treasury.enums import RiskKind

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
_STEP = Decimal(1).scaleb(-10)
_LARGEST_RATE = 10**10
_OTHER_WAY = {OptionKind.CALL.value: OptionKind.PUT.value, OptionKind.PUT.value: OptionKind.CALL.value}


def from_version(version: InstrumentVersion) -> Trade:
    """Raises Refusal for what has no place in a document: futures, natural offsets, quantities."""
    if version.kind not in KINDS or version.risk.kind not in (RiskKind.CURRENCY_PAIR, RiskKind.RATE_INDEX):
        raise Refusal(
            f"A {InstrumentKind(version.kind).label} of {version.risk.code} is no FpML product that the book writes: it"
            " writes currency forwards, options and swaps, and interest-rate swaps."
        )
    common: dict[str, Any] = {
        "kind": version.kind, "trade_date": version.trade_date, "value_date": version.settlement_date,
        "base_currency": version.notional_currency_id, "base_amount": version.notional_amount,
    }  # fmt: skip
    if version.kind in SWAPS:
        common |= {
            "start_date": version.start_date, "payment_months": version.payment_months,
            "fixed_rate": version.fixed_rate, "flow_days": tuple(version.flow_days or ()),
            "flow_accruals": tuple(version.flow_accruals or ()), "day_count": said_count(version.day_count),
        }  # fmt: skip
    if version.floating_flow_days:
        common |= {
            "day_count": version.day_count, "floating_payment_months": version.floating_payment_months,
            "floating_flow_days": tuple(version.floating_flow_days),
            "floating_flow_accruals": tuple(version.floating_flow_accruals or ()),
            "floating_day_count": version.floating_day_count,
        }  # fmt: skip
    if version.kind == InstrumentKind.INTEREST_RATE_SWAP:
        common["base_amount"] = abs(version.notional_amount)
        return Trade(
            **common,
            index=version.risk.market_symbol,
            pay_fixed=version.pay_fixed,
            spread_rate=version.spread_rate,
        )
    common |= {"quote_currency": version.counter_currency_id, "quote_amount": version.counter_amount}
    if version.kind == InstrumentKind.CROSS_CURRENCY_SWAP:
        found = Trade(
            **common,
            counter_fixed_rate=version.counter_fixed_rate,
            resets_notional=bool(version.resets_notional),
        )
        is_turned = not found.resets_notional and version.notional_currency_id > str(
            version.counter_currency_id
        )
        return turned(found) if is_turned else found
    return _exchange(version, common)


def _exchange(version: InstrumentVersion, common: dict[str, Any]) -> Trade:
    found = Trade(**common, rate=version.strike_rate)
    if version.kind == InstrumentKind.NON_DELIVERABLE_FORWARD:
        found = replace(
            found, fixing_date=version.fixing_date, settlement_currency=version.settlement_currency_id
        )
    elif version.kind == InstrumentKind.OPTION:
        paid = version.premium_currency_id if version.premium_amount else version.counter_currency_id
        found = replace(
            found, option_kind=version.option_kind, option_side=version.option_side, expiry_date=version.expiry_date,
            premium_amount=version.premium_amount, premium_currency=paid,
        )  # fmt: skip
    elif version.kind == InstrumentKind.FX_SWAP:
        found = replace(
            found, near_date=version.near_settlement_date, near_base_amount=-version.notional_amount,
            near_quote_amount=version.near_counter_amount, near_rate=version.near_rate,
        )  # fmt: skip
    if not version.dealt_pair:
        return found
    if not version.dealt_rate or found.near_rate == 0:
        raise Refusal(
            f"The trade says that it was dealt as {version.dealt_pair}, and not at which rates: amend it before it is"
            " exported or matched."
        )
    near_rate = None if found.near_rate is None else _as_dealt(found.near_rate)
    return replace(turned(found), rate=version.dealt_rate, near_rate=near_rate)


def turned(trade: Trade) -> Trade:
    """The same trade with its pair the other way round; rates stay to be told."""
    premium_currency = trade.premium_currency
    if trade.kind == InstrumentKind.OPTION and not trade.premium_amount:
        premium_currency = trade.base_currency
    return replace(
        trade,
        base_currency=str(trade.quote_currency), base_amount=_there(trade.quote_amount),
        quote_currency=trade.base_currency, quote_amount=trade.base_amount,
        near_base_amount=trade.near_quote_amount, near_quote_amount=trade.near_base_amount,
        fixed_rate=trade.counter_fixed_rate, counter_fixed_rate=trade.fixed_rate,
        option_kind=_OTHER_WAY[trade.option_kind] if trade.option_kind else None, premium_currency=premium_currency,
    )  # fmt: skip


def inverse(rate: Decimal) -> Decimal:
    return _EXACT.divide(Decimal(1), rate).quantize(_STEP, context=_EXACT)


def _as_dealt(rate: Decimal) -> Decimal:
    """The rate with the fewest decimals whose inverse is the book's, which keeps the dealt one of the far leg alone."""
    for places in range(11):
        found = _EXACT.divide(Decimal(1), rate).quantize(Decimal(1).scaleb(-places), context=_EXACT)
        if found > 0 and inverse(found) == rate:
            return found
    return inverse(rate)


def to_version(
    trade: Trade, *, risk: dict[str, Any], counterparty_id: int, problems: Problems
) -> InstrumentVersion:
    """The unsaved version. Problems are added where the book cannot hold the trade on this risk."""
    is_turned = (
        trade.kind != InstrumentKind.INTEREST_RATE_SWAP and trade.base_currency != risk["base_unit_id"]
    )
    if is_turned and trade.resets_notional:
        problems.add(
            "trade",
            "unsupported",
            f"the {risk['quote_currency_id']} notional to reset, as the risk {risk['code']} has it",
        )
    own = turned(trade) if is_turned else trade
    version = InstrumentVersion(
        kind=trade.kind, counterparty_id=counterparty_id, risk_id=risk["id"], valid_from=trade.trade_date,
        trade_date=trade.trade_date, settlement_date=trade.value_date, notional_amount=own.base_amount,
        notional_currency_id=risk["base_unit_id"], start_date=trade.start_date, payment_months=trade.payment_months,
        fixed_rate=own.fixed_rate, flow_days=list(trade.flow_days) if trade.flow_days else None,
        flow_accruals=list(trade.flow_accruals) if trade.flow_accruals else None, day_count=trade.day_count,
        floating_payment_months=trade.floating_payment_months, floating_day_count=trade.floating_day_count,
        floating_flow_days=list(trade.floating_flow_days) if trade.floating_flow_days else None,
        floating_flow_accruals=list(trade.floating_flow_accruals) if trade.floating_flow_accruals else None,
    )  # fmt: skip
    if trade.kind == InstrumentKind.INTEREST_RATE_SWAP:
        version.notional_amount = trade.base_amount if trade.pay_fixed else -trade.base_amount
        version.pay_fixed, version.spread_rate = trade.pay_fixed, trade.spread_rate
        return version
    version.counter_amount, version.counter_currency_id = own.quote_amount, own.quote_currency
    if trade.kind == InstrumentKind.CROSS_CURRENCY_SWAP:
        version.counter_fixed_rate, version.resets_notional = own.counter_fixed_rate, trade.resets_notional
        return version
    assert trade.rate is not None
    version.strike_rate = _own_rate(trade.rate, is_turned, problems)
    if is_turned:
        version.dealt_pair, version.dealt_rate = trade.base_currency + str(trade.quote_currency), trade.rate
    _of_kind(version, trade, own, is_turned, problems)
    return version


def _own_rate(rate: Decimal, is_turned: bool, problems: Problems) -> Decimal:
    found = inverse(rate) if is_turned else rate
    if not 0 < found < _LARGEST_RATE:
        problems.add("trade", "rate", f"a rate whose inverse is above 0 and below {_LARGEST_RATE}", str(rate))
    return found


def _of_kind(
    version: InstrumentVersion, trade: Trade, own: Trade, is_turned: bool, problems: Problems
) -> None:
    if trade.kind == InstrumentKind.NON_DELIVERABLE_FORWARD:
        version.fixing_date, version.settlement_currency_id = trade.fixing_date, trade.settlement_currency
    elif trade.kind == InstrumentKind.OPTION:
        version.option_kind, version.option_side = str(own.option_kind), str(trade.option_side)
        version.expiry_date, version.premium_amount = trade.expiry_date, trade.premium_amount
        version.premium_currency_id = own.premium_currency
    elif trade.kind == InstrumentKind.FX_SWAP:
        if own.near_base_amount != -own.base_amount:
            problems.add(
                "trade/fxSwap/nearLeg", "unsupported", f"the amount of the far leg in {own.base_currency}: both legs"
                " of a swap have one amount in the base unit of the risk", str(own.near_base_amount),
            )  # fmt: skip
        assert trade.near_rate is not None
        version.near_settlement_date = trade.near_date
        version.near_rate = _own_rate(trade.near_rate, is_turned, problems)
        version.near_counter_amount = own.near_quote_amount


def _there(amount: Decimal | None) -> Decimal:
    assert amount is not None
    return amount
