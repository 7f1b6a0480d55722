"""A hedge of a net investment keeps in the translation reserve what it gained, up to the net assets designated.

Formula: item change of a period = min(designated, net assets)·ΔS; IFRS and IAS 39: the lower-of of the
cumulative changes as in a cash flow hedge, the excess to profit or loss; ASC 815: the whole included component
to the translation adjustment (CTA). Both stay until disposal.
Units: net assets in the foreign currency, rates functional per foreign, amounts in functional currency, gains
+. Reference: IFRS 9 6.5.13, 6.5.14; IFRIC 16.10 to 16.13; ASC 815-35-35-1; rules section 5.
Worked example: net assets 10m, designated 12m, rate down 0.05, hedge of 12m +600,000 → reserve 500,000, profit
or loss 100,000.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import ArrayLike

from treasury.kernel.errors import InputError
from treasury.quant.codes import Framework
from treasury.quant.measurement.cash_flow_hedge_reserve import cash_flow_hedge_reserve
from treasury.quant.measurement.checks import booleans, changes, frameworks, series
from treasury.quant.measurement.columns import ReserveColumns
from treasury.quant.measurement.rebalancing import cumulative_changes
from treasury.quant.numbers import EXACT, Amounts


def net_investment_reserve(
    instrument_changes: ArrayLike,
    hypothetical_changes: ArrayLike,
    framework: ArrayLike = Framework.IFRS9,
    highly_effective: ArrayLike = True,
) -> ReserveColumns:
    """Reserve, its movement and what goes to P&L, shape (n, periods), of cumulative changes.

    ``hypothetical_changes`` mirror the net assets (``hypothetical_translation``). ASC 815 keeps all of the
    included component, so ``highly_effective`` counts for IAS 39 only.
    """
    hedge = series("instrument_changes", instrument_changes)
    whole = frameworks(framework, hedge.shape[:-1]) == Framework.ASC815
    passed = booleans("highly_effective", highly_effective, hedge.shape) | whole
    return cash_flow_hedge_reserve(hedge, hypothetical_changes, framework, passed)


def hypothetical_translation(designated: ArrayLike, net_assets: ArrayLike, spot_rates: ArrayLike) -> Amounts:
    """What the net assets designated lost by translation, as a hypothetical that mirrors it; cumulative, shape
    (n, periods).

    ``net_assets`` are those at the start of each period, ``spot_rates`` one more: from designation on. Decimal
    or float64, not minor units, which a rate would not leave whole.
    """
    rates = series("spot_rates", spot_rates, 2)
    assets = series("net_assets", net_assets)
    if rates.dtype.kind == "i" or assets.dtype.kind != rates.dtype.kind:
        raise InputError("net_assets", "Decimal or float64 like the spot rates", got=str(assets.dtype))
    if assets.shape != (*rates.shape[:-1], rates.shape[-1] - 1):
        raise InputError("net_assets", "one for each period between the spot rates", got=str(assets.shape))
    with localcontext(EXACT):
        none = np.full((), Decimal(0) if assets.dtype.kind == "O" else 0.0)
        volume = np.minimum(np.maximum(assets, none), np.asarray(designated)[..., np.newaxis])
        per_unit = -(rates[..., 1:] - rates[..., :1])
        return cumulative_changes(changes(per_unit), volume)
