"""From arrays to cells, as every step needs it."""

from hedges.domain.cells import Posted, exact, flags, posted, reasons, rest, status, summed

__all__ = ["Posted", "exact", "flags", "posted", "reasons", "rest", "status", "summed"]
