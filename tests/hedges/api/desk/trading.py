"""Bodies of trades that are complete, and what the second person does."""

from datetime import date
from typing import Any

from hedges.models import (
    HedgeProposal,
    HedgeProposalLine,
    HedgeProposalOutcome,
    Instrument,
    InstrumentEvent,
    InstrumentVersion,
)
from tests.hedges.api.workflow.office import Office, seen
from treasury.models import AuditEvent, CalculationRun, Draft, Policy, PolicyVersion, SavedView

NOW = date(2026, 10, 28)
TABLES = (
    AuditEvent, CalculationRun, Draft, HedgeProposal, HedgeProposalLine, HedgeProposalOutcome, Instrument,
    InstrumentEvent, InstrumentVersion, Policy, PolicyVersion, SavedView,
)  # fmt: skip


def left() -> list[int]:
    """How many rows there are of what the desk writes: a refusal leaves them as they were."""
    return [table._default_manager.count() for table in TABLES]


def forward(office: Office, **changed: Any) -> dict[str, Any]:
    return {
        "entity": office.entity.code, "kind": "FORWARD", "side": "SELL", "currency": "USD", "amount": "600000.00",
        "against": "USDEUR", "value_date": "2027-04-30", "counterparty": office.bank.code, "rate": "0.9",
    } | changed  # fmt: skip


def policy(office: Office, **changed: Any) -> dict[str, Any]:
    return {
        "entity": office.entity.code, "risk": "USDEUR", "valid_from": str(NOW), "reason": "The board of October.",
        "seen_version": 0,
        "bands": [{"month_from": 0, "month_to": 24, "lower_ratio": 0.7, "target_ratio": 0.8, "upper_ratio": 0.9}],
    } | changed  # fmt: skip


def decided(office: Office, version_id: int, verb: str = "approve", by: str = "approver") -> dict[str, Any]:
    where = f"instrument-versions/{version_id}/"
    version = office.by("auditor").read(where)
    return office.done(by, f"{where}{verb}/", seen(version), status=200)


def recorded(office: Office, **changed: Any) -> int:
    """The id of a trade that counts."""
    made = office.done("treasurer", "instruments/record/", forward(office, **changed))
    for version in made["versions"]:
        decided(office, version["id"])
    return int(made["instrument_id"])
