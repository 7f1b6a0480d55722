"""Rate curves that are stored, by the digest of the quotes that they were made of.

A stored curve never changes, so that a process reads each once; before it uses one it asks whether the database still
has it, as a transaction may have taken its own back.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.db import connection

from treasury.quant.curves.needs import CurveNeed
from treasury.quant.curves.rate_curve import RateCurve

#: So many are kept in a process; two years of quotes in four currencies make two thousand.
KEPT = 50_000
_FROM = "FROM treasury_ratecurve WHERE quote_date BETWEEN %(first)s AND %(last)s"
_kept: dict[tuple[str, str], RateCurve] = {}


def stored(needs: Sequence[CurveNeed]) -> dict[str, RateCurve]:
    """The curves of the needs that the database has, by digest: two statements at most, however many there are."""
    if not needs:
        return {}
    if len(_kept) > KEPT:
        _kept.clear()
    database = connection.settings_dict["NAME"]
    days = [need.quote_date for need in needs]
    between = {"first": date.fromordinal(min(days)), "last": date.fromordinal(max(days))}
    wanted = {need.digest for need in needs}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT quotes_digest {_FROM}", between)
        there = [digest for (digest,) in cursor.fetchall() if digest in wanted]
        unread = [digest for digest in there if (database, digest) not in _kept]
        if unread:
            cursor.execute(
                f"SELECT quotes_digest, symbol, quote_date, node_days, zero_rates, problem {_FROM}"
                " AND quotes_digest = ANY (%(unread)s)",
                between | {"unread": unread},
            )
            _kept.update({(database, row[0]): _curve(*row[1:]) for row in cursor.fetchall()})
        return {digest: _kept[database, digest] for digest in there}


def all_of(needs: Sequence[CurveNeed]) -> list[RateCurve]:
    """The curves of a sealed market in the order of its needs. Raises ValueError where one is not stored."""
    found = stored(needs)
    missing = [need for need in needs if need.digest not in found]
    if missing:
        first = missing[0]
        raise ValueError(
            f"{len(missing)} of the {len(needs)} rate curves of this market are not stored, the first being"
            f" {first.symbol} of {date.fromordinal(first.quote_date)}, digest {first.digest}. They were stored when the"
            " run was sealed: something has been taken out of the database since."
        )
    return [found[need.digest] for need in needs]


def _curve(
    symbol: str, quote_date: date, node_days: list[int], zero_rates: list[float], problem: str
) -> RateCurve:
    return RateCurve(
        symbol,
        quote_date.toordinal(),
        np.array(node_days, dtype=np.int64),
        np.array(zero_rates, dtype=np.float64),
        problem,
    )
