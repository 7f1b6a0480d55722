"""From arrays to cells, as every step needs it."""

from hedges.domain.cells import Rounded, exact, flags, reasons, rest, rounded, status, summed

__all__ = ["Rounded", "exact", "flags", "reasons", "rest", "rounded", "status", "summed"]
