"""Of a net investment the change of each period counts with what there is of it, at most what is designated.

Formula: counted_t = Σ (change_i − change_(i−1))·share_i up to t, share = net assets at the start of the
period / designated, from 0 to 1. Units: changes cumulative in minor units of the functional currency, gains +.
Reference: IFRS 9 6.5.13; IFRIC 16.11; rules section 5. Worked example: changes 100, 160 and shares 1, 0.5 → 100, 130:
what was booked is not scaled anew.
"""

from __future__ import annotations

import numpy as np

from treasury.quant.numbers import Float, Int


def counted_changes(changes: Int, share: Float) -> Float:
    """Cumulative, shape (n, periods); not rounded."""
    result: Float = np.cumsum(np.diff(changes, axis=1, prepend=0) * share, axis=1)
    return result
