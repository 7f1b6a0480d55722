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
