"""The words of the screens for the codes of the book."""

import re

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
    "HEDGE_ONLY": ("Hedge only", "watch"),
    "EFFECTIVE": ("Effective", "ok"),
    "NOT_EFFECTIVE": ("Not effective", "breach"),
    "INCONCLUSIVE": ("Inconclusive", "open"),
    "NOT_TESTED": ("Not tested", "open"),
    "MET": ("Met", "ok"),
    "MISSED": ("Missed", "breach"),
    "UNDECIDED": ("Undecided", "open"),
    "PASS": ("Pass", "ok"),
    "WATCH": ("Watch", "watch"),
    "FAIL": ("Fail", "breach"),
    "TERMS_DIFFER": ("Differs", "watch"),
    "LIVE": ("Live", "ok"),
    "UNWOUND": ("Unwound", "open"),
    "TAKEN_BACK": ("Taken back", "open"),
    "QUOTE_MISSING": ("Missing", "breach"),
    "QUOTE_STALE": ("Too old", "breach"),
    "QUOTE_FRESH": ("Fresh", "ok"),
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
    "PAST_ITS_DATE": ("Past its date", "watch"),
    "PROPOSED": ("Proposed", "watch"),
    "STALE": ("The night has moved it", "watch"),
    "DEALT": ("Dealt", "ok"),
    "DISMISSED": ("Dismissed", "open"),
    "DISCONTINUED": ("Discontinued", "open"),
    "MATURED": ("Matured", "open"),
    "SETTLED": ("Settled", "open"),
    "CANCELLED": ("Cancelled", "open"),
    "REQUESTED": ("Requested", "open"),
    "PENDING": ("Asked for", "open"),
    "WAITING": ("Waits for rates", "watch"),
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
    "PERIOD_OPEN": ("Open", "open"),
    "PERIOD_RUNNING": ("Being closed", "watch"),
    "PERIOD_CLOSED": ("Closed", "ok"),
    "IMPORT_STAGED": ("Not checked", "open"),
    "IMPORT_CHECKED": ("Checked", "ok"),
    "IMPORT_WRONG": ("Wrong cells", "breach"),
    "IMPORT_COMMITTED": ("Committed", "ok"),
    "IMPORT_UNDONE": ("Undone", "open"),
    "IMPORT_DISCARDED": ("Discarded", "open"),
    "ROW_NEW": ("New", "ok"),
    "ROW_CHANGED": ("Changed", "watch"),
    "ROW_UNCHANGED": ("Unchanged", "open"),
    "ROW_WRONG": ("Wrong", "breach"),
    "ROW_TWICE": ("Twice in the file", "breach"),
    "STAGE_AWAITING_APPROVAL": ("Waits for approval", "watch"),
    "STAGE_REJECTED": ("Rejected", "breach"),
    "STAGE_DOCUMENTED": ("Documented, not begun", "watch"),
    "STAGE_ACTIVE": ("In force", "ok"),
    "STAGE_WAITING": ("Stopped, its reserve waits", "watch"),
    "STAGE_DISCONTINUED": ("Discontinued", "open"),
    "STAGE_MATURED": ("Matured", "open"),
}
APPROVING = "A second person decides on what was recorded, under Approvals."
MARKS = {"ok": "●", "watch": "▲", "breach": "✖", "open": "○"}

REASONS = {
    "zero_exposure": "no exposure",
    "no_positions": "no positions",
    "zero_item_change": "the item did not change",
    "too_few_points": "too few points",
    "immaterial_changes": "changes too small to judge",
    "stale_data": "rate too old",
    "missing_data": "a rate is missing",
    "no_band": "no policy band",
    "below_lower": "below the lower limit",
    "above_upper": "above the upper limit",
    "r_squared_low": "R² too low",
    "not_significant": "not significant",
    "constant_item": "the item does not move",
    "constant_instrument": "the instrument does not move",
    "no_quantitative_support": "no quantitative support",
    "rationale_missing": "the rationale is not written down",
    "ratio_imbalance": "the ratio used is not the designated one",
    "method_undecided": "the documented method could not decide",
    "method_failed": "the documented method failed",
    "method_warning": "the documented method missed a limit",
    "other_method_missed": "the method computed beside the documented one missed a limit",
    "no_potential_loss": "the open part loses nothing",
    "prospective_missed": "a scenario of the prospective test is outside the limits",
    "curve_not_built": "no rate curve could be built from the quotes of that date",
    "no_parity_rate": "no rate curve to tell the currency basis by",
    "criterion_undecided": "a criterion could not be decided",
    "credit_dominates": "credit risk dominates",
    "credit_watch": "credit risk is watched",
    "counterparty_defaulted": "the counterparty has defaulted",
    "rating_below_limit": "the counterparty is rated below the limit of the rule pack",
    "collateral_not_posted": "the counterparty has not posted collateral that was called",
    "out_of_range": "beyond what can be shown",
    "flow_past": "nothing hedged is still to come",
    "corner_solution": "the best is the end of the range",
    "no_unique_rate": "no rate, or more than one, gives the carrying amount",
    "struck_at_the_money": "the hedged level was in the money; struck where the intrinsic value is zero",
    "collinear_instruments": "the instruments move as combinations of each other",
}

# Codes of one word; any other word in capitals (a currency, a bank) stays as it is.
PLAIN = {
    "FORECAST", "FORWARD", "FUTURE", "OPTION", "COLLAR", "BOUGHT", "SOLD", "CALL", "PUT", "WHOLE", "PRICE", "APPROVED",
    "REJECTED", "TREASURER", "APPROVER", "AUDITOR", "ADMINISTRATOR", "COMMODITY",
}  # fmt: skip

LABELS = {
    "IFRS9": "IFRS 9", "IAS39": "IAS 39", "ASC815": "ASC 815", "FX_SWAP": "FX swap", "FX_SPOT": "FX spot rate",
    "NON_DELIVERABLE_FORWARD": "Non-deliverable forward", "INTEREST_RATE_SWAP": "Interest-rate swap",
    "CROSS_CURRENCY_SWAP": "Cross-currency swap", "ECONOMIC": "Economic, no hedge accounting",
    "REGRESSION": "Regression of weekly changes", "DOLLAR_OFFSET": "Cumulative dollar offset",
    "DESIGNATION": "Designation", "REBALANCING": "Rebalancing", "DISCONTINUATION": "Discontinuation",
    "DE_DESIGNATION": "De-designation", "VOLUNTARY": "Revoked by choice", "DEFERRED": "Deferred in equity",
    "TRANSACTION": "Transaction-related", "TIME_PERIOD": "Time-period-related", "TEST": "A test without a result",
    "CREDIT_RISK": "Whether credit risk dominates",
    "QUALITATIVE": "That facts and circumstances have not changed", "INCEPTION": "At inception",
    "REMEASUREMENT": "Change of the instrument's fair value", "RECLASSIFICATION": "Reclassified to profit or loss",
    "BASIS_ADJUSTMENT": "Into the cost of the non-financial item", "CONSOLIDATED": "Consolidated statements",
    "SEPARATE": "Separate statements", "SETTLEMENT": "Settlement of hedging instruments",
    "DERIVATIVE": "Hedging instruments at fair value", "INEFFECTIVENESS": "Hedge ineffectiveness",
    "WITH_ITEM": "When the hedged flow affects profit or loss", "AS_REMEASURED": "As the item is remeasured",
    "OVER_TERM": "Over the remaining term of the interest flows", "ON_DISPOSAL": "On disposal of the net investment",
    "PROFIT_OR_LOSS": "Profit or loss at once", "INSTRUMENT_DESIGNATED": "Instrument taken into hedge accounting",
    "INSTRUMENT_RELEASED": "Instrument taken out of hedge accounting",
    "ITEM_ADJUSTMENT": "Change of the hedged item for the hedged risk",
    "COST_OF_HEDGING": "Cost of hedging, amortised", "RELATIONSHIP_SHIFTED": "The relationship shifted",
    "CRITERIA_FAILED": "The criteria are not met any more", "OBJECTIVE_CHANGED": "The objective has changed",
    "ITEM_DISPOSED": "The net investment was disposed of",
    "INSTRUMENT_ENDED": "The instrument has ended", "NO_LONGER_EXPECTED": "The forecast is no longer expected",
    "NO_LONGER_HIGHLY_PROBABLE": "The forecast is no longer highly probable",
    "SPOT": "Spot element", "INTRINSIC": "Intrinsic value", "NOT_IN_FORCE": "Not in force",
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
    if text in PLAIN or ("_" in text and text.upper() == text):
        return sentence(text.lower())
    return text


def sentence(code: object) -> str:
    """`offset_sign` is `Offset sign`."""
    return str(code).replace("_", " ").capitalize()


#: How the audit log runs words together, and how they are read.
RUN_TOGETHER = (
    ("hedgerelationship", "hedge relationship"),
    ("accountmap", "account map"),
    ("manualquote", "quote by hand,"),
    ("version", " version"),
)


#: What an event has made of a run, whose row keeps no values of before.
STEPS = {
    "treasury.run.requested": "Status: none → Asked for",
    "treasury.run.sealed": "Status: Asked for → Running",
    "treasury.run.published": "Status: Running → Published",
    "treasury.run.cancelled": "Status: Asked for or Running → Failed, as it was cancelled",
}


def event(action: object) -> str:
    """`hedges.instrumentversion.approved` is `Instrument version approved` in a change log."""
    thing, _, verb = str(action).partition(".")[2].partition(".")
    if not verb:
        return sentence(action)
    for together, apart in RUN_TOGETHER:
        thing = thing.replace(together, apart)
    return sentence(f"{thing} {verb}")


def quoted(text: str) -> str:
    """The names of inputs in a text of the catalogue, which sets them as code, in quotation marks."""
    return re.sub(r"`([^`]*)`", "“\\1”", text)


def reason(code: object) -> str:
    text = str(code)
    return REASONS.get(text.lower(), text.replace("_", " ").lower())


def state(code: object) -> tuple[str, str]:
    text = str(code or "")
    return STATES.get(text.upper(), (label(text) or "Unknown", "open"))
