"""The states and kinds that the whole book shares. Members are what stands in the database."""

from django.db.models import TextChoices


class AccountingFramework(TextChoices):
    IFRS9 = "IFRS9", "IFRS 9"
    IAS39 = "IAS39", "IAS 39"
    ASC815 = "ASC815", "ASC 815"


class UnitKind(TextChoices):
    CURRENCY = "CURRENCY", "currency"
    QUANTITY = "QUANTITY", "quantity"


class RiskKind(TextChoices):
    CURRENCY_PAIR = "CURRENCY_PAIR", "currency pair"
    RATE_INDEX = "RATE_INDEX", "interest-rate index"
    COMMODITY = "COMMODITY", "commodity"
    EQUITY_INDEX = "EQUITY_INDEX", "equity index"


class Role(TextChoices):
    TREASURER = "TREASURER", "treasurer"
    APPROVER = "APPROVER", "approver"
    HEDGE_ACCOUNTANT = "HEDGE_ACCOUNTANT", "hedge accountant"
    AUDITOR = "AUDITOR", "auditor"
    ADMINISTRATOR = "ADMINISTRATOR", "administrator"


class TokenScope(TextChoices):
    """What a key to the API may be used for; it never does more than its owner may."""

    READ = "read", "read everything that the owner sees"
    EXPOSURES = "exposures", "record and change exposures, import them"
    TRADES = "trades", "record trades and their life, documents, proposals"
    MARKET = "market", "record market data and credit facts"
    POLICIES = "policies", "record hedging policies"
    ACCOUNTING = "accounting", "designate, test, change, close, reverse"
    RUNS = "runs", "start and end nights"
    DECIDE = "decide", "approve and reject"
    ADMINISTER = "administer", "people, keys, webhooks"

    @classmethod
    def everything(cls) -> list[str]:
        return list(cls.values)


class Decision(TextChoices):
    APPROVED = "APPROVED", "approved"
    REJECTED = "REJECTED", "rejected"


class QuoteKind(TextChoices):
    FX_SPOT = "FX_SPOT", "FX spot rate"
    ZERO_RATE = "ZERO_RATE", "zero rate"
    RATE_FIXING = "RATE_FIXING", "rate fixing"
    IMPLIED_VOLATILITY = "IMPLIED_VOLATILITY", "implied volatility"
    PRICE = "PRICE", "price"
    FUTURES_PRICE = "FUTURES_PRICE", "futures price"
    CREDIT_SPREAD = "CREDIT_SPREAD", "credit spread"
    DEPOSIT_RATE = "DEPOSIT_RATE", "deposit rate"
    SWAP_RATE = "SWAP_RATE", "swap rate"
    FORWARD_POINTS = "FORWARD_POINTS", "forward points"


class CreditFactKind(TextChoices):
    RATING = "RATING", "credit rating"
    DEFAULT = "DEFAULT", "default"
    COLLATERAL = "COLLATERAL", "collateral"


class CreditState(TextChoices):
    """What a default and a collateral call may come to; a rating has its scale."""

    DEFAULTED = "DEFAULTED", "defaulted"
    CURED = "CURED", "default cured"
    NOT_POSTED = "NOT_POSTED", "called, not posted in time"
    POSTED = "POSTED", "posted"


class RunKind(TextChoices):
    """NIGHTLY is over the whole book (scope GROUP), CLOSE over one entity and accounting period (scope: its code)."""

    NIGHTLY = "NIGHTLY", "nightly"
    CLOSE = "CLOSE", "period close"


class RunStatus(TextChoices):
    """PENDING → RUNNING → PUBLISHED → SUPERSEDED; WAITING where the date has no rates yet; FAILED with its cause."""

    PENDING = "PENDING", "pending"
    WAITING = "WAITING", "waiting for rates"
    RUNNING = "RUNNING", "running"
    PUBLISHED = "PUBLISHED", "published"
    SUPERSEDED = "SUPERSEDED", "superseded"
    FAILED = "FAILED", "failed"


class RunStep(TextChoices):
    """The steps that run in shards, in the order of the night. Sealing comes before them, publishing after."""

    VALUATION = "VALUATION", "value the instruments"
    HEDGE_RATIO = "HEDGE_RATIO", "hedge ratios"
    HORIZON = "HORIZON", "horizon profile"
    EFFECTIVENESS = "EFFECTIVENESS", "effectiveness"
    MEASUREMENT = "MEASUREMENT", "hedge accounting measurement"


class ShardStatus(TextChoices):
    PENDING = "PENDING", "pending"
    LEASED = "LEASED", "leased"
    DONE = "DONE", "done"


class ResultStatus(TextChoices):
    """Whether a result's numbers could be worked out; what could not is null and has its reason."""

    OK = "OK", "worked out"
    PARTIAL = "PARTIAL", "partly undefined"
    UNDEFINED = "UNDEFINED", "undefined"


class ChangeVerb(TextChoices):
    """What a change did to a thing. What is recorded stays recorded: a WITHDRAWN row does not count, and never will."""

    CREATED = "CREATED", "created"
    CHANGED = "CHANGED", "changed"
    DECIDED = "DECIDED", "approved"
    WITHDRAWN = "WITHDRAWN", "rejected, corrected or taken back"


class WebhookStatus(TextChoices):
    ACTIVE = "ACTIVE", "active"
    PAUSED = "PAUSED", "paused by a person"
    DISABLED = "DISABLED", "ended by itself"


class DeliveryStatus(TextChoices):
    OPEN = "OPEN", "being delivered"
    DELIVERED = "DELIVERED", "delivered"
    ABANDONED = "ABANDONED", "taken back by a replay, or nothing of it may be seen any more"
