"""Inputs of this moment in the form of a run's sealed ones: for tests on demand, effects of changes and corrections.

The market is that of the quotes up to a date that are known now (or were at a time); while no quote is added it stays
in this process. Nothing is stored: whoever records what was seen asks `recorded_snapshot` inside the action.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from hedges.domain.lookup import lookup
from hedges.domain.sealed import Sealed
from hedges.queries.columns import contracts
from hedges.queries.reach import first_date
from treasury.domain import rate_curves
from treasury.models import MarketDataSnapshot, Risk
from treasury.quant.curves.bootstrap import build_curves
from treasury.quant.curves.needs import CurveNeed, curve_maker, curve_needs
from treasury.quant.market import Market
from treasury.queries import market as quotes
from treasury.queries.columns import Reference, reference
from treasury.queries.rate_curves import stored


@dataclass(frozen=True, slots=True)
class SeenMarket:
    """A market with what proves it."""

    market: Market
    needs: tuple[CurveNeed, ...]
    first_quote_date: date
    quote_count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed(Sealed):
    """Inputs without a run: `run_id` is 0."""

    seen: SeenMarket


def inputs_now(
    as_of_date: date,
    *,
    known_at: datetime | None = None,
    entity_id: int | None = None,
    drafts: Sequence[int] = (),
    only: Sequence[int] | None = None,
) -> Unsealed:
    """`drafts`: ids of relationship versions that count although nobody has approved them yet; `only`: ids of the
    relationships that are looked at, None for all.

    `known_at` None: the database's time now. Raises nothing for a missing quote: what needs it is undefined.
    """
    moment = known_at or database_time()
    found = reference(as_of_date)
    seen = _market(_first_quote_date(as_of_date, found, entity_id), as_of_date, moment)
    return Unsealed(
        run_id=0,
        as_of_date=as_of_date,
        known_at=moment,
        reference=found,
        lookup=lookup(seen.market, found.risks),
        contracts=contracts(),
        drafts=tuple(drafts),
        only=None if only is None else tuple(only),
        entity_id=entity_id,
        seen=seen,
    )


def database_time() -> datetime:
    """The one clock."""
    return _time("SELECT hedgebook_now()")


def hold_quotes() -> datetime:
    """The database's time, from which on no quote can appear that was recorded before it; until the action ends.

    For whoever is going to call `recorded_snapshot`: the snapshot's digest has to be the same when it is read again.
    """
    return _time("SELECT hedgebook_hold_quotes()")


def recorded_snapshot(sealed: Unsealed) -> MarketDataSnapshot:
    """The row that says which quotes were seen, inside the caller's action; the one that is there where they are the
    same. Its rate curves are stored with it."""
    seen = sealed.seen
    rate_curves.ensure(seen.needs)
    what = {
        "as_of_date": sealed.as_of_date,
        "first_quote_date": seen.first_quote_date,
        "content_digest": seen.digest,
        "curve_maker": curve_maker(),
    }
    known = MarketDataSnapshot.objects.filter(**what, known_at__lte=sealed.known_at).order_by("id").first()
    return known or MarketDataSnapshot.objects.create(
        **what, known_at=sealed.known_at, quote_count=seen.quote_count
    )


#: The newest few, by what makes them: database, dates, number and last id of the quotes, number of risks.
_kept: dict[tuple[object, ...], SeenMarket] = {}
KEPT = 3


def _market(first: date, last: date, known_at: datetime) -> SeenMarket:
    risks = Risk.objects.filter(recorded_at__lte=known_at).count()
    extent = quotes.extent(first_quote_date=first, as_of_date=last, known_at=known_at)
    key = (connection.settings_dict["NAME"], first, last, *extent, risks)
    seen = _kept.get(key)
    if seen is None:
        found = quotes.known_quotes(first_quote_date=first, as_of_date=last, known_at=known_at)
        needs = curve_needs(found.quotes)
        known = stored(needs)
        made = build_curves(needs, known)
        curves = [known.get(need.digest) or made[need.digest] for need in needs]
        market = quotes.made_of(found.quotes, curves, known_at)
        seen = SeenMarket(market, needs, first, found.quote_count, found.digest)
        _kept[key] = seen
        for older in list(_kept)[:-KEPT]:  # another thread may be at it as well
            _kept.pop(older, None)
    return seen


def _first_quote_date(as_of_date: date, found: Reference, entity_id: int | None) -> date:
    """Whole years, from the oldest date on which anything of the book was struck, and the weeks of a series."""
    weeks = max((pack["observation_count"] for pack in found.rule_packs.values()), default=0)
    window = as_of_date - timedelta(weeks=weeks + 1, days=31)
    return min(window, first_date(entity_id) or window).replace(month=1, day=1)


def _time(sql: str) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        moment: datetime = cursor.fetchone()[0]
    return moment
