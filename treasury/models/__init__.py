"""Shared tables: audit, approval, reference, market data, policy, snapshots, runs, access.

May import treasury.enums, treasury.quant and treasury.kernel; knows nothing of exposures, hedges or reports.
"""

from treasury.models.access import ApiClient, ApiToken, Membership, User
from treasury.models.audit import AuditChange, AuditEvent, DatabaseMark, DemoClock
from treasury.models.changes import Commit
from treasury.models.credit_fact import CreditFact
from treasury.models.draft import Draft
from treasury.models.manual_quote import ManualQuote, ManualQuoteVersion, ManualQuoteVersionApproval
from treasury.models.market_data import MarketQuote
from treasury.models.policy import Policy, PolicyBand, PolicyVersion, PolicyVersionApproval, RulePack
from treasury.models.rate_curve import RateCurve
from treasury.models.records import ApprovalRecord, Recorded, Revised, VersionRecord
from treasury.models.reference import Counterparty, Entity, Risk
from treasury.models.request_key import RequestKey
from treasury.models.results import RunResult, key_to
from treasury.models.run import CalculationRun, RunShard
from treasury.models.saved_view import SavedView
from treasury.models.snapshot import BookSnapshot, MarketDataSnapshot
from treasury.models.units import Unit, amount_fits, capacity_units
from treasury.models.webhooks import Webhook, WebhookAttempt, WebhookDelivery

__all__ = [
    "ApiClient",
    "ApiToken",
    "ApprovalRecord",
    "AuditChange",
    "AuditEvent",
    "BookSnapshot",
    "CalculationRun",
    "Commit",
    "Counterparty",
    "CreditFact",
    "DatabaseMark",
    "DemoClock",
    "Draft",
    "Entity",
    "ManualQuote",
    "ManualQuoteVersion",
    "ManualQuoteVersionApproval",
    "MarketDataSnapshot",
    "MarketQuote",
    "Membership",
    "Policy",
    "PolicyBand",
    "PolicyVersion",
    "PolicyVersionApproval",
    "RateCurve",
    "Recorded",
    "RequestKey",
    "Revised",
    "Risk",
    "RulePack",
    "RunResult",
    "RunShard",
    "SavedView",
    "Unit",
    "User",
    "VersionRecord",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "amount_fits",
    "capacity_units",
    "key_to",
]
