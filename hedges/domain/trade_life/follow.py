"""A trade that another one leads to: with the same bank, of the same size where nothing else is said."""

from __future__ import annotations

from typing import Any

from hedges.domain.ticket.build import SOURCE
from hedges.domain.trade_life.plan import Trade
from hedges.enums import InstrumentKind, InstrumentStatus
from hedges.models import Instrument, InstrumentVersion
from hedges.queries import instrument_life

_LONGEST = 54


def follower(
    before: InstrumentVersion, mark: str, *, kind: InstrumentKind = InstrumentKind.FORWARD, **terms: Any
) -> Trade:
    """Unsaved. It is named after the trade that it follows, `FWD-1-R1`, and keeps what is not in `terms`."""
    trade = before.instrument
    number = instrument_life.followers(trade.pk) + 1
    name = f"{trade.external_reference[:_LONGEST]}-{mark}{number}"
    values = {
        "valid_from": terms["trade_date"],
        "status": InstrumentStatus.LIVE,
        "counterparty_id": before.counterparty_id,
        "risk_id": before.risk_id,
        "notional_amount": before.notional_amount,
        "notional_currency_id": before.notional_currency_id,
        "strike_rate": before.strike_rate,
        "counter_amount": before.counter_amount,
        "counter_currency_id": before.counter_currency_id,
    }
    made = Instrument(entity_id=before.entity_id, kind=kind, source_system=SOURCE, external_reference=name)
    return made, InstrumentVersion(entity_id=before.entity_id, kind=kind, **(values | terms))
