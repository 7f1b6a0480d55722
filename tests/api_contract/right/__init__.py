"""A right request for each operation: the first valid one that a walk sends to it, so that each is told yes by those
who may, and its answer is held to the contract."""

from __future__ import annotations

from tests.api_contract.right import accounting, exposures, own, trades
from tests.api_contract.right.asked import Recipe, Right, Walk

#: By address.
RECIPES: dict[str, Recipe] = exposures.RECIPES | trades.RECIPES | accounting.RECIPES | own.RECIPES

__all__ = ["RECIPES", "Recipe", "Right", "Walk"]
