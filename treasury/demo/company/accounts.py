"""The charts of the four entities for hedge accounting: an account for every role, in the numbering of each house."""

from functools import cache

#: Role -> last three digits and name; the first digit is the class of the account.
_CHART = {
    "DERIVATIVE": ("1", "510", "Derivatives in hedge accounting"),
    "DERIVATIVE_NOT_DESIGNATED": ("1", "520", "Derivatives outside hedge accounting"),
    "HEDGED_ITEM_CARRYING_AMOUNT": ("1", "530", "Hedge adjustments of hedged items"),
    "NON_FINANCIAL_ITEM": ("1", "140", "Inventories, hedge result"),
    "SETTLEMENT": ("1", "090", "Clearing of treasury settlements"),
    "CASH_FLOW_HEDGE_RESERVE": ("3", "310", "Cash flow hedge reserve"),
    "COST_OF_HEDGING_RESERVE": ("3", "320", "Cost of hedging reserve"),
    "TRANSLATION_RESERVE": ("3", "330", "Currency translation reserve"),
    "INEFFECTIVENESS": ("7", "610", "Hedge ineffectiveness"),
    "EXCLUDED_COMPONENT": ("7", "620", "Excluded components of hedges"),
    "COST_OF_HEDGING": ("7", "630", "Cost of hedging"),
    "FAIR_VALUE_HEDGE_RESULT": ("7", "640", "Result of fair value hedges"),
    "HEDGED_ITEM_RESULT": ("6", "110", "Result of hedged items"),
}
#: Each house counts its accounts in its own way.
_NUMBERED = {"ALD-SE": "{0}0{1}", "ALD-ES": "{0}{1}00", "ALD-US": "{0}-{1}", "ALD-UK": "HA{0}{1}"}


@cache
def account_maps() -> dict[str, dict[str, dict[str, str]]]:
    """Entity -> role -> code and name."""
    return {
        entity: {
            role: {"code": numbered.format(kind, number), "name": name}
            for role, (kind, number, name) in _CHART.items()
        }
        for entity, numbered in _NUMBERED.items()
    }
