"""Posts what a close has measured and nobody has posted yet; `reversal` takes entries back.

posted = round_half_even(cumulative amount) − Σ lines posted of that relationship, rule and role, reversals included;
Σ debit = Σ credit of every entry. Nothing is changed or deleted.
"""

from typing import Any

from django.db import connection

from hedges.domain import posting_rules
from hedges.enums import PostingRule
from hedges.models import AccountingPeriod, AccountMapVersion
from hedges.queries.unposted import ROLE_PLACE, RULE_PLACE, unposted_sql
from treasury.domain.refusals import Refusal
from treasury.models import CalculationRun, Entity

_UNPOSTED = unposted_sql(
    [
        (
            rule.rule.value,
            [kind.value for kind in rule.hedge_types],
            [(leg.role.value, leg.terms, leg.when) for leg in rule.legs],
            rule.balancing.value,
        )
        for rule in posting_rules.RULES
    ],
    posting_rules.COLUMNS,
)
_LABELS = {rule.value: str(rule.label) for rule in PostingRule}
_PARAGRAPHS = [
    (rule.rule.value, kind.value, framework.value, rule.paragraph(framework))
    for rule in posting_rules.RULES
    for kind in rule.hedge_types
    for framework in posting_rules.FRAMEWORKS
]
_ENTRIES = (
    "INSERT INTO hedges_journalentry (entity_id, period_id, entry_date, framework, currency_id, relationship_id, rule,"
    " paragraph, description, run_id)"
    " SELECT %(entity_id)s, %(period_id)s, %(entry_date)s, n.framework, %(currency)s, n.relationship_id, n.rule,"
    " n.paragraph, n.label || ', ' || n.code || ', to ' || %(entry_date)s::date, %(run_id)s FROM ("
    f" SELECT DISTINCT u.relationship_id, u.framework, u.rule, p.paragraph, p.label, r.code, {RULE_PLACE} AS place"
    f" FROM ({_UNPOSTED}) u JOIN hedges_hedgerelationship r ON r.id = u.relationship_id"
    " JOIN unnest(%(rules)s::text[], %(kinds)s::text[], %(frameworks)s::text[], %(paragraphs)s::text[],"
    " %(labels)s::text[])"
    " AS p (rule, hedge_type, framework, paragraph, label)"
    " ON p.rule = u.rule AND p.hedge_type = u.hedge_type AND p.framework = u.framework) n ORDER BY n.code, n.place"
)
_LINES = (
    "INSERT INTO hedges_journalline (entry_id, line_number, account_role, account_code, account_name, debit_amount,"
    " credit_amount) SELECT e.id,"
    f" row_number() OVER (PARTITION BY e.id ORDER BY u.amount < 0, {ROLE_PLACE}), u.role,"
    " a.accounts -> u.role ->> 'code',"
    " coalesce(a.accounts -> u.role ->> 'name', ''), greatest(u.amount, 0), greatest(-u.amount, 0)"
    f" FROM ({_UNPOSTED}) u JOIN hedges_journalentry e ON e.run_id = %(run_id)s AND e.reversal_of_id IS NULL"
    " AND e.relationship_id = u.relationship_id AND e.rule = u.rule"
    " JOIN hedges_accountmapversion a ON a.id = %(map_id)s ORDER BY e.number, 2"
)


def post(*, run: CalculationRun, period: AccountingPeriod, accounts: AccountMapVersion) -> int:
    """Posts the run's measurement into the period, inside the caller's action; returns how many entries.

    A fixed number of statements, whatever the size of the book. Raises Refusal: an account is missing.
    """
    at: dict[str, Any] = {
        "run_id": run.pk,
        "entity_id": period.entity_id,
        "period_id": period.pk,
        "entry_date": run.as_of_date,
        "currency": Entity.objects.values_list("functional_currency_id", flat=True).get(pk=period.entity_id),
        "map_id": accounts.pk,
        "rules": [row[0] for row in _PARAGRAPHS],
        "kinds": [row[1] for row in _PARAGRAPHS],
        "frameworks": [row[2] for row in _PARAGRAPHS],
        "paragraphs": [row[3] for row in _PARAGRAPHS],
        "labels": [_LABELS[row[0]] for row in _PARAGRAPHS],
    }
    with connection.cursor() as cursor:
        _must_be_postable(cursor, at, accounts)
        cursor.execute(_ENTRIES, at)
        count: int = cursor.rowcount
        cursor.execute(_LINES, at)
        cursor.execute("SET CONSTRAINTS journalentry_balanced IMMEDIATE")
        cursor.execute("SET CONSTRAINTS journalentry_balanced DEFERRED")
    return count


def _must_be_postable(cursor: Any, at: dict[str, Any], accounts: AccountMapVersion) -> None:
    """Names the accounts that are missing, and amounts for which the framework knows no entry."""
    cursor.execute(
        f"SELECT DISTINCT u.framework, u.hedge_type, u.rule, u.role FROM ({_UNPOSTED}) u ORDER BY 1, 2, 3, 4",
        at,
    )
    needed = cursor.fetchall()
    paragraphs = {row[:3]: row[3] for row in _PARAGRAPHS}
    unknown = sorted(
        {
            f"{_LABELS[rule]} under {framework}"
            for framework, kind, rule, _ in needed
            if not paragraphs.get((rule, kind, framework))
        }
    )
    if unknown:
        raise Refusal(
            f"The standard knows no such entry: {'; '.join(unknown)}. Correct the designation's documentation."
        )
    missing = sorted({role for *_, role in needed if not (accounts.accounts.get(role) or {}).get("code")})
    if missing:
        raise Refusal(
            f"The account map names no account for {', '.join(missing)}; record a version with them."
        )
