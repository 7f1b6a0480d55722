"""Sealing a run: from here on it sees one book and one market, whatever is recorded meanwhile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import connection

from treasury.domain import audit, rate_curves, runs
from treasury.domain.manifest import code_version, library_versions
from treasury.enums import RunStatus, RunStep
from treasury.models import BookSnapshot, CalculationRun, MarketDataSnapshot, RunShard
from treasury.quant.curves.needs import curve_maker, curve_needs
from treasury.queries import market


@dataclass(frozen=True, slots=True)
class SealedBook:
    """What the book's apps say of their versions that count: counts, digests, and how far back the market is read."""

    exposure_count: int
    instrument_count: int
    relationship_count: int
    digests: tuple[str, ...]
    first_date: date
    observation_count: int


#: Reads the book of a run as known at a time. The night hands it in: this layer knows nothing of hedges.
BookReader = Callable[[CalculationRun, datetime], SealedBook]


def seal(*, run_id: int, steps: Sequence[RunStep], shard_count: int, read_book: BookReader) -> bool:
    """Freezes the inputs of a pending run, makes its shards and opens its results: one transaction, or nothing.

    False when there was nothing to seal: another worker does it or has done it, or the date's rates are missing.
    """
    run = CalculationRun.objects.get(pk=run_id)
    if run.status != RunStatus.PENDING:
        return False
    if runs.must_wait(run.kind, run.as_of_date):
        runs.wait_for_rates(run)
        return False
    with audit.action("treasury.run.sealed", actor=None, subject=run), connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM treasury_calculationrun WHERE id = %s AND status = 'PENDING' FOR UPDATE SKIP LOCKED",
            [run_id],
        )
        if not cursor.rowcount:
            return False
        cursor.execute("SELECT hedgebook_seal()")
        known_at: datetime = cursor.fetchone()[0]
        book = read_book(run, known_at)
        market_snapshot = _market_snapshot(run.as_of_date, known_at, book)
        book_snapshot = _book_snapshot(run.as_of_date, known_at, book)
        _set_running(run_id, known_at, market_snapshot, book_snapshot)
        RunShard.objects.bulk_create(_shards(run_id, steps, shard_count))
        cursor.execute("SELECT open_run_results(%s)", [run_id])
    return True


def _market_snapshot(as_of_date: date, known_at: datetime, book: SealedBook) -> MarketDataSnapshot:
    # Whole years, so that one more trade does not change which quotes the next nights read.
    window = as_of_date - timedelta(weeks=book.observation_count + 1, days=31)
    first = min(window, book.first_date).replace(month=1, day=1)
    sealed = market.known_quotes(first_quote_date=first, as_of_date=as_of_date, known_at=known_at)
    what = {
        "as_of_date": as_of_date,
        "first_quote_date": first,
        "content_digest": sealed.digest,
        "curve_maker": curve_maker(),
    }
    is_known = MarketDataSnapshot.objects.filter(**what).exists()
    snapshot = MarketDataSnapshot.objects.create(**what, known_at=known_at, quote_count=sealed.quote_count)
    # The same quotes were sealed before, so that their curves are stored: the closes of a month share one market.
    made = market.kept(sealed.digest, known_at) if is_known else None
    if made is None:
        curves = rate_curves.ensure(curve_needs(sealed.quotes))
        made = market.made_of(sealed.quotes, curves, known_at)
        market.keep(sealed.digest, known_at, made)
    market.remember(snapshot, made)
    return snapshot


def _book_snapshot(as_of_date: date, known_at: datetime, book: SealedBook) -> BookSnapshot:
    return BookSnapshot.objects.create(
        as_of_date=as_of_date,
        known_at=known_at,
        exposure_count=book.exposure_count,
        instrument_count=book.instrument_count,
        relationship_count=book.relationship_count,
        content_digest=sha256("".join(book.digests).encode("ascii")).hexdigest(),
    )


def _set_running(run_id: int, known_at: datetime, market: MarketDataSnapshot, book: BookSnapshot) -> None:
    CalculationRun.objects.filter(pk=run_id).update(
        status=RunStatus.RUNNING,
        status_reason="",
        known_at=known_at,
        market_data_snapshot=market,
        book_snapshot=book,
        code_version=code_version(),
        library_versions=library_versions(),
        started_at=known_at,
    )


def _shards(run_id: int, steps: Sequence[RunStep], shard_count: int) -> list[RunShard]:
    return [
        RunShard(
            run_id=run_id, step=step, step_number=step_number, shard_number=shard, shard_count=shard_count
        )
        for step_number, step in enumerate(steps, start=1)
        for shard in range(shard_count)
    ]
