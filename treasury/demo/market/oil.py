"""Crude oil: the real prices of the shipped file, and a seeded synthetic continuation of both crudes.

The continuation starts at the last real monthly averages and runs on every business date. Brent reverts
slowly to 74 dollars; WTI follows it through a reverting gap, so that weekly changes of the two share about
nine tenths of their variance, as the real monthly ones do (R² 0.88): a plausible cross hedge.
"""

import csv
from datetime import date
from functools import cache

import numpy as np

from treasury.demo.market import noise
from treasury.demo.market.reference_rates import DATA_FOLDER, reference_rates

REAL_SOURCE = "EIA spot price"
SYNTHETIC_SOURCE = "synthetic oil path"
BRENT, WTI = "BRENT", "WTI"
CENTRE_DOLLARS = 74.0
GAP_LOG = -0.052


@cache
def real_prices() -> list[tuple[date, str, float]]:
    """Date, crude and price of the file: daily closes where it has them, monthly averages where it has not."""
    chosen: dict[tuple[date, str], float] = {}
    with (DATA_FOLDER / "oil_prices.csv").open(newline="", encoding="ascii") as handle:
        for row in csv.DictReader(handle):
            day = date.fromisoformat(row["date"])
            for crude, cell in ((BRENT, row["brent"]), (WTI, row["wti"])):
                if cell and (row["frequency"] == "daily_close" or (day, crude) not in chosen):
                    chosen[day, crude] = float(cell)
    return [(day, crude, price) for (day, crude), price in sorted(chosen.items())]


@cache
def synthetic_prices() -> dict[str, np.ndarray]:
    """Both crudes on the business dates of the window, in dollars a barrel."""
    # The years between the real data and the window are walked too, so that the path does begin where they
    # end.
    before = 1015
    count = before + len(reference_rates()[0])
    last_brent, last_wti = real_prices()[-2][2], real_prices()[-1][2]
    start, gap_start = np.log(last_brent / CENTRE_DOLLARS), np.log(last_wti / last_brent) - GAP_LOG
    fade, gap_fade = 0.995 ** np.arange(count), 0.95 ** np.arange(count)
    brent = noise.mean_reverting("oil/brent", count, daily_deviation=0.0175, reversion=0.005) + start * fade
    gap = (
        noise.mean_reverting("oil/gap", count, daily_deviation=0.0055, reversion=0.05) + gap_start * gap_fade
    )
    return {
        BRENT: np.round(CENTRE_DOLLARS * np.exp(brent), 2)[before:],
        WTI: np.round(CENTRE_DOLLARS * np.exp(brent + GAP_LOG + gap), 2)[before:],
    }
