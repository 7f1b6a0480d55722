"""What stands in the examples of the contract, by the name of a field: one sale of dollars, hedged by one forward."""

from typing import Any

TEXTS: dict[str, str] = {
    "account_code": "2810", "account_name": "Cash flow hedge reserve", "action": "exposures.exposure.recorded",
    "actor": "anna", "author": "anna", "base_unit": "USD", "cash_currency": "EUR", "change_reason": "As invoiced.",
    "closed_by": "anna", "code": "HR-US01-7", "comment": "Seen with its tests.", "contract": "ES-2026-12",
    "counter_currency": "EUR", "counterparty": "BANK7", "country": "FR", "credit_rating": "A-", "currency": "USD",
    "dealt_pair": "EURUSD", "decided_by": "ben", "designated_currency": "USD", "entity": "US01",
    "exposure_currency": "USD", "external_reference": "SO-4711", "file_name": "trades.xml",
    "detail": "Nothing is missing.", "field": "present_value", "formula": "hedge / exposure",
    "functional_currency": "EUR", "id": "3.7", "instrument": "FWD-23", "late_reason": "The trade came on a holiday.",
    "lei": "529900T8BM49AURSDO55", "market_symbol": "USDEUR", "month": "2026-10-01", "name": "Euro sales",
    "notional_currency": "USD", "objective": "Fix the euros of the sale in April.", "our_party": "US01",
    "our_reference": "FWD-23", "premium_currency": "EUR", "quote_currency": "EUR",
    "rationale": "The same dollars on the same date.", "reason": "The order was cancelled.",
    "relationship": "HR-US01-7", "risk": "USDEUR", "settlement_currency": "EUR", "source": "ECB",
    "remedy": "Approve it or reject it.", "sentence": "600,000 of 1,000,000 USD are hedged: 60 %.",
    "source_system": "ERP", "status": "PUBLISHED", "structure_reference": "S-12", "symbol": "USDEUR", "tenor": "SPOT",
    "their_reference": "BK-900123", "text": "Within the policy's band.", "title": "Hedge ratio",
    "time_zone": "Europe/Paris", "unit": "USD", "value_currency": "EUR",
}  # fmt: skip
NUMBERS: dict[str, float] = {
    "count": 1, "coverage_ratio": 0.6, "credit_ratio": 0.02, "cumulative_ratio": 0.95, "designated_hedge_ratio": 1,
    "discount_factor": 0.98, "hedge_ratio": 0.6, "index": 0, "line_number": 1, "lower_limit": 0.8, "month_from": 0,
    "month_to": 12, "number": 1, "observation_count": 40, "offset_slope": 0.95, "period_ratio": 0.95, "r_squared": 0.99,
    "revision": 1, "slope": -0.95, "spot_rate": 0.91, "upper_limit": 1.25, "version_number": 1,
}  # fmt: skip
#: By how a name ends, where the whole name says nothing.
ENDINGS: tuple[tuple[str, Any], ...] = (
    ("content_digest", "9f2c41d0a7e85b63c1f4029d7be6a8350c9174e2fd38ab5160e7c92b4d83fa16"),
    ("digest", "9f2c41d0a7e85b63c1f4029d7be6a8350c9174e2fd38ab5160e7c92b4d83fa16"),
    ("_currency", "EUR"), ("_unit", "USD"), ("_reference", "SO-4711"), ("_by", "ben"),
    ("_description", "600,000 USD of forward 23"), ("_sources", "Credit risk; a shift of the date."),
    ("strategy", "Policy 4: 60 % within a year"),
)  # fmt: skip
DATES: dict[str, str] = {
    "as_of_date": "2026-10-30", "designation_date": "2026-10-30", "hedge_end_date": "2027-04-30",
    "from_date": "2026-11-16", "valid_from": "2026-10-30", "trade_date": "2026-10-28",
    "settlement_date": "2027-04-30", "expected_date": "2027-04-30", "entry_date": "2026-10-31",
    "period_start": "2026-10-01", "period_end": "2026-10-31", "month": "2026-10-01", "quote_date": "2026-10-30",
}  # fmt: skip
#: Where a hedge stands at this moment, these are empty.
NOTHING = frozenset(
    {"next", "valid_to", "reasons", "flags", "warnings", "cursor_after", "blockers", "problems"}
)
DAY, TIME, KEY, AMOUNT, RATE = "2026-10-30", "2026-10-30T16:30:00Z", 17, "600000.00", "1.0842"
ADDRESS = "https://hedgebook.example/api/v1/exposures/17/"
UUID = "0d9f5c1e-6a57-4f0e-9a3b-5f2f6f2b8c11"
