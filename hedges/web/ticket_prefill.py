"""A recorded trade as the texts of a ticket: to amend it or to deal the same again, amount for amount."""

from __future__ import annotations

from decimal import Decimal

from hedges.enums import InstrumentKind
from hedges.models import InstrumentVersion
from treasury.kernel.money import plain


def texts(version: InstrumentVersion) -> dict[str, str]:
    """By the field names of a ticket, so that sending them makes the very terms of the version."""
    found = {
        "kind": version.kind,
        "entity": version.entity.code,
        "side": "BUY" if version.notional_amount > 0 else "SELL",
        "counterparty": version.counterparty.code if version.counterparty else "",
        "trade_date": version.trade_date.isoformat(),
        "value_date": version.settlement_date.isoformat(),
    }
    found |= _exchanged(version) if version.counter_amount is not None else {}
    match version.kind:
        case InstrumentKind.NON_DELIVERABLE_FORWARD:
            found |= {
                "fixing_date": _day(version.fixing_date),
                "settlement_currency": version.settlement_currency_id or "",
            }
        case InstrumentKind.FUTURE:
            found |= {
                "contract": version.contract.code if version.contract else "",
                "contract_count": str(abs(version.contract_count or 0)),
                "rate": _number(version.entry_price),
            }
        case InstrumentKind.OPTION:
            found |= {
                "side": "BUY" if version.option_side == "BOUGHT" else "SELL",
                "option_kind": version.option_kind,
                "expiry_date": _day(version.expiry_date),
                "premium_amount": _number(abs(version.premium_amount or Decimal(0))),
                "premium_currency": version.premium_currency_id or "",
            }
        case InstrumentKind.FX_SWAP:
            found |= _near(version)
        case InstrumentKind.INTEREST_RATE_SWAP:
            found |= {
                "side": "BUY" if version.pay_fixed else "SELL",
                "index": version.risk.code,
                "amount": _number(abs(version.notional_amount)),
                "spread_rate": _percent(version.spread_rate),
                "day_count": version.day_count or "",
                # Without its own the floating leg is as the fixed one, which an empty field would not say.
                "floating_payment_months": str(version.floating_payment_months or ""),
                "floating_day_count": version.floating_day_count or version.day_count or "",
            }
        case InstrumentKind.NATURAL_OFFSET:
            exposure = version.instrument.offset_exposure
            found |= {"exposure": exposure.external_reference if exposure else ""}
    if version.kind in (InstrumentKind.INTEREST_RATE_SWAP, InstrumentKind.CROSS_CURRENCY_SWAP):
        found |= {
            "start_date": _day(version.start_date),
            "payment_months": str(version.payment_months or ""),
            "fixed_rate": _percent(version.fixed_rate),
            "counter_fixed_rate": _percent(version.counter_fixed_rate),
            "resets_notional": "on" if version.resets_notional else "",
        }
    return found


def _exchanged(version: InstrumentVersion) -> dict[str, str]:
    """The base amount, the counter amount as it was agreed, and the rate as it was dealt."""
    base, quote = version.notional_currency_id, version.counter_currency_id
    counter = abs(version.counter_amount or Decimal(0))
    rate = version.dealt_rate if version.dealt_pair else version.strike_rate
    if rate is None:  # a cross-currency swap that was dealt in the risk's own terms has no rate, only amounts
        rate = (counter / abs(version.notional_amount)).quantize(Decimal(1).scaleb(-10))
    is_quantity = len(base) != 3 or version.risk.kind != "CURRENCY_PAIR"
    return {
        "currency": version.risk.code if is_quantity else base,
        "amount": _number(abs(version.notional_amount)),
        "against": (quote or "") if is_quantity else (version.dealt_pair or f"{base}{quote}"),
        "rate": _number(rate),
        "counter_amount": _number(counter),
    }


def _near(version: InstrumentVersion) -> dict[str, str]:
    near = version.near_rate
    if version.dealt_pair and near:
        near = (Decimal(1) / near).quantize(Decimal(1).scaleb(-8))
    return {
        "near_date": _day(version.near_settlement_date),
        "near_rate": _number(near),
        "near_counter_amount": _number(abs(version.near_counter_amount or Decimal(0))),
    }


def _day(day: object) -> str:
    return day.isoformat() if day else ""  # type: ignore[attr-defined, no-any-return]


def _number(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _percent(value: Decimal | None) -> str:
    return "" if value is None else plain(value.scaleb(2))
