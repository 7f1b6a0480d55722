"""Reads a ledger as an auditor does, and holds it against what was measured and what the reports say."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from hedges.enums import AccountRole
from hedges.models import CostOfHedgingResult, JournalLine, MeasurementResult
from reports.domain import roll_forward
from reports.domain.reconciliation.reconcile import MEASURES, Reconciliation, reconcile
from reports.queries import reconciled, roll_forwards
from reports.queries.span import Span

ZERO = Decimal(0)
RESERVES = ("CASH_FLOW_HEDGE_RESERVE", "TRANSLATION_RESERVE")
ROLES = tuple(AccountRole.values)


def posted(version: Any, role: str | tuple[str, ...], *rules: str, month: date | None = None) -> Decimal:
    """Credits less debits of a relationship's role, of all months or of one."""
    roles = (role,) if isinstance(role, str) else role
    found = JournalLine.objects.filter(entry__relationship_id=version.relationship_id, account_role__in=roles)
    if rules:
        found = found.filter(entry__rule__in=rules)
    if month:
        found = found.filter(entry__period__period_start=month)
    amounts = found.values_list("credit_amount", "debit_amount")
    return sum((credit - debit for credit, debit in amounts), ZERO)


def moved(version: Any, month: date) -> tuple[Decimal, Decimal]:
    """Other comprehensive income and ineffectiveness of one month, gains +."""
    recognised = posted(version, RESERVES, "REMEASUREMENT", month=month)
    return recognised, posted(version, "INEFFECTIVENESS", month=month)


def entries(version: Any) -> list[tuple[str, str, str, Decimal]]:
    """Every line in the order of the journal: day, rule, the last word of the role, debit + or credit −."""
    found = JournalLine.objects.filter(entry__relationship_id=version.relationship_id)
    rows = found.order_by("entry__number", "line_number").values_list(
        "entry__entry_date", "entry__rule", "account_role", "debit_amount", "credit_amount"
    )
    return [
        (f"{day}", rule, role.rsplit("_", 1)[-1], debit - credit) for day, rule, role, debit, credit in rows
    ]


def cost(row: MeasurementResult) -> CostOfHedgingResult:
    """The one excluded element of a relationship in a run."""
    return CostOfHedgingResult.objects.get(run_id=row.run_id, relationship_id=row.relationship_id)


def holds(row: MeasurementResult) -> None:
    """The identities of a measurement, and every amount of it against the lines of its role and rule."""
    one = row.relationship_version
    fair = row.hedge_type == "FAIR_VALUE"
    result = row.cumulative_ineffectiveness - (row.item_adjustment if fair else ZERO)
    assert row.fair_value_change == (
        row.cumulative_recognised + result + row.cost_recognised + row.excluded_in_profit_or_loss
    )
    assert row.cumulative_change_instrument == row.cumulative_recognised + result
    assert row.reserve_balance == (
        row.cumulative_recognised
        - row.cumulative_reclassified
        - row.cumulative_basis_adjusted
        - row.loss_not_recovered
    )
    derivative = -posted(one, "DERIVATIVE")
    expected = {
        "reserve": (posted(one, RESERVES), row.reserve_balance),
        "recognised": (posted(one, RESERVES, "REMEASUREMENT"), row.cumulative_recognised),
        "reclassified": (-posted(one, RESERVES, "RECLASSIFICATION"), row.cumulative_reclassified),
        "not recovered": (-posted(one, RESERVES, "LOSS_NOT_RECOVERED"), row.loss_not_recovered),
        "basis": (-posted(one, RESERVES, "BASIS_ADJUSTMENT"), row.cumulative_basis_adjusted),
        "ineffectiveness": (posted(one, "INEFFECTIVENESS"), ZERO if fair else row.cumulative_ineffectiveness),
        "fair value hedge": (
            posted(one, "FAIR_VALUE_HEDGE_RESULT"), row.cumulative_ineffectiveness if fair else ZERO,
        ),
        "adjustment": (
            -posted(one, "HEDGED_ITEM_CARRYING_AMOUNT"), row.item_adjustment - row.item_adjustment_amortised,
        ),
        "excluded": (posted(one, "EXCLUDED_COMPONENT"), row.excluded_in_profit_or_loss),
        "cost reserve": (posted(one, "COST_OF_HEDGING_RESERVE"), row.cost_reserve_balance),
        "cost recognised": (posted(one, "COST_OF_HEDGING_RESERVE", "REMEASUREMENT"), row.cost_recognised),
        "cost amortised": (-posted(one, "COST_OF_HEDGING"), row.cost_amortised),
        "derivative": (derivative, row.carrying_amount),
        "change": (-posted(one, "DERIVATIVE", "REMEASUREMENT"), row.fair_value_change),
        "settled": (-posted(one, "SETTLEMENT"), row.settled_amount),
    }  # fmt: skip
    wrong = {name: pair for name, pair in expected.items() if pair[0] != pair[1]}
    assert not wrong, wrong


def balances_everywhere() -> None:
    """Debits are credits in every entry, and so by entity, currency, framework and period."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.entity_id, e.currency_id, e.framework, e.period_id, e.id, sum(l.debit_amount - l.credit_amount)"
            " FROM hedges_journalentry e JOIN hedges_journalline l ON l.entry_id = e.id"
            " GROUP BY ROLLUP (e.entity_id, e.currency_id, e.framework, e.period_id, e.id)"
            " HAVING sum(l.debit_amount - l.credit_amount) <> 0"
        )
        assert cursor.fetchall() == []


def rolls_forward(entity: Any, first: date, last: date) -> list[Any]:
    """Its rows, after they agree with every close and what has matured has come to zero."""
    span = Span([entity.pk], first, last)
    rows = roll_forwards.roll_forward(span)
    assert {row["difference"] for row in rows} <= {ZERO}
    assert roll_forward.proof(roll_forward.by_entity(span)).holds
    return list(rows)


def explained(version: Any, first: date, last: date) -> Reconciliation:
    """The two frameworks of a hedge side by side; of every difference nothing is left unexplained."""
    span = Span([version.entity_id], first, last)
    pairs = reconciled.pairs(span.entity_ids).filter(pk=version.relationship_id)
    [found] = reconcile(span, list(pairs))
    for extent in (found.period, found.cumulative):
        assert {name: extent.unexplained(name) for name in MEASURES} == dict.fromkeys(MEASURES, ZERO)
    return found


def digests() -> dict[str, tuple[int, str]]:
    """Rows and content of every table of the book, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace"
            " AND relname ~ '^(treasury|exposures|hedges|reports)_' ORDER BY 1"
        )
        names = [name for (name,) in cursor.fetchall()]
        parts = " UNION ALL ".join(
            f"SELECT '{name}', count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), ''))"
            f" FROM {name} t"
            for name in names
        )
        cursor.execute(parts)
        return {name: (count, digest) for name, count, digest in cursor.fetchall()}
