"""What a close has to post: the measured cumulative amounts in whole minor units, less what is posted already.

By relationship, rule and role, debit +. One statement, made from the posting rules, whatever the size of the book.
"""

from collections.abc import Iterable

from hedges.enums import AccountRole, CostRelation, PostingRule, ReleasePattern
from treasury.enums import AccountingFramework

#: The parts of a rule that SQL needs: (rule, hedge types, [(role, terms, when)], balancing role).
RuleTerms = tuple[str, Iterable[str], list[tuple[str, tuple[tuple[int, str], ...], str]], str]

#: Where a leg applies. What leaves with a non-financial item goes into its cost: the adjustment of a firm commitment
#: (6.5.9) and, under IFRS 9 alone, a transaction-related cost of hedging (6.5.15(b)(i), 6.5.16).
WHEN = {
    "always": "true",
    "item_has_cost": "m.has_cost",
    "item_has_no_cost": "NOT m.has_cost",
    "cost_into_item": "m.takes_cost",
    "cost_into_result": "NOT m.takes_cost",
}
_HAS_COST = f"coalesce(f.release_pattern, '') = '{ReleasePattern.BASIS_ADJUSTMENT}'"
_TAKES_COST = (
    f"{_HAS_COST} AND m.framework = '{AccountingFramework.IFRS9}'"
    f" AND coalesce(f.cost_relation, '') = '{CostRelation.TRANSACTION}'"
)
# A change refreshes the documentation at most; the file of the designation stays where it names no other.
_FILE = (
    "coalesce(v.inception_file_id, (SELECT first.inception_file_id FROM hedges_hedgerelationshipversion first"
    " WHERE first.relationship_id = m.relationship_id AND first.version_number = 1))"
)


def unposted_sql(rules: Iterable[RuleTerms], columns: Iterable[str]) -> str:
    """Rows (relationship_id, framework, rule, role, amount); parameters run_id and entity_id. No zero rows."""
    rounded = ", ".join(
        f"hedgebook_half_even(coalesce(m.{name}, 0), hedgebook_minor_units(m.functional_currency)) AS {name}"
        for name in columns
    )
    legs = ", ".join(leg for rule in rules for leg in _legs(*rule))
    return (
        "WITH measured AS MATERIALIZED (SELECT m.relationship_id, m.framework, m.hedge_type,"
        f" {_HAS_COST} AS has_cost, {_TAKES_COST} AS takes_cost, {rounded}"
        " FROM hedges_measurementresult m"
        " JOIN hedges_hedgerelationshipversion v ON v.id = m.relationship_version_id"
        f" LEFT JOIN hedges_inceptionfile f ON f.id = {_FILE} WHERE m.run_id = %(run_id)s),"
        " amounts AS (SELECT m.relationship_id, leg.rule, leg.role, leg.amount FROM measured m"
        f" CROSS JOIN LATERAL (VALUES {legs}) AS leg (rule, role, applies, amount) WHERE leg.applies"
        " UNION ALL SELECT e.relationship_id, e.rule, l.account_role, l.credit_amount - l.debit_amount"
        " FROM hedges_journalentry e JOIN hedges_journalline l ON l.entry_id = e.id"
        " WHERE e.entity_id = %(entity_id)s AND e.relationship_id IN (SELECT relationship_id FROM measured)),"
        " unposted AS (SELECT a.relationship_id, a.rule, a.role, sum(a.amount) AS amount FROM amounts a"
        " GROUP BY a.relationship_id, a.rule, a.role HAVING sum(a.amount) <> 0)"
        " SELECT u.relationship_id, m.framework, m.hedge_type, u.rule, u.role, u.amount"
        " FROM unposted u JOIN measured m ON m.relationship_id = u.relationship_id"
    )


def place_of(column: str, codes: Iterable[str]) -> str:
    """SQL for the place of a code in its list."""
    return f"array_position(ARRAY{list(codes)}::varchar[], {column}::varchar)"


RULE_PLACE = place_of("u.rule", PostingRule.values)
ROLE_PLACE = place_of("u.role", AccountRole.values)


def _legs(
    rule: str,
    hedge_types: Iterable[str],
    legs: list[tuple[str, tuple[tuple[int, str], ...], str]],
    balancing: str,
) -> list[str]:
    kinds = ", ".join(f"'{kind}'" for kind in hedge_types)
    found, whole = [], []
    for role, terms, when in legs:
        amount = " ".join(f"{'+' if sign > 0 else '-'} m.{column}" for sign, column in terms)
        applies = WHEN[when]
        found.append(f"('{rule}', '{role}', m.hedge_type IN ({kinds}) AND {applies}, {amount})")
        whole.append(f"CASE WHEN {applies} THEN {amount} ELSE 0 END")
    found.append(
        f"('{rule}', '{balancing}', m.hedge_type IN ({kinds}), -({' + '.join(f'({one})' for one in whole)}))"
    )
    return found
