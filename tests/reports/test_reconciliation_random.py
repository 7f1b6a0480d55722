"""Whatever was measured under two frameworks, the parts explain what is posted from it, and nothing else."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reports.domain.reconciliation.basis import AMOUNTS, of_measurement
from reports.domain.reconciliation.figures import Figures
from reports.domain.reconciliation.parts import parts
from reports.domain.reconciliation.reconcile import MEASURES, Extent

cents = st.integers(-10_000, 10_000).map(lambda units: Decimal(units).scaleb(-2))
FRAMEWORKS = st.sampled_from(["IFRS9", "IAS39", "ASC815"])
KINDS = st.sampled_from(["CASH_FLOW", "FAIR_VALUE", "NET_INVESTMENT"])
PATTERNS, RELATIONS = st.sampled_from(["WITH_ITEM", "BASIS_ADJUSTMENT"]), st.sampled_from(["TRANSACTION", ""])
PATHS = st.lists(st.tuples(cents, cents, st.booleans()), min_size=1, max_size=6)


def lower(hedge: Decimal, item: Decimal) -> Decimal:
    if hedge * item <= 0:
        return Decimal(0)
    return min(hedge, item) if hedge > 0 else max(hedge, item)


def kept(framework: str, kind: str, path: list[tuple[Decimal, Decimal, bool]]) -> Decimal:
    """L at the end of a path of cumulative changes, one period at a time."""
    hedge_before = item_before = hedge = item = Decimal(0)
    for now, mirrored, passed in path:
        if passed or framework == "IFRS9" or (framework == "ASC815" and kind == "NET_INVESTMENT"):
            hedge, item = hedge + now - hedge_before, item + mirrored - item_before
        hedge_before, item_before = now, mirrored
    return hedge if framework == "ASC815" else lower(hedge, item)


@st.composite
def measured(draw: st.DrawFn) -> dict[str, Any]:
    """A row that a close could have stored: the change adds up, L is by the rules, the rest is free."""
    row = {name: draw(cents) for name in AMOUNTS}
    path = draw(PATHS)
    row |= {
        "framework": draw(FRAMEWORKS), "hedge_type": draw(KINDS), "release_pattern": draw(PATTERNS),
        "cost_relation": draw(RELATIONS),
        "knot_instrument_changes": [hedge for hedge, _, _ in path],
        "knot_hypothetical_changes": [item for _, item, _ in path],
        "knot_qualifying": [passed for _, _, passed in path],
    }  # fmt: skip
    fair = row["hedge_type"] == "FAIR_VALUE"
    row["cumulative_change_instrument"] = path[-1][0]
    row["cumulative_recognised"] = 0 if fair else kept(row["framework"], row["hedge_type"], path)
    unused = ["cumulative_reclassified", "cumulative_basis_adjusted", "loss_not_recovered"] if fair else []
    unused += [] if fair else ["item_adjustment", "item_adjustment_amortised"]
    row |= dict.fromkeys(unused, Decimal(0))
    row["fair_value_change"] = path[-1][0] + row["excluded_in_profit_or_loss"] + row["cost_recognised"]
    return row


def posted(row: dict[str, Any]) -> Figures:
    """What the posting rules make of it."""
    fair, has_cost = row["hedge_type"] == "FAIR_VALUE", row["release_pattern"] == "BASIS_ADJUSTMENT"
    into_cost = has_cost and row["framework"] == "IFRS9" and row["cost_relation"] == "TRANSACTION"
    change, recognised, cost = (
        row["cumulative_change_instrument"], row["cumulative_recognised"], row["cost_released"],
    )  # fmt: skip
    return Figures(
        recognised=recognised,
        ineffectiveness=Decimal(0) if fair else change - recognised,
        excluded=row["excluded_in_profit_or_loss"],
        cost_recognised=row["cost_recognised"],
        amortised=-row["cost_amortised"],
        released=row["cost_lost"] + (Decimal(0) if into_cost else cost),
        cost_into_item=cost if into_cost else Decimal(0),
        reclassified=row["cumulative_reclassified"] + row["loss_not_recovered"],
        basis_adjusted=row["cumulative_basis_adjusted"],
        fair_value_result=change + row["item_adjustment"] if fair else Decimal(0),
        adjustment=row["item_adjustment"],
        adjustment_amortised=Decimal(0) if has_cost else -row["item_adjustment_amortised"],
    )


def extent(one: dict[str, Any], other: dict[str, Any], first: Figures, lost: bool = False) -> Extent:
    found = parts(of_measurement(one), of_measurement(other), "EUR", no_longer_expected=lost)
    return Extent(first, posted(other), found)


@given(measured(), measured(), st.booleans())
def test_what_is_posted_from_the_measurement_is_explained(one, other, lost) -> None:
    found = extent(one, other, posted(one), lost)
    assert [found.unexplained(name) for name in MEASURES] == [0, 0, 0]


@given(measured(), measured(), cents)
def test_a_fabricated_amount_is_not(one, other, more) -> None:
    real = posted(one)
    for name, effect in (
        ("ineffectiveness", (more, 0, 0)), ("excluded", (more, 0, 0)), ("recognised", (0, more, 0)),
        ("reclassified", (more, -more, 0)), ("basis_adjusted", (0, -more, more)),
        ("fair_value_result", (more, 0, 0)), ("cost_into_item", (0, -more, more)),
    ):  # fmt: skip
        found = extent(one, other, replace(real, **{name: getattr(real, name) + more}))
        assert tuple(found.unexplained(part) for part in MEASURES) == effect, name


@given(measured(), cents)
def test_without_an_excluded_element_nothing_is_called_excluded(row, more) -> None:
    """The same hedge with more volume on one side: volume, whatever the rest."""
    plain = row | dict.fromkeys(
        ["excluded_in_profit_or_loss", "cost_recognised", "cost_amortised", "cost_released", "cost_lost"],
        Decimal(0),
    )
    plain["fair_value_change"] = plain["cumulative_change_instrument"]
    larger = plain | {
        "knot_instrument_changes": [hedge + more for hedge in plain["knot_instrument_changes"]],
        "fair_value_change": plain["fair_value_change"] + more,
        "cumulative_change_instrument": plain["cumulative_change_instrument"] + more,
    }
    found = {part.code: part for part in extent(larger, plain, posted(larger)).parts}
    assert found["volume"].profit_or_loss + found["volume"].reserves == more
    assert {getattr(found["excluded"], name) for name in MEASURES} == {0}
