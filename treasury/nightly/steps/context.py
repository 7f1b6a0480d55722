"""What every shard of a run shares: the sealed inputs, and the rows that it makes of them."""

from hedges.domain.cells import Rows
from hedges.domain.sealed import Sealed, Shard, sealed_inputs

__all__ = ["Rows", "Sealed", "Shard", "sealed_inputs"]
