"""Shared tables: audit, approval, reference, market data, policy, snapshots, runs, access.

May import treasury.enums, treasury.quant and treasury.kernel; knows nothing of exposures, hedges or reports.
"""

from treasury.models.access import ApiToken, Membership, User
from treasury.models.audit import AuditChange, AuditEvent, DatabaseMark, DemoClock
from treasury.models.market_data import MarketQuote
from treasury.models.policy import Policy, PolicyBand, PolicyVersion, PolicyVersionApproval, RulePack
from treasury.models.rate_curve import RateCurve
from treasury.models.records import ApprovalRecord, Recorded, VersionRecord
from treasury.models.reference import Counterparty, Entity, Risk
from treasury.models.results import RunResult, key_to
from treasury.models.run import CalculationRun, RunShard
from treasury.models.snapshot import BookSnapshot, MarketDataSnapshot
from treasury.models.units import Unit, amount_fits, capacity_units

__all__ = [
    "ApiToken",
    "ApprovalRecord",
    "AuditChange",
    "AuditEvent",
    "BookSnapshot",
    "CalculationRun",
    "Counterparty",
    "DatabaseMark",
    "DemoClock",
    "Entity",
    "MarketDataSnapshot",
    "MarketQuote",
    "Membership",
    "Policy",
    "PolicyBand",
    "PolicyVersion",
    "PolicyVersionApproval",
    "RateCurve",
    "Recorded",
    "Risk",
    "RulePack",
    "RunResult",
    "RunShard",
    "Unit",
    "User",
    "VersionRecord",
    "amount_fits",
    "capacity_units",
    "key_to",
]
