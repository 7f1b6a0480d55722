"""Why the night that a page reads knows nothing of a version, and which night will."""

from __future__ import annotations


def not_in_run(run: dict | None, current: dict) -> str:
    """Why a run knows nothing of a version, and when that changes; empty where neither of the clocks is the cause."""
    if run is None:
        return "No night has been published yet. The next one counts it."
    known_at = run["known_at"]
    decided = current["approval__recorded_at"]
    if known_at and decided and decided > known_at:
        return (
            f"It was approved at {decided:%Y-%m-%d %H:%M} UTC, after the night of {run['as_of_date']} had read the "
            f"book ({known_at:%H:%M} UTC). The next night counts it."
        )
    if current["valid_from"] > run["as_of_date"]:
        return f"It counts from {current['valid_from']}; the night is that of {run['as_of_date']}."
    return ""
