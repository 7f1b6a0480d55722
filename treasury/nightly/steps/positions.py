"""The positions of some entities: open exposures, and the live hedges that stand against them.

An item that is a natural offset is a hedge and no exposure. A sold option is no cover: it gives no protection, and the
bought leg of a collar counts once. The near leg of an FX swap is funding; its far leg is the hedge.
"""

from dataclasses import dataclass

import numpy as np

from exposures.queries import columns as exposure_columns
from hedges.domain.terms import KIND
from hedges.enums import InstrumentKind
from hedges.queries import columns
from treasury.nightly.steps.context import Shard
from treasury.quant.numbers import Bool, Int
from treasury.queries.copy import Columns

OFFSET = KIND[InstrumentKind.NATURAL_OFFSET]


@dataclass(frozen=True, slots=True)
class Positions:
    """Columns of exposures and hedges; every (entity, risk) that occurs, and the group of each row among them."""

    exposures: Columns
    hedges: Columns
    entity_id: Int
    risk_id: Int
    exposure_group: Int
    hedge_group: Int

    @property
    def group_count(self) -> int:
        return self.entity_id.size

    @property
    def is_offset(self) -> Bool:
        return np.asarray(self.hedges["kind"] == OFFSET)


def positions(shard: Shard) -> Positions:
    """Of the entities of one shard."""
    exposures = exposure_columns.open_exposures(shard.at)
    offsets = columns.offset_items(shard.at)["exposure_id"]
    exposures = _chosen(exposures, ~np.isin(exposures["exposure_id"], offsets))
    hedges = columns.live_instruments(shard.at, by="entity_id")
    hedges = _chosen(hedges, hedges["option_side"] >= 0)
    pairs = np.concatenate(
        [np.stack([rows["entity_id"], rows["risk_id"]], axis=1) for rows in (exposures, hedges)]
    )
    groups, index = np.unique(pairs, axis=0, return_inverse=True)
    index = index.reshape(-1)
    count = exposures["entity_id"].size
    return Positions(exposures, hedges, groups[:, 0], groups[:, 1], index[:count], index[count:])


def _chosen(rows: Columns, which: Bool) -> Columns:
    return {name: values[which] for name, values in rows.items()}
