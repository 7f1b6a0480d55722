"""What a lost transaction takes out of the cost of hedging stands apart from what one that happened does (7.24F)."""

from decimal import Decimal

from reports.domain.disclosures import reserves


def line(rule: str, amount: int, *, is_reversal: bool = False) -> dict:
    return {
        "account_role": "COST_OF_HEDGING_RESERVE", "rule": rule, "amount": Decimal(amount), "is_opening": False,
        "is_reversal": is_reversal, "reason": "", "cost_relation": "TRANSACTION", "risk_kind": "CURRENCY_PAIR",
        "currency": "EUR",
    }  # fmt: skip


def test_lost_and_released_costs_have_columns_of_their_own() -> None:
    lines = [line("REMEASUREMENT", 40), line("COST_RELEASE", -25), line("COST_LOST", -10)]
    [row] = reserves.costs(lines).rows
    names = ("recognised", "released", "reclassified_no_longer_expected", "reclassified_item", "closing")
    assert [row[name] for name in names] == [40, -25, -10, 0, 5]
    [taken_back] = reserves.costs([*lines, line("COST_LOST", 10, is_reversal=True)]).rows
    assert (taken_back["reversed"], taken_back["closing"]) == (10, 15)
