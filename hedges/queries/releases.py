"""A release that became known after K has not happened yet at K: the allocation runs to its end as designated."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any


def as_known(row: MutableMapping[str, Any], known_at: datetime | None) -> None:
    """Takes back the release of an allocation that nobody knew of at `known_at`."""
    if known_at and row["released_at"] and row["released_at"] > known_at:
        row["released_at"] = None
        row["period_to"] = row["planned_to"] or row["period_to"]
