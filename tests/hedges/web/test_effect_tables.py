"""The effect of a change has one order, however its figures were stored."""

from hedges.web import effect_tables

AMOUNTS = {
    "fair_value_change": {"before": "10", "after": "10"},
    "cumulative_recognised": {"before": "9", "after": "8"},
    "reserve_balance": {"before": "9", "after": "8"},
}


def names(amounts: dict) -> list[str]:
    measured = {"on": "2026-03-31", "currency": "EUR", "amounts": amounts}
    return [row["name"] for row in list(effect_tables.tables({"measured": measured}))[-1].rows]


def test_a_proposal_and_its_approval_show_the_same_order() -> None:
    assert names(AMOUNTS) == names(dict(sorted(AMOUNTS.items()))) == names(dict(reversed(AMOUNTS.items())))
    assert len(names(AMOUNTS)) == 3
