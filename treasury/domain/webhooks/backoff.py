"""How long to wait after a failed attempt: twice as long each time, up to six hours, with chance in it.

Chance spreads out those who failed together, so that a service that comes back is not struck down by all of them.
"""

import random

FIRST, LONGEST = 5.0, 6 * 3600.0


def seconds(failures: int, chance: random.Random | None = None) -> float:
    """Between half and all of 5 s × 2^(failures − 1), at most six hours."""
    whole = min(FIRST * 2.0 ** min(failures - 1, 20), LONGEST)
    return whole * (chance or random).uniform(0.5, 1.0)
