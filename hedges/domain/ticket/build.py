"""From a trade as understood to unsaved instruments with their first versions: one, or the two options of a collar."""

from dataclasses import replace
from typing import Any

from hedges.domain.schedules import with_schedule
from hedges.domain.ticket.deal import Deal
from hedges.domain.ticket.exchange import Exchange, exchange
from hedges.domain.ticket.kinds import COLLAR, instrument_kind
from hedges.enums import InstrumentKind, OptionKind, OptionSide
from hedges.models import Instrument, InstrumentVersion

Leg = tuple[Instrument, InstrumentVersion]
SOURCE = "TICKET"


def legs(deal: Deal, reference: str = "") -> list[Leg]:
    """Unsaved pairs; payment days of swaps are filled in, so that the terms are all there to be valued.

    Raises InputError naming the field where an agreed counter amount is not the rate's.
    """
    if deal.kind != COLLAR:
        return [_leg(deal, _terms(deal), reference, "")]
    bought, sold = collar_options(deal)
    return [
        _leg(bought, _option(bought, OptionSide.BOUGHT), f"{reference}-A", reference),
        _leg(sold, _option(sold, OptionSide.SOLD), f"{reference}-B", reference),
    ]


def collar_options(deal: Deal) -> tuple[Deal, Deal]:
    """The option that is bought and the one that is sold for it: a purchase is protected by a call, a sale by a put."""
    kinds = (OptionKind.CALL, OptionKind.PUT) if deal.side > 0 else (OptionKind.PUT, OptionKind.CALL)
    bought = replace(deal, kind=InstrumentKind.OPTION.value, side=1, option_kind=kinds[0].value)
    sold = replace(
        deal, kind=InstrumentKind.OPTION.value, side=-1, option_kind=kinds[1].value, rate=deal.sold_rate,
        premium_amount=deal.sold_premium_amount,
    )  # fmt: skip
    return bought, sold


def exchanged(deal: Deal) -> Exchange:
    """The two amounts of a deal at its rate. Of an option they are those of its delta's side."""
    assert deal.rate is not None
    side = deal.side
    if deal.kind == InstrumentKind.OPTION and deal.option_kind == OptionKind.PUT:
        side = -side
    return exchange(
        risk=deal.risk, side=side, currency=deal.currency, amount=deal.amount, pair=deal.pair, rate=deal.rate,
        agreed=deal.counter_amount,
    )  # fmt: skip


def _leg(deal: Deal, terms: dict[str, Any], reference: str, structure: str) -> Leg:
    instrument = Instrument(
        entity_id=deal.entity_id,
        kind=instrument_kind(deal.kind),
        source_system=SOURCE,
        external_reference=reference,
        structure_reference=structure,
        offset_exposure_id=deal.exposure["exposure_id"] if deal.exposure else None,
    )
    version = InstrumentVersion(
        valid_from=deal.trade_date,
        entity_id=deal.entity_id,
        kind=instrument.kind,
        counterparty_id=deal.counterparty_id,
        risk_id=deal.risk["id"],
        trade_date=deal.trade_date,
        notional_currency_id=deal.risk["base_unit_id"],
        change_reason=deal.reason,
        **terms,
    )
    with_schedule(version)
    return instrument, version


def _terms(deal: Deal) -> dict[str, Any]:
    match deal.kind:
        case InstrumentKind.FUTURE:
            return _future(deal)
        case InstrumentKind.INTEREST_RATE_SWAP:
            return _interest_rate_swap(deal)
        case InstrumentKind.CROSS_CURRENCY_SWAP:
            return _cross_currency_swap(deal)
        case InstrumentKind.NATURAL_OFFSET:
            assert deal.exposure is not None
            return {
                "settlement_date": deal.exposure["expected_date"],
                "notional_amount": deal.exposure["amount"],
            }
        case InstrumentKind.OPTION:
            return _option(deal, OptionSide.BOUGHT if deal.side > 0 else OptionSide.SOLD)
        case InstrumentKind.FX_SWAP:
            return _fx_swap(deal)
        case InstrumentKind.NON_DELIVERABLE_FORWARD:
            return _forward(deal) | {
                "fixing_date": deal.fixing_date,
                "settlement_currency_id": deal.settlement_currency,
            }
    return _forward(deal)


def _forward(deal: Deal) -> dict[str, Any]:
    found = exchanged(deal)
    return {
        "settlement_date": deal.value_date,
        "notional_amount": found.notional,
        "counter_amount": found.counter,
        "counter_currency_id": deal.risk["quote_currency_id"],
        "strike_rate": found.strike,
        "dealt_pair": found.dealt_pair,
        "dealt_rate": found.dealt_rate,
    }


def _option(deal: Deal, side: OptionSide) -> dict[str, Any]:
    """The right is one on the risk's base unit: a call on the other currency is a put on it."""
    is_call = (deal.option_kind == OptionKind.CALL) == (deal.currency == deal.risk["base_unit_id"])
    assert deal.premium_amount is not None
    return _forward(deal) | {
        "option_kind": (OptionKind.CALL if is_call else OptionKind.PUT).value,
        "option_side": side.value,
        "expiry_date": deal.expiry_date,
        "premium_amount": -deal.premium_amount if side == OptionSide.BOUGHT else deal.premium_amount,
        "premium_currency_id": deal.premium_currency,
    }


def _fx_swap(deal: Deal) -> dict[str, Any]:
    """The near leg has the opposite notional at its own rate."""
    assert deal.near_rate is not None
    near = exchange(
        risk=deal.risk, side=-deal.side, currency=deal.currency, amount=deal.amount, pair=deal.pair,
        rate=deal.near_rate, agreed=deal.near_counter_amount, field="near_counter_amount",
    )  # fmt: skip
    return _forward(deal) | {
        "near_settlement_date": deal.near_date,
        "near_rate": near.strike,
        "near_counter_amount": near.counter,
    }


def _future(deal: Deal) -> dict[str, Any]:
    assert deal.contract is not None and deal.contract_count is not None
    count = deal.side * deal.contract_count
    return {
        "settlement_date": deal.contract["last_trade_date"],
        "notional_amount": count * deal.contract["contract_multiplier"],
        "contract_id": deal.contract["id"],
        "contract_count": count,
        "entry_price": deal.rate,
    }


def _interest_rate_swap(deal: Deal) -> dict[str, Any]:
    return {
        "start_date": deal.start_date,
        "settlement_date": deal.value_date,
        "notional_amount": deal.side * deal.amount,
        "payment_months": deal.payment_months,
        "day_count": deal.day_count,
        "floating_payment_months": deal.floating_payment_months,
        "floating_day_count": deal.floating_day_count,
        "pay_fixed": deal.side > 0,
        "fixed_rate": deal.fixed_rate,
        "spread_rate": deal.spread_rate,
    }


def _cross_currency_swap(deal: Deal) -> dict[str, Any]:
    found = exchanged(deal)
    coupons = (deal.fixed_rate, deal.counter_fixed_rate)
    base, quote = coupons if deal.currency == deal.risk["base_unit_id"] else coupons[::-1]
    return {
        "start_date": deal.start_date,
        "settlement_date": deal.value_date,
        "notional_amount": found.notional,
        "counter_amount": found.counter,
        "counter_currency_id": deal.risk["quote_currency_id"],
        "payment_months": deal.payment_months,
        "fixed_rate": base,
        "counter_fixed_rate": quote,
        "resets_notional": bool(deal.resets_notional),
        "dealt_pair": found.dealt_pair,
        "dealt_rate": found.dealt_rate,
    }
