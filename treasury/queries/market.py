"""The quotes of a snapshot, and the market that they and their rate curves make, kept per snapshot in this process.

Quotes are append-only, so that a process which seals many runs reads each quote once: what it has read stays, and the
next read adds the rows with a higher id. Threads share it: what is kept is replaced in one piece, and never changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

import numpy as np
from django.db import connection
from django.db.models import Count, Max

from treasury.enums import QuoteKind, RiskKind
from treasury.models import MarketDataSnapshot, MarketQuote, Risk
from treasury.quant.curves.needs import curve_needs
from treasury.quant.curves.rate_curve import RateCurve
from treasury.quant.market import Market, Quotes, market
from treasury.queries import rate_curves
from treasury.queries.copy import Columns, columns

_SPEC = {
    "id": "int8",
    "series": "uuid",
    "quote_date": "date",
    "value": "float8",
    "whole": "int8",
    "decimals": "int8",
    "is_synthetic": "bool",
    "corrects": "int8",
    "recorded_at": "timestamptz",
}
_SERIES = "md5(concat_ws('|', kind, symbol, tenor, moneyness))::uuid"
_COLUMNS = (
    f"id, {_SERIES} AS series, quote_date, value::float8,"
    " trunc(value)::int8 AS whole, ((value - trunc(value)) * 10000000000)::int8 AS decimals, is_synthetic,"
    " coalesce(corrects_id, 0) AS corrects, recorded_at"
)
_SQL = f"SELECT {_COLUMNS} FROM treasury_marketquote"
#: The store also keeps the audit event of each row: the row is there for as long as its event is.
_EVENT = {"event_id": "int8"}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Store:
    """What this process has read of one database, in the order of ids, and the audit events that recorded it."""

    database: str
    first_quote_date: date
    rows: Columns
    events: set[int]

    @property
    def last_id(self) -> int:
        return int(self.rows["id"][-1]) if self.rows["id"].size else 0


_store: _Store | None = None


@dataclass(frozen=True, slots=True)
class SealedQuotes:
    """The quotes of a snapshot to be: their number, their digest, and those that count."""

    quote_count: int
    digest: str
    quotes: Quotes


def has_rates(as_of_date: date) -> bool:
    """Whether any FX spot rate of that very date is recorded: without one there is no night for it."""
    # A correction has the date of what it corrects, and first recordings are those that the index holds by date.
    first = MarketQuote.objects.filter(kind=QuoteKind.FX_SPOT, quote_date=as_of_date, corrects=None)
    return first.exists()


def without_rates(as_of_date: date) -> str:
    """Why nobody may ask for the night of such a date."""
    return (
        f"there are no FX rates for {as_of_date}; record them first, or choose a date that has some."
        " Nothing was changed."
    )


def last_rate_date() -> date | None:
    """The newest date with FX spot rates."""
    newest = MarketQuote.objects.filter(kind=QuoteKind.FX_SPOT).order_by("-quote_date")
    return newest.values_list("quote_date", flat=True).first()


def known_quotes(*, first_quote_date: date, as_of_date: date, known_at: datetime) -> SealedQuotes:
    """The quotes from the first date to D that are known at K.

    What was read before counts if the database, asked after it, has no more of them; else a lower id was still on its
    way when a higher one was read, and they are read afresh in one statement.
    """
    rows = _known(_refreshed(first_quote_date), first_quote_date, as_of_date, known_at)
    count, _ = extent(first_quote_date=first_quote_date, as_of_date=as_of_date, known_at=known_at)
    if rows["id"].size != count:
        rows = _known(_read_afresh(first_quote_date), first_quote_date, as_of_date, known_at)
    return SealedQuotes(rows["id"].size, _digest(rows), _quotes(rows))


def extent(*, first_quote_date: date, as_of_date: date, known_at: datetime) -> tuple[int, int]:
    """How many quotes that would be and the highest id: as quotes are append-only, the same two are the same quotes."""
    quotes = MarketQuote.objects.filter(
        quote_date__range=(first_quote_date, as_of_date), recorded_at__lte=known_at
    )
    found = quotes.aggregate(count=Count("id"), last=Max("id"))
    return int(found["count"]), int(found["last"] or 0)


def made_of(quotes: Quotes, curves: Sequence[RateCurve], known_at: datetime) -> Market:
    """The market of quotes and their rate curves, with what was known of the risks."""
    return market(quotes, curves, _quote_currencies(known_at))


def market_of(snapshot: MarketDataSnapshot) -> Market:
    """The market of a sealed snapshot; the newest few stay in this process."""
    return _market_of(connection.settings_dict["NAME"], snapshot.pk)


def remember(snapshot: MarketDataSnapshot, made: Market) -> None:
    """The process that sealed a snapshot need not read it again."""
    _remembered[connection.settings_dict["NAME"], snapshot.pk] = made
    for older in list(_remembered)[:-2]:
        _remembered.pop(older, None)


_remembered: dict[tuple[str, int], Market] = {}
#: The market made last, by what makes it besides its curves: database, digest of the quotes, currencies of the risks.
_last_made: tuple[tuple[object, ...], Market] | None = None


def keep(digest: str, known_at: datetime, made: Market) -> None:
    """The next seal of the very same quotes need not make it again."""
    global _last_made
    _last_made = _made_from(digest, known_at), made


def kept(digest: str, known_at: datetime) -> Market | None:
    """The market made last, where it is of the same quotes and risks."""
    last = _last_made  # another thread may replace it
    return last[1] if last and last[0] == _made_from(digest, known_at) else None


def _made_from(digest: str, known_at: datetime) -> tuple[object, ...]:
    return connection.settings_dict["NAME"], digest, tuple(sorted(_quote_currencies(known_at).items()))


@lru_cache(maxsize=2)
def _read_market(database: str, snapshot_id: int) -> Market:
    snapshot = MarketDataSnapshot.objects.get(pk=snapshot_id)
    rows = _rows(snapshot.first_quote_date, snapshot.as_of_date, snapshot.known_at)
    if _digest(rows) != snapshot.content_digest:
        raise ValueError(f"The quotes of market snapshot {snapshot_id} are not those that were sealed.")
    quotes = _quotes(rows)
    return made_of(quotes, rate_curves.all_of(curve_needs(quotes, snapshot.curve_maker)), snapshot.known_at)


def _rows(first: date, last: date, known_at: datetime) -> Columns:
    sql = (
        f"{_SQL} WHERE quote_date BETWEEN %(first)s AND %(last)s AND recorded_at <= %(known_at)s ORDER BY id"
    )
    return columns(sql, {"first": first, "last": last, "known_at": known_at}, _SPEC)


def _market_of(database: str, snapshot_id: int) -> Market:
    return _remembered.get((database, snapshot_id)) or _read_market(database, snapshot_id)


def _refreshed(first: date) -> Columns:
    global _store
    store = _store
    if (
        store is None
        or store.database != connection.settings_dict["NAME"]
        or first < store.first_quote_date
        or not _is_intact(store)
    ):
        return _read_afresh(first)
    added, events = _read_after(store.last_id, store.first_quote_date)
    if added["id"].size:
        rows = {name: np.concatenate([store.rows[name], added[name]]) for name in _SPEC}
        store = replace(store, rows=rows, events=store.events | events)
        _store = store
    return store.rows


def _read_afresh(first: date) -> Columns:
    global _store
    store = _Store(connection.settings_dict["NAME"], first, *_read_after(0, first))
    _store = store
    return store.rows


def _read_after(last_id: int, first: date) -> tuple[Columns, set[int]]:
    sql = (
        f"SELECT {_COLUMNS}, event_id FROM treasury_marketquote"
        " WHERE id > %(last_id)s AND quote_date >= %(first)s ORDER BY id"
    )
    rows = columns(sql, {"last_id": last_id, "first": first}, _SPEC | _EVENT)
    return rows, set(np.unique(rows.pop("event_id")).tolist())


def _is_intact(store: _Store) -> bool:
    """Whether the database still holds the rows that were read: a transaction may have taken its own back.

    Its audit event went with them, and events are few where quotes are many.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM treasury_auditevent WHERE id = ANY(%s)", [list(store.events)])
        return bool(cursor.fetchone()[0] == len(store.events))


def _known(rows: Columns, first: date, last: date, known_at: datetime) -> Columns:
    moment = (known_at - _EPOCH) // timedelta(microseconds=1)
    dates = rows["quote_date"]
    chosen = (dates >= first.toordinal()) & (dates <= last.toordinal()) & (rows["recorded_at"] <= moment)
    return {name: values[chosen] for name, values in rows.items()}


def _digest(rows: Columns) -> str:
    """Over the decimals as they are stored, in two whole numbers, and not over the nearest binary fraction."""
    state = sha256()
    for name in _SPEC:
        if name == "value":
            continue
        state.update(np.ascontiguousarray(rows[name]).tobytes())
    return state.hexdigest()


def _quotes(rows: Columns) -> Quotes:
    """A corrected quote does not count; of two sources the observed one does, then the one recorded last."""
    corrected = rows["corrects"][rows["corrects"] > 0]
    kept = np.flatnonzero(~np.isin(rows["id"], corrected))  # by id, as the rows are
    synthetic = rows["is_synthetic"][kept]
    kept = np.concatenate([kept[synthetic], kept[~synthetic]])
    keys, index = np.unique(rows["series"].view(">u8").reshape(-1, 2)[kept, 0], return_inverse=True)
    names = _series_names([int(key) for key in keys])
    return Quotes(
        series=names,
        series_index=index.astype(np.int64),
        dates=rows["quote_date"][kept],
        values=rows["value"][kept],
    )


def _quote_currencies(known_at: datetime) -> dict[str, str]:
    """The currency that a commodity or an index is quoted in, by its symbol: that of the risk recorded first."""
    risks = Risk.objects.filter(
        kind__in=[RiskKind.COMMODITY, RiskKind.EQUITY_INDEX], recorded_at__lte=known_at
    )
    return dict(risks.order_by("-id").values_list("market_symbol", "quote_currency_id"))


Series = tuple[str, str, str, Decimal | None]
_names: dict[int, Series] = {}


def _series_names(keys: list[int]) -> list[Series]:
    """Kind, symbol, tenor and moneyness by the first half of their digest, which is the same in every database."""
    if any(key not in _names for key in keys):
        series = "SELECT DISTINCT kind, symbol, tenor, moneyness FROM treasury_marketquote"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_SERIES}, kind, symbol, tenor, moneyness FROM ({series}) s")
            for key, *name in cursor.fetchall():
                _names[key.int >> 64] = (name[0], name[1], name[2], name[3])
    return [_names[key] for key in keys]
