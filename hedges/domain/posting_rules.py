"""Which measured amount goes to which side of which account: the posting rules of a close, with their paragraphs.

A leg is Σ sign × measured cumulative amount, debit +, in whole minor units of the functional currency; the balancing
leg of a rule takes what its other legs leave, so that every entry balances. IFRS 9 6.5.8–6.5.16, IAS 39.89–102,
ASC 815-20, 815-25, 815-30, 815-35.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hedges.enums import AccountRole as Role
from hedges.enums import HedgeType, PostingRule
from treasury.enums import AccountingFramework as Framework


@dataclass(frozen=True, slots=True)
class Leg:
    """`terms`: (sign, measured column). `when`: where it applies, a word of `hedges.queries.unposted.WHEN`."""

    role: Role
    terms: tuple[tuple[int, str], ...]
    when: str = "always"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry a relationship. `paragraphs` as of FRAMEWORKS; "" where one knows no such entry."""

    rule: PostingRule
    hedge_types: tuple[HedgeType, ...]
    legs: tuple[Leg, ...]
    balancing: Role
    paragraphs: tuple[str, str, str]

    def paragraph(self, framework: str) -> str:
        return dict(zip(FRAMEWORKS, self.paragraphs, strict=True))[Framework(framework)]

    def roles(self) -> list[Role]:
        return [*(leg.role for leg in self.legs), self.balancing]


FRAMEWORKS = (Framework.IFRS9, Framework.IAS39, Framework.ASC815)
CASH_FLOW, FAIR_VALUE, NET = HedgeType.CASH_FLOW, HedgeType.FAIR_VALUE, HedgeType.NET_INVESTMENT
EVERY = (CASH_FLOW, FAIR_VALUE, NET)
_OF_THE_WHOLE = (
    Leg(Role.COST_OF_HEDGING_RESERVE, ((-1, "cost_recognised"),)),
    Leg(Role.EXCLUDED_COMPONENT, ((-1, "excluded_in_profit_or_loss"),)),
)


def _remeasured(reserve: Role) -> tuple[Leg, ...]:
    return (
        Leg(reserve, ((-1, "cumulative_recognised"),)),
        Leg(Role.INEFFECTIVENESS, ((-1, "cumulative_ineffectiveness"),)),
        *_OF_THE_WHOLE,
    )


RULES = (
    Rule(
        PostingRule.INSTRUMENT_DESIGNATED,
        EVERY,
        (Leg(Role.DERIVATIVE, ((1, "opening_fair_value"),)),),
        Role.DERIVATIVE_NOT_DESIGNATED,
        ("IFRS 9 6.2.1, 6.4.1", "IAS 39.72, 39.88", "ASC 815-20-25-3"),
    ),
    Rule(
        PostingRule.REMEASUREMENT,
        (CASH_FLOW,),
        _remeasured(Role.CASH_FLOW_HEDGE_RESERVE),
        Role.DERIVATIVE,
        ("IFRS 9 6.5.11(a)-(c), 6.5.15, 6.5.16", "IAS 39.95-96", "ASC 815-30-35-3"),
    ),
    Rule(
        PostingRule.REMEASUREMENT,
        (NET,),
        _remeasured(Role.TRANSLATION_RESERVE),
        Role.DERIVATIVE,
        ("IFRS 9 6.5.13, 6.5.15, 6.5.16", "IAS 39.102", "ASC 815-35-35-1"),
    ),
    Rule(
        PostingRule.REMEASUREMENT,
        (FAIR_VALUE,),
        (
            Leg(Role.FAIR_VALUE_HEDGE_RESULT, ((-1, "cumulative_ineffectiveness"), (1, "item_adjustment"))),
            *_OF_THE_WHOLE,
        ),
        Role.DERIVATIVE,
        ("IFRS 9 6.5.8(a), 6.5.15, 6.5.16", "IAS 39.89(a)", "ASC 815-25-35-1(a)"),
    ),
    Rule(
        PostingRule.ITEM_ADJUSTMENT,
        (FAIR_VALUE,),
        (Leg(Role.HEDGED_ITEM_CARRYING_AMOUNT, ((1, "item_adjustment"),)),),
        Role.FAIR_VALUE_HEDGE_RESULT,
        ("IFRS 9 6.5.8(b)", "IAS 39.89(b)", "ASC 815-25-35-1(b)"),
    ),
    Rule(
        PostingRule.ITEM_ADJUSTMENT_AMORTISATION,
        (FAIR_VALUE,),
        (
            Leg(Role.NON_FINANCIAL_ITEM, ((1, "item_adjustment_amortised"),), "item_has_cost"),
            Leg(Role.HEDGED_ITEM_RESULT, ((1, "item_adjustment_amortised"),), "item_has_no_cost"),
        ),
        Role.HEDGED_ITEM_CARRYING_AMOUNT,
        ("IFRS 9 6.5.9, 6.5.10", "IAS 39.92, 39.94", "ASC 815-25-35-8, 815-25-35-13"),
    ),
    Rule(
        PostingRule.RECLASSIFICATION,
        (CASH_FLOW,),
        (Leg(Role.CASH_FLOW_HEDGE_RESERVE, ((1, "cumulative_reclassified"),)),),
        Role.HEDGED_ITEM_RESULT,
        ("IFRS 9 6.5.11(d)(ii), 6.5.12", "IAS 39.97-98, 39.100-101", "ASC 815-30-35-38, 815-30-40-4"),
    ),
    Rule(
        PostingRule.RECLASSIFICATION,
        (NET,),
        (Leg(Role.TRANSLATION_RESERVE, ((1, "cumulative_reclassified"),)),),
        Role.HEDGED_ITEM_RESULT,
        ("IFRS 9 6.5.14", "IAS 39.102", "ASC 830-30-40-1"),
    ),
    Rule(
        PostingRule.LOSS_NOT_RECOVERED,
        (CASH_FLOW,),
        (Leg(Role.CASH_FLOW_HEDGE_RESERVE, ((1, "loss_not_recovered"),)),),
        Role.HEDGED_ITEM_RESULT,
        ("IFRS 9 6.5.11(d)(iii)", "IAS 39.97, 39.98", "ASC 815-30-35-40"),
    ),
    Rule(
        PostingRule.BASIS_ADJUSTMENT,
        (CASH_FLOW,),
        (Leg(Role.CASH_FLOW_HEDGE_RESERVE, ((1, "cumulative_basis_adjusted"),)),),
        Role.NON_FINANCIAL_ITEM,
        ("IFRS 9 6.5.11(d)(i)", "IAS 39.98(b)", ""),
    ),
    Rule(
        PostingRule.COST_AMORTISATION,
        EVERY,
        (Leg(Role.COST_OF_HEDGING_RESERVE, ((-1, "cost_amortised"),)),),
        Role.COST_OF_HEDGING,
        ("IFRS 9 6.5.15(c), 6.5.16", "", "ASC 815-20-25-83A"),
    ),
    Rule(
        PostingRule.COST_RELEASE,
        EVERY,
        (
            Leg(Role.NON_FINANCIAL_ITEM, ((-1, "cost_released"),), "cost_into_item"),
            Leg(Role.HEDGED_ITEM_RESULT, ((-1, "cost_released"),), "cost_into_result"),
        ),
        Role.COST_OF_HEDGING_RESERVE,
        ("IFRS 9 6.5.15(b), 6.5.16", "", "ASC 815-20-25-83A"),
    ),
    Rule(
        PostingRule.COST_LOST,
        EVERY,
        (Leg(Role.HEDGED_ITEM_RESULT, ((-1, "cost_lost"),)),),
        Role.COST_OF_HEDGING_RESERVE,
        ("IFRS 9 6.5.15(b)(iii), 6.5.16", "", ""),
    ),
    Rule(
        PostingRule.INSTRUMENT_RELEASED,
        EVERY,
        (
            Leg(Role.SETTLEMENT, ((1, "settled_amount"),)),
            Leg(Role.DERIVATIVE_NOT_DESIGNATED, ((1, "no_longer_designated_amount"),)),
        ),
        Role.DERIVATIVE,
        ("IFRS 9 3.2.3, 6.5.6", "IAS 39.17, 39.91, 39.101", "ASC 815-25-40-1, 815-30-40-1"),
    ),
)

#: Every measured amount that is posted.
COLUMNS = tuple(dict.fromkeys(column for rule in RULES for leg in rule.legs for _, column in leg.terms))

#: What has to hold of the measured amounts: the same sum, once from the parts and once as a whole.
IDENTITIES = (
    (
        "opening_fair_value + fair_value_change",
        "carrying_amount + settled_amount + no_longer_designated_amount",
    ),
    (
        "fair_value_change",
        "cumulative_recognised + cumulative_ineffectiveness + cost_recognised + excluded_in_profit_or_loss"
        " - CASE WHEN hedge_type = 'FAIR_VALUE' THEN item_adjustment ELSE 0 END",
    ),
)


def rules_of(hedge_type: str) -> list[Rule]:
    return [rule for rule in RULES if hedge_type in rule.hedge_types]


def needed_roles(hedge_types: Iterable[str]) -> list[Role]:
    """The roles that relationships of these kinds may post to, in the order of the chart."""
    used = {role for kind in hedge_types for rule in rules_of(kind) for role in rule.roles()}
    return [role for role in Role if role in used]
