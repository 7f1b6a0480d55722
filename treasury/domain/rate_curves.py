"""Keeping the rate curves of a market that is being sealed: each set of quotes is bootstrapped once."""

import json
from collections.abc import Sequence
from datetime import date

from django.db import connection

from treasury.quant.curves.bootstrap import build_curves
from treasury.quant.curves.needs import CurveNeed
from treasury.quant.curves.rate_curve import RateCurve
from treasury.queries import rate_curves

# In one order, so that two seals that store the same curves wait for each other and not in a ring.
_STORE = """
INSERT INTO treasury_ratecurve (symbol, quote_date, quotes_digest, node_days, zero_rates, problem)
SELECT symbol, quote_date, quotes_digest, node_days, zero_rates, problem
FROM json_to_recordset(%s) AS made (symbol text, quote_date date, quotes_digest text, node_days int[],
                                    zero_rates float8[], problem text)
ORDER BY quote_date, symbol, quotes_digest
ON CONFLICT (quote_date, symbol, quotes_digest) DO NOTHING
"""
PROBLEM_LENGTH = 400


def ensure(needs: Sequence[CurveNeed]) -> list[RateCurve]:
    """The curves in the order of their needs; those that are not stored yet are made and stored, in one statement.

    Inside the audit action of the seal. What it returns is read back: every process uses the curves as they are stored.
    """
    known = rate_curves.stored(needs)
    made = build_curves(needs, known)
    if made:
        _store(made)
    return rate_curves.all_of(needs) if made else [known[need.digest] for need in needs]


def _store(made: dict[str, RateCurve]) -> None:
    rows = [
        {
            "symbol": curve.symbol,
            "quote_date": date.fromordinal(curve.quote_date).isoformat(),
            "quotes_digest": digest,
            "node_days": curve.node_days.tolist(),
            "zero_rates": curve.zero_rates.tolist(),
            "problem": curve.problem[:PROBLEM_LENGTH],
        }
        for digest, curve in made.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [json.dumps(rows, allow_nan=False)])
