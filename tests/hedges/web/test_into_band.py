"""What the page of a bucket says to trade."""

from decimal import Decimal
from typing import Any

import pytest

from hedges.web.into_band import into_band, to_target

AIM = "for the target of 80 %."


def bucket(exposure: int, hedges: int, lower: str, target: str, upper: str, **more: Any) -> dict[str, Any]:
    def trade(ratio: str) -> Decimal:
        return -Decimal(ratio) * exposure - hedges

    return {
        "net_exposure_amount": Decimal(exposure), "hedge_amount": Decimal(hedges), "amount_unit": "AUD",
        "target_ratio": float(target), "min_to_hedge_amount": trade(lower), "target_to_hedge_amount": trade(target),
        "max_to_hedge_amount": trade(upper), **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("exposure", "hedges", "said"),
    [
        (1_000_000, -1_200_000, f"Buy back 250,000 to 500,000 AUD to stand in the band, 400,000 {AIM}"),
        (-1_000_000, 1_200_000, f"Sell back 250,000 to 500,000 AUD to stand in the band, 400,000 {AIM}"),
        (1_000_000, -100_000, f"Sell at least 600,000 AUD more to reach the lower limit; 700,000 {AIM}"),
        (-1_000_000, 100_000, f"Buy at least 600,000 AUD more to reach the lower limit; 700,000 {AIM}"),
        (1_000_000, 100_000, f"Sell at least 800,000 AUD to reach the lower limit; 900,000 {AIM}"),
        (1_000_000, 0, f"Sell at least 700,000 AUD to reach the lower limit; 800,000 {AIM}"),
        (
            1_000_000, -750_000,
            "In the band. Sell 50,000 AUD for the target of 80 %."
            " You could sell up to 200,000 AUD more or buy back up to 50,000 AUD and stay in it.",
        ),
        (
            -1_000_000, 950_000,
            "In the band. Sell back 150,000 AUD for the target of 80 %."
            " You could sell back up to 250,000 AUD and stay in it.",
        ),
        (0, -5, ""),
    ],
)  # fmt: skip
def test_the_words_follow_the_signs(exposure: int, hedges: int, said: str) -> None:
    assert into_band(bucket(exposure, hedges, "0.7", "0.8", "0.95")) == said


@pytest.mark.parametrize(
    ("exposure", "hedges", "said"),
    [
        (1_000_000, -100_000, "Sell 700,000 AUD"),
        (-1_000_000, 100_000, "Buy 700,000 AUD"),
        (1_000_000, -1_200_000, "Buy back 400,000 AUD"),
        (-1_000_000, 1_200_000, "Sell back 400,000 AUD"),
        (1_000_000, -800_000, ""),
        (0, -5, ""),
    ],
)
def test_the_few_words_of_a_table_end_on_the_target(exposure: int, hedges: int, said: str) -> None:
    assert to_target(bucket(exposure, hedges, "0.7", "0.8", "0.95")) == said


def test_without_a_band_nothing_is_said() -> None:
    assert into_band(bucket(1, 0, "0.1", "0.2", "0.3", min_to_hedge_amount=None)) == ""
