"""A book as large as a group has: recorded and approved through the domain in a fixed number of statements, with a
published night over it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from exposures.domain import recording
from exposures.models import Exposure, ExposureVersion, ExposureVersionApproval
from hedges.domain import trade_capture
from hedges.models import Instrument, InstrumentVersion, InstrumentVersionApproval
from tests.factories import book, night
from treasury.domain import approval

RISKS = ("USDEUR", "GBPEUR", "JPYEUR", "CHFEUR")
#: One in so many waits for its second person.
WAITING = 50


def grown(made: dict[str, Any], *, exposures: int, instruments: int) -> None:
    """Adds to a `night.small_book`, over several risks and dates, until it has that many; publishes a later night.

    May be called again for more.
    """
    there = made.setdefault("grown", {"exposures": 0, "instruments": 0, "hedges": [], "nights": 0})
    base = len(made["exposures"])
    entity, risks = made["entity"], [book.risk(code) for code in RISKS]
    author, decider, bank = book.user(), book.user(), book.counterparty()
    items = recording.record(
        exposures=[_exposure(place, entity, risks) for place in range(there["exposures"], exposures - base)],
        actor=author,
        reason="read from the ledger",
    )
    approval.decide(
        versions=[version for place, version in enumerate(items) if place % WAITING],
        approvals=ExposureVersionApproval,
        actor=decider,
    )
    trades = trade_capture.capture(
        trades=[
            _forward(place, entity, risks, bank) for place in range(there["instruments"], instruments - base)
        ],
        actor=author,
        reason="read from the bank",
    )
    approved = [version for place, version in enumerate(trades) if place % WAITING]
    approval.decide(versions=approved, approvals=InstrumentVersionApproval, actor=decider)
    there["hedges"] += approved
    there["exposures"], there["instruments"] = exposures - base, instruments - base
    there["nights"] += 1
    rows: list[Any] = [
        night.bucket(entity, risk, month, month + 3) for risk in risks for month in range(0, 36, 3)
    ]
    rows += [night.ratio(entity, risk) for risk in risks]
    rows += [night.valuation(version) for version in (*made["forwards"], *there["hedges"])]
    rows += [night.effectiveness(version) for version in made["relationships"]]
    rows += [night.criterion(version) for version in made["relationships"]]
    made["run"] = night.published(rows, as_of=book.TODAY + timedelta(days=there["nights"]))


def _exposure(place: int, entity: Any, risks: list[Any]) -> tuple[Exposure, ExposureVersion]:
    identity = Exposure(entity=entity, source_system="ERP", external_reference=f"SO-{place:06d}")
    version = book.unsaved_exposure(
        Decimal(100_000 + 37 * place) * (1 if place % 3 else -1),
        risk=risks[place % len(risks)],
        expected_date=book.TODAY + timedelta(days=10 + place % 900),
        description=f"Order {place} of the plan",
    )
    return identity, version


def _forward(place: int, entity: Any, risks: list[Any], bank: Any) -> tuple[Instrument, InstrumentVersion]:
    risk, notional = risks[place % len(risks)], -Decimal(150_000 + 41 * place)
    identity = Instrument(
        entity=entity, kind="FORWARD", source_system="BANK", external_reference=f"FW-{place:06d}"
    )
    version = InstrumentVersion(
        valid_from=book.START, risk=risk, trade_date=book.START, notional_amount=notional,
        settlement_date=book.TODAY + timedelta(days=10 + place % 700), notional_currency=risk.base_unit,
        strike_rate=Decimal("0.5"), counter_amount=-notional / 2, counter_currency=risk.quote_currency,
        counterparty=bank,
    )  # fmt: skip
    return identity, version
