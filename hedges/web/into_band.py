"""What to trade so that a bucket stands in its band, as one would say it to a dealer."""

from __future__ import annotations

from treasury.web import formats


def into_band(row: dict) -> str:
    """Empty where there is no exposure, or no band."""
    exposure, hedges, unit = row["net_exposure_amount"], row["hedge_amount"] or 0, row["amount_unit"]
    trades = [row[f"{level}_to_hedge_amount"] for level in ("min", "target", "max")]
    if not exposure or None in trades or row["target_ratio"] is None:
        return ""
    # plus: cover to add; minus: cover to take off
    lower, target, upper = (trade if exposure < 0 else -trade for trade in trades)
    adds, takes_off = ("Buy", "Sell back") if exposure < 0 else ("Sell", "Buy back")
    aim = f"the target of {round(row['target_ratio'] * 100, 1):g} %"
    more = " more" if hedges * exposure < 0 else ""
    if lower > 0:
        return f"{adds} at least {_size(lower)} {unit}{more} to reach the lower limit; {_size(target)} for {aim}."
    if upper < 0:
        return f"{takes_off} {_size(upper)} to {_size(lower)} {unit} to stand in the band, {_size(target)} for {aim}."
    room = [
        f"{adds.lower()} up to {_size(upper)} {unit}{more}" if upper else "",
        f"{takes_off.lower()} up to {_size(lower)} {unit}" if lower else "",
    ]
    said = " or ".join(words for words in room if words)
    to_target = (
        f"{adds if target > 0 else takes_off} {_size(target)} {unit} for {aim}." if target else f"On {aim}."
    )
    return f"In the band. {to_target}" + (f" You could {said} and stay in it." if said else "")


def to_target(row: dict) -> str:
    """The same in a few words, for a table: the trade that ends on the target."""
    exposure, trade = row["net_exposure_amount"], row["target_to_hedge_amount"]
    if not exposure or not trade or row["target_ratio"] is None:
        return ""
    adds, takes_off = ("Buy", "Sell back") if exposure < 0 else ("Sell", "Buy back")
    is_cover = (trade > 0) == (exposure < 0)
    return f"{adds if is_cover else takes_off} {_size(trade)} {row['amount_unit']}"


def _size(amount) -> str:
    return formats.number(abs(amount))
