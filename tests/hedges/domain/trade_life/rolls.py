"""A roll, and what counts as cover of its trades on a day: read as the night reads it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hedges.domain.trade_life import roll
from hedges.domain.trade_life.plan import Plan
from hedges.enums import LifeEventMethod
from hedges.models import InstrumentVersion
from hedges.queries import columns
from tests.hedges.domain.trade_life.lives import NOW, stands


def rolled(version: InstrumentVersion, *, on: date = NOW, **told: Any) -> Plan:
    """Near rate 0.92, 0.926 to ninety days after the old settlement."""
    terms = {
        "near_rate": Decimal("0.92"), "far_rate": Decimal("0.926"), "method": LifeEventMethod.AT_MARKET,
        "settlement_date": version.settlement_date + timedelta(90),
    }  # fmt: skip
    return roll.plan(stands(version), on=on, **(terms | told))


def at(day: date) -> dict[str, Any]:
    """The point of a night that knows everything."""
    return {"as_of_date": day, "known_at": "infinity", "shard_number": 0, "shard_count": 1, "drafts": [],
            "only": None, "entity_id": None}  # fmt: skip


def live(day: date) -> dict[int, int]:
    """Notionals in minor units of the instruments that a night of the day takes as hedges."""
    found = columns.live_instruments(at(day), by="entity_id")
    return dict(zip(found["instrument_id"].tolist(), found["notional"].tolist(), strict=True))
