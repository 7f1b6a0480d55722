"""Which breach of policy a bucket counts as: one, the gravest of its flags, on every page and in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hedges.models import HorizonBucketResult

GRAVEST_FIRST = ("wrong_direction", "over_hedged", "under_hedged", "above_band")


def breach(flags: Iterable[str] | None) -> str | None:
    """The gravest of the flags; the ones that are remarks and no breach leave None."""
    found = {flag.lower() for flag in flags or ()}
    return next((flag for flag in GRAVEST_FIRST if flag in found), None)


def of_run(run_id: int) -> Counter[str]:
    """How many buckets of a run stand outside their band, by what they count as."""
    rows = HorizonBucketResult.objects.filter(run_id=run_id).values_list("flags", flat=True)
    return Counter(word for flags in rows if (word := breach(flags)))


def words(counted: Counter[str]) -> str:
    """`6 under hedged, 1 wrong direction`, the most first."""
    return ", ".join(f"{count} {flag.replace('_', ' ')}" for flag, count in counted.most_common()) or "none"
