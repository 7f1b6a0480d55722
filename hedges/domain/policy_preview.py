"""What the night would say of today's buckets under other bands: its own function on its own amounts.

A bucket takes the band that holds its first month. Units: the risk's minor units, rounded half to even as the night
does. Reference: rules section 2, policy band.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from treasury.domain.policies import Band
from treasury.kernel.money import amounts_to_minor_units, minor_units_to_amounts
from treasury.quant.codes import CoverFlag, names
from treasury.quant.ratios.horizon_profile import horizon_profile

TO_HEDGE = ("min_to_hedge_amount", "target_to_hedge_amount", "max_to_hedge_amount")


def band_of(month: int, bands: Sequence[Band]) -> Band | None:
    return next((band for band in bands if band.month_from <= month < band.month_to), None)


def preview(rows: Sequence[dict[str, Any]], bands: Sequence[Band]) -> list[dict[str, Any]]:
    """Rows of a horizon profile as they would be under `bands`: limits, flags and amounts to hedge are new."""
    if not rows:
        return []
    units = [row["amount_unit"] for row in rows]
    net = amounts_to_minor_units([row["net_exposure_amount"] for row in rows], units)
    cover = amounts_to_minor_units([row["hedge_amount"] for row in rows], units)
    held = [band_of(row["month_from"], bands) for row in rows]
    limits = {
        name: np.array([np.nan if band is None else float(getattr(band, name)) for band in held])
        for name in ("lower", "target", "upper")
    }
    found = horizon_profile(
        np.maximum(net, 0)[None], np.minimum(net, 0)[None], cover[None],
        *(limits[name][None] for name in ("lower", "target", "upper")),
    )  # fmt: skip
    to_hedge = {name: minor_units_to_amounts(getattr(found, name)[0], units) for name in TO_HEDGE}
    return [
        row
        | {f"{name}_ratio": None if band is None else float(getattr(band, name)) for name in limits}
        | {name: None if band is None else to_hedge[name][place] for name in TO_HEDGE}
        | {"flags": names(CoverFlag, found.flags[0, place])}
        for place, (row, band) in enumerate(zip(rows, held, strict=True))
    ]
