"""Closed months of swaps and options, held to the cent to amounts worked out apart from the project.

From quotes, terms and designations alone, by plain formulas of the rules: clean values with resets and credit, the
item's own par swap, the lower of both changes, months that failed left out, time value against the aligned one.
"""

from decimal import Decimal
from typing import Any

import pytest

from tests.treasury.demo.test_ways_of_accounting import measured

pytestmark = pytest.mark.database
COLUMNS = (
    "opening_fair_value", "cumulative_change_instrument", "cumulative_change_hypothetical", "cumulative_recognised",
    "item_adjustment", "cost_recognised", "cost_amortised", "excluded_in_profit_or_loss", "settled_amount",
    "carrying_amount",
)  # fmt: skip
#: Relationship and month of the close: the amounts in the order of the columns.
WORKED_OUT = {
    # A floating loan of EUR and its swap; one whose swap pays every half year; one under ASC 815.
    ("HR-2024-001", "2026-09"): "-67394.36 -448133.22 -487578.45 -448133.22 0 0 0 0 0 -515527.58",
    ("HR-2024-002", "2026-09"): "-29063.93 -35766.16 -50764.18 -35766.16 0 0 0 0 0 -64830.09",
    ("HR-2024-003", "2026-09"): "-81991.44 -232876.74 -273340.31 -232876.74 0 0 0 0 0 -314868.18",
    # A bond at spot and its cross-currency swap; one whose principal resets, with months that failed (ASC 815).
    ("HR-2024-004", "2026-09"): "-106106.07 164382.13 231241.26 0 -231241.26 0 0 0 0 58276.06",
    ("HR-2024-005", "2026-09"): "-423590.74 1349777.96 1283079.44 0 -1355524.20 0 0 0 1501516.06 -575328.84",
    # A collar, a put and a call whose time value is deferred.
    ("HR-2026-015", "2026-08"): "881.21 2200.32 3189.92 2200.32 0 20655.18 0 -146.14 0 23590.57",
    ("HR-2026-015", "2026-09"): "881.21 0 0 0 0 -13746.13 0 -91.49 0 -12956.41",
    ("HR-2026-017", "2026-09"): "11191.93 0 0 0 0 -11016.71 0 30.76 0 205.98",
    ("HR-2026-018", "2026-09"): "13972.97 0 0 0 0 -13800.47 0 38.73 0 211.23",
    # A loan within the group and the far leg of its FX swap; the points are amortised by days.
    (
        "HR-2026-034",
        "2026-09",
    ): "-1743.04 -29297.73 -29356.64 0 29356.64 -11021.55 8318.29 -244.21 0 -42306.53",
}


@pytest.mark.parametrize(("code", "month"), WORKED_OUT)
def test_a_closed_month_is_what_the_rules_make_of_its_inputs(
    seeded: dict[str, Any], code: str, month: str
) -> None:
    row = measured(code)[month]
    expected = dict(zip(COLUMNS, map(Decimal, WORKED_OUT[code, month].split()), strict=True))
    assert {name: getattr(row, name) for name in COLUMNS} == expected
