"""How a bucket or a ratio stands: one word out of its flags, the gravest first."""

from __future__ import annotations

from hedges.queries.breaches import GRAVEST_FIRST, breach

BREACHES = {flag.upper() for flag in GRAVEST_FIRST}


def standing(row: dict, ratio: str = "coverage_ratio") -> str:
    if found := breach(row["flags"]):
        return found.upper()
    if row[ratio] is None:
        return "HEDGE_ONLY" if row.get("hedge_amount") else "NO_EXPOSURE"
    if "lower_ratio" in row and row["lower_ratio"] is None:
        return "NO_POLICY"
    return "IN_BAND"


def bucket_name(month_from: int, month_to: int | None) -> str:
    """`3–6 M`; whole years from two years on."""
    if month_to is None:
        return f"over {month_from} M"
    return f"{month_from}–{month_to} M"


def scale(rows: list[dict], *fields: str) -> tuple[int, str]:
    """The divisor and its letter for a header: amounts are scaled only where the header says so."""
    largest = max((abs(row[name] or 0) for row in rows for name in fields), default=0)
    if largest >= 10_000_000:
        return 1_000_000, "m"
    if largest >= 100_000:
        return 1_000, "k"
    return 1, ""
