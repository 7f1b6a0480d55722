"""The words of the screens for the codes of the book."""

STATES = {
    # code: (word, style), the style being one of ok, watch, breach, open
    "IN_BAND": ("In band", "ok"),
    "BELOW_TARGET": ("Below target", "watch"),
    "UNDER_HEDGED": ("Under-hedged", "breach"),
    "ABOVE_BAND": ("Above band", "breach"),
    "OVER_HEDGED": ("Over-hedged", "breach"),
    "WRONG_DIRECTION": ("Wrong direction", "breach"),
    "NO_POLICY": ("No policy", "open"),
    "NO_EXPOSURE": ("No exposure", "open"),
    "EFFECTIVE": ("Effective", "ok"),
    "NOT_EFFECTIVE": ("Not effective", "breach"),
    "INCONCLUSIVE": ("Inconclusive", "open"),
    "NOT_TESTED": ("Not tested", "open"),
    "PASS": ("Pass", "ok"),
    "WATCH": ("Watch", "watch"),
    "FAIL": ("Fail", "breach"),
    "MATCHED": ("Matched", "ok"),
    "NOT_MATCHED": ("Not matched", "breach"),
    "APPROVED": ("Approved", "ok"),
    "AWAITING": ("Awaiting approval", "watch"),
    "AWAITING_APPROVAL": ("Awaiting approval", "watch"),
    "REJECTED": ("Rejected", "breach"),
    "DRAFT": ("Draft", "open"),
    "DESIGNATED": ("Designated", "ok"),
    "ACTIVE": ("Active", "ok"),
    "OPEN": ("Open", "ok"),
    "PROPOSED": ("Proposed", "watch"),
    "DISCONTINUED": ("Discontinued", "open"),
    "MATURED": ("Matured", "open"),
    "SETTLED": ("Settled", "open"),
    "CANCELLED": ("Cancelled", "open"),
    "REQUESTED": ("Requested", "open"),
    "PENDING": ("Waiting", "open"),
    "WAITING": ("Waiting", "open"),
    "WAITING_FOR_RATES": ("Waits for rates", "watch"),
    "SEALED": ("Sealed", "open"),
    "CLAIMED": ("Running", "watch"),
    "LEASED": ("Running", "watch"),
    "RUNNING": ("Running", "watch"),
    "COMPUTING": ("Running", "watch"),
    "DONE": ("Done", "ok"),
    "COMPUTED": ("Computed", "ok"),
    "PUBLISHED": ("Published", "ok"),
    "SUPERSEDED": ("Superseded", "open"),
    "FAILED": ("Failed", "breach"),
}
MARKS = {"ok": "●", "watch": "▲", "breach": "✖", "open": "○"}

REASONS = {
    "zero_exposure": "no exposure",
    "zero_item_change": "the item did not change",
    "too_few_points": "too few points",
    "too_few_observations": "too few points",
    "immaterial_changes": "changes too small to judge",
    "stale_rate": "rate too old",
    "missing_rate": "no rate",
    "no_policy": "no policy band",
    "not_tested": "not tested",
    "wrong_direction": "wrong direction",
    "corner_solution": "the best is the end of the range",
}

LABELS = {
    "IFRS9": "IFRS 9", "IAS39": "IAS 39", "ASC815": "ASC 815",
    "FX_FORWARD": "FX forward", "NDF": "Non-deliverable forward", "FX_NDF": "Non-deliverable forward",
    "FX_OPTION": "FX option", "FX_SWAP": "FX swap", "FUTURE": "Future", "FUTURES": "Future",
    "INTEREST_RATE_SWAP": "Interest-rate swap", "CROSS_CURRENCY_SWAP": "Cross-currency swap",
    "NATURAL_OFFSET": "Natural offset", "FX": "FX", "CURRENCY_PAIR": "Currency pair", "EUR": "EUR",
}  # fmt: skip


def label(code: object) -> str:
    """`HIGHLY_PROBABLE_FORECAST` is `Highly probable forecast` on a screen."""
    if code is None or code == "":
        return ""
    text = str(code)
    if text in LABELS:
        return LABELS[text]
    if text in STATES:
        return STATES[text][0]
    if text.upper() != text or not any(c == "_" or c.isalpha() for c in text) or len(text) <= 3:
        return text
    return text.replace("_", " ").capitalize()


def reason(code: object) -> str:
    text = str(code)
    return REASONS.get(text.lower(), text.replace("_", " ").lower())


def state(code: object) -> tuple[str, str]:
    text = str(code or "")
    return STATES.get(text.upper(), (label(text) or "Unknown", "open"))
