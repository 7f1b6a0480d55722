"""Which of the shared tables are changes of which resource. Places 1 to 99."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from treasury.enums import ChangeVerb, RunKind
from treasury.models import (
    AuditChange,
    CalculationRun,
    Commit,
    Counterparty,
    CreditFact,
    Entity,
    ManualQuoteVersion,
    ManualQuoteVersionApproval,
    MarketQuote,
    PolicyVersion,
    PolicyVersionApproval,
    Risk,
)
from treasury.queries import access, manual_quotes, market_quotes
from treasury.queries.changes import DECIDED, Narrow, Source, by, shared, versioned


def logged(place: int, resource: str, table: str, narrow: Narrow, **told: Any) -> Source:
    """The logged updates of a state table: its rows change, and old and new values go to the audit trail."""
    values: dict[str, Any] = {"thing": "row_id", "body": "row_id", "only": Q(table_name=table)} | told
    return Source(place, resource, AuditChange, narrow, ChangeVerb.CHANGED, **values)


def _nights_and_own_closes(path: str) -> Narrow:
    """A night is everybody's, a close its entity's."""

    def narrow(rows: "QuerySet[Any]", entity_ids: Collection[int]) -> "QuerySet[Any]":
        own = Entity.objects.filter(pk__in=entity_ids).values("code")
        return rows.filter(Q(**{f"{path}kind": RunKind.NIGHTLY}) | Q(**{f"{path}scope__in": own}))

    return narrow


SOURCES = (
    Source(1, "entities", Entity, by("pk")),
    logged(2, "entities", "treasury_entity", by("row_id")),
    Source(5, "counterparties", Counterparty, shared),
    logged(6, "counterparties", "treasury_counterparty", shared),
    Source(10, "risks", Risk, shared),
    logged(11, "risks", "treasury_risk", shared),
    Source(15, "credit-facts", CreditFact, shared),
    Source(20, "market-quotes", MarketQuote, market_quotes.seen),
    Source(
        21, "market-quotes", MarketQuote, market_quotes.seen, ChangeVerb.WITHDRAWN, "corrects_id", "corrects_id",
        only=Q(corrects__isnull=False),
    ),
    Source(22, "manual-quotes", ManualQuoteVersion, manual_quotes.seen("manual_quote__")),
    Source(
        23, "manual-quotes", ManualQuoteVersionApproval, manual_quotes.seen("version__manual_quote__"), DECIDED,
        "version_id", "version_id",
    ),
    *versioned(
        30, "policies", PolicyVersion, PolicyVersionApproval, thing="policy_id", entity="policy__entity"
    ),
    Source(90, "runs", CalculationRun, _nights_and_own_closes("")),
    Source(
        91, "runs", Commit, _nights_and_own_closes("run__"), ChangeVerb.CHANGED, "run_id", "run_id",
        only=Q(run__isnull=False), number="number",
    ),
)  # fmt: skip


def policy_versions(user: Any) -> "QuerySet[PolicyVersion]":
    return access.scoped(PolicyVersion.objects.all(), user, entity="policy__entity")
