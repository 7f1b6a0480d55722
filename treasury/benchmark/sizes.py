"""How much is compared."""

from __future__ import annotations

from dataclasses import dataclass

from treasury.kernel.errors import InputError

LEAST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Sizes:
    """Rows of our side, points of a regression, and rows of the other sides' sample."""

    instruments: int = 100_000
    relationships: int = 100_000
    points: int = 60
    slow_sample: int = 2_000

    def __post_init__(self) -> None:
        for name in ("instruments", "relationships", "slow_sample"):
            if getattr(self, name) < 1:
                raise InputError(name, "1 or more", got=str(getattr(self, name)))
        if self.points < LEAST_POINTS:
            raise InputError("points", f"{LEAST_POINTS} or more", got=str(self.points))
