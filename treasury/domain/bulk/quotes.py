"""Market quotes in bulk: a new one is recorded, one with another value is corrected, one that is the same stays.

A quote is told apart by kind, symbol, tenor, moneyness, date and source. Nothing is overwritten: a correction is a
quote of its own that names the one it replaces, and runs that saw that one stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from treasury.domain import audit
from treasury.domain.bulk import plans, quote_checks, reading
from treasury.domain.bulk.answers import AMENDED, CREATED, UNCHANGED, Answer, RowsRefused, answer
from treasury.domain.bulk.quote_checks import FIELDS, Quote
from treasury.domain.bulk.rows import RowProblem
from treasury.domain.refusals import Refusal, as_refusal
from treasury.enums import QuoteKind
from treasury.queries import copy
from treasury.queries.access import PREPARERS, roles
from treasury.queries.market_quotes import OWN_PARTY, not_of_theirs

_NOTHING = dict.fromkeys(("symbol", "tenor", "quote_date", "id"))
#: What stands of each key that is asked for: the last correction of its first quote.
_STANDS = """
WITH RECURSIVE asked AS (
    SELECT * FROM unnest(%(place)s::int[], %(kind)s::text[], %(symbol)s::text[], %(tenor)s::text[],
                         %(moneyness)s::numeric[], %(quote_date)s::date[], %(source)s::text[])
        AS a (place, kind, symbol, tenor, moneyness, quote_date, source)),
chain AS (
    SELECT a.place, q.id, q.value, 0 AS depth FROM asked a
    JOIN LATERAL (SELECT m.id, m.value FROM treasury_marketquote m
        WHERE m.quote_date = a.quote_date AND m.kind = a.kind AND m.symbol = a.symbol AND m.tenor = a.tenor
          AND m.moneyness IS NOT DISTINCT FROM a.moneyness AND m.source = a.source AND m.corrects_id IS NULL
        LIMIT 1) q ON true
    UNION ALL
    SELECT c.place, n.id, n.value, c.depth + 1 FROM chain c JOIN treasury_marketquote n ON n.corrects_id = c.id)
SELECT DISTINCT ON (place) place, id, value FROM chain ORDER BY place, depth DESC
"""


class Stands(NamedTuple):
    id: int
    value: Decimal


class Held(NamedTuple):
    """By index the quotes that can be recorded, and what is wrong with the other rows, of all rows."""

    quotes: dict[int, Quote]
    wrong: dict[int, list[RowProblem]]
    row_count: int


def upsert(*, content: bytes, media_type: str, row_wise: bool, actor: Any, reason: str = "") -> Answer:
    """Raises InputError where the request cannot be read, RowsRefused where a row is wrong and all or nothing was asked
    for, Refusal where the book does not take it; then nothing is recorded."""
    found = held(content=content, media_type=media_type, row_wise=row_wise, actor=actor)
    return recorded(found, actor=actor, reason=reason)


def held(*, content: bytes, media_type: str, row_wise: bool, actor: Any) -> Held:
    if not roles(actor) & set(PREPARERS):
        raise Refusal("Market quotes are recorded by a hedge accountant or treasurer. Nothing was changed.")
    rows = reading.read(content, media_type, FIELDS)
    quotes, wrong = quote_checks.check(rows)
    wrong = wrong | rows.refused | _of_others(quotes, actor)
    quotes = {place: quote for place, quote in quotes.items() if place not in wrong}
    if wrong and not row_wise:
        raise RowsRefused(wrong, rows.count)
    return Held(quotes, wrong, rows.count)


def _of_others(quotes: Mapping[int, Quote], actor: Any) -> dict[int, list[RowProblem]]:
    """The rows of the credit of a party that the person does not quote: of a foreign entity, or of nobody known."""
    codes = {quote.symbol for quote in quotes.values() if quote.kind == QuoteKind.CREDIT_SPREAD}
    foreign = not_of_theirs(codes, actor)
    return {
        place: [RowProblem("symbol", "unknown_party", OWN_PARTY, quote.symbol)]
        for place, quote in quotes.items()
        if quote.kind == QuoteKind.CREDIT_SPREAD and quote.symbol in foreign
    }


def recorded(
    found: Held, *, actor: Any, reason: str = "", within: Callable[[Answer], None] | None = None
) -> Answer:
    """`within`: what else is written in the same transaction, once the answer stands."""
    quotes = found.quotes
    with as_refusal(), transaction.atomic():
        with (
            connection.cursor() as cursor
        ):  # one bulk after the other: each sees what the one before recorded
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('bulk of market quotes', 0))")
        plans.by_key()
        stands = _stands(quotes)
        is_new = any(
            place not in stands or stands[place].value != quote.value for place, quote in quotes.items()
        )
        if not is_new and within is None:
            return _answer(found, stands, {})
        name = "recorded_in_bulk" if is_new else "found_unchanged"
        with audit.action(f"treasury.market_quotes.{name}", actor=actor, reason=reason) as event:
            if is_new:
                _record(quotes, stands)
            made = _answer(found, stands, _made(event) if is_new else {})
            if within:
                within(made)
            return made


def _answer(found: Held, stands: Mapping[int, Stands], made: Mapping[tuple[Any, ...], int]) -> Answer:
    fine = {place: _row(quote, stands.get(place), made) for place, quote in found.quotes.items()}
    return answer(fine, found.wrong, found.row_count, references={}, nothing=_NOTHING)


def _stands(quotes: Mapping[int, Quote]) -> dict[int, Stands]:
    told: dict[str, Any] = {name: [getattr(one, name) for one in quotes.values()] for name in (
        "kind", "symbol", "tenor", "moneyness", "quote_date", "source"
    )}  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_STANDS, told | {"place": list(quotes)})
        return {place: Stands(pk, value) for place, pk, value in cursor.fetchall()}


def _record(quotes: Mapping[int, Quote], stands: Mapping[int, Stands]) -> None:
    new = [
        (quote, stands.get(place))
        for place, quote in quotes.items()
        if place not in stands or stands[place].value != quote.value
    ]
    texts: dict[str, Sequence[str]] = {
        name: copy.texts(getattr(quote, name) for quote, _ in new)
        for name in ("kind", "symbol", "tenor", "quote_date", "source")
    }
    texts["value"] = [format(quote.value, "f") for quote, _ in new]
    texts["moneyness"] = [
        copy.NULL if one.moneyness is None else format(one.moneyness, "f") for one, _ in new
    ]
    texts["is_synthetic"] = ["t" if quote.is_synthetic else "f" for quote, _ in new]
    texts["corrects_id"] = [str(before.id) if before else copy.NULL for _, before in new]
    copy.write("treasury_marketquote", texts)


def _made(event: int) -> dict[tuple[Any, ...], int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, symbol, tenor, moneyness, quote_date, source, id FROM treasury_marketquote"
            " WHERE event_id = %s",
            [event],
        )
        return {tuple(key): pk for *key, pk in cursor.fetchall()}


def _row(quote: Quote, before: Stands | None, made: Mapping[tuple[Any, ...], int]) -> dict[str, Any]:
    key: tuple[Any, ...] = (
        quote.kind,
        quote.symbol,
        quote.tenor,
        quote.moneyness,
        quote.quote_date,
        quote.source,
    )
    if before is not None and before.value == quote.value:
        outcome, pk = UNCHANGED, before.id
    else:
        outcome, pk = (CREATED if before is None else AMENDED), made[key]
    day: date = quote.quote_date
    return {"outcome": outcome, "symbol": quote.symbol, "tenor": quote.tenor, "quote_date": day, "id": pk}
